"""Follows the master with redis-py: master name, key, ports of the Sentinels on the loopback address."""

import sys
import time

import redis
from redis.sentinel import Sentinel

name, key, *ports = sys.argv[1:]
sentinel = Sentinel([("127.0.0.1", int(p)) for p in ports], socket_timeout=0.5)
master = sentinel.master_for(name, socket_timeout=0.5, decode_responses=True)

n = 1
while True:
    try:
        master.set(key, n)
        n += master.get(key) == str(n)
    except redis.RedisError as e:
        print(e, flush=True)
    time.sleep(0.02)
