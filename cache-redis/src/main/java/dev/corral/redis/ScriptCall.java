package dev.corral.redis;

import java.util.List;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;

/** One call of a script, to be sent by its digest or, to a server that does not know it, whole. */
record ScriptCall(LuaScript script, List<byte[]> keys, List<byte[]> args) {

  private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);

  CommandObject<Object> byDigest() {
    return COMMANDS.evalsha(script.sha, keys, args);
  }

  CommandObject<Object> whole() {
    return COMMANDS.eval(script.source, keys, args);
  }
}
