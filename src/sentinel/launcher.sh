#!/bin/sh
# Starts the monitor as redis-sentinel is started: jedis-failover-sentinel CONF [--option value]...
# Java takes this process over: its id is the monitor's.
self=$0
[ -h "$self" ] && self=$(readlink -f "$self")
case $self in */*) home=${self%/*} ;; *) home=. ;; esac
home=$(cd "$home" && pwd -P)
jar=$home/@project.build.finalName@-sentinel.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# The archive of loaded classes serves the very build of the JVM that wrote it; with another one it
# would slow the start down.
program=$(readlink -f "$(command -v "$java")")
version=$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"$/\1/p' "${program%/bin/java}/release" 2>/dev/null)
archive=$home/@project.build.finalName@-sentinel-$version.jsa
if [ -r "$archive" ]; then
  set -- "-XX:SharedArchiveFile=$archive" -jar "$jar" "$@"
else
  set -- -jar "$jar" "$@"
fi
# Xlog:disable: the JVM says on the standard output what is wrong with its archive.
exec "$java" -Xshare:auto -Xlog:disable -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$@"
