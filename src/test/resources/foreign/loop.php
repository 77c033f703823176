<?php
// How a PHP shop follows the master: ask the Sentinels in turn, connect, work, start over on errors.
// Arguments: master name, key, ports of the Sentinels on the loopback address.
[, $name, $key] = $argv;
$ports = array_slice($argv, 3);

function master(string $name, array $ports): Redis
{
    foreach ($ports as $port) {
        try {
            $sentinel = new RedisSentinel('127.0.0.1', (int) $port, 0.5, null, 0, 0.5);
            $address = $sentinel->getMasterAddrByName($name);
        } catch (RedisException $e) {
            continue;
        }
        if ($address) {
            $redis = new Redis();
            $redis->connect($address[0], (int) $address[1], 0.5, null, 0, 0.5);
            return $redis;
        }
    }
    throw new RedisException('no Sentinel knows ' . $name);
}

for ($redis = null, $n = 1; ; usleep(20000)) {
    try {
        $redis ??= master($name, $ports);
        $redis->set($key, (string) $n);
        $n += $redis->get($key) === (string) $n ? 1 : 0;
    } catch (RedisException $e) {
        echo $e->getMessage(), "\n";
        $redis = null;
    }
}
