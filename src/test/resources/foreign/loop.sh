#!/bin/sh
# Follows the master with redis-cli: master name, key, ports of the Sentinels on the loopback address.
name=$1
key=$2
shift 2

# The address of the master, "host port", as the first Sentinel that answers tells it.
master() {
  for port; do
    address=$(redis-cli -h 127.0.0.1 -p "$port" SENTINEL get-master-addr-by-name "$name" 2>/dev/null | tr '\n' ' ')
    case $address in
      *[0-9]\ [0-9]*) echo "$address" && return ;;
    esac
  done
}

n=1
while :; do
  at=$(master "$@")
  host=${at%% *}
  port=${at#* }
  port=${port% }
  redis-cli -h "$host" -p "${port:-0}" SET "$key" "$n" 2>&1
  read=$(redis-cli -h "$host" -p "${port:-0}" GET "$key" 2>&1)
  if [ "$read" = "$n" ]; then
    n=$((n + 1))
  fi
  sleep 0.02
done
