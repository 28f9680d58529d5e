package dev.corral.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;

/** One call of a script, to be sent by its digest or, to a server that does not know it, whole. */
record ScriptCall(LuaScript script, List<byte[]> keys, List<byte[]> args) {

  private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);

  /** Returns this call with one more key, and some more arguments. */
  ScriptCall with(byte[] key, byte[]... more) {
    List<byte[]> allKeys = new ArrayList<>(keys);
    allKeys.add(key);
    List<byte[]> allArgs = new ArrayList<>(args);
    allArgs.addAll(Arrays.asList(more));
    return new ScriptCall(script, allKeys, allArgs);
  }

  CommandObject<Object> byDigest() {
    return COMMANDS.evalsha(script.sha, keys, args);
  }

  CommandObject<Object> whole() {
    return COMMANDS.eval(script.source, keys, args);
  }
}
