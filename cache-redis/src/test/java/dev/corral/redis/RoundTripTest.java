package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.servers.RedisServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** How many commands go at once: neither side keeps the replies to very many. */
class RoundTripTest {

  private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);

  private static final class Counted extends UnifiedJedis {
    private int pipelines;

    Counted(RedisServer server) {
      super(
          new PooledConnectionProvider(new HostAndPort(server.host(), server.port())),
          RedisProtocol.RESP2);
    }

    @Override
    public AbstractPipeline pipelined() {
      pipelines++;
      return super.pipelined();
    }
  }

  private final Counted jedis = new Counted(RedisServer.shared());
  private final RoundTrip roundTrip = new RoundTrip(jedis, Topology.of(jedis, Runnable::run));

  @AfterEach
  void close() {
    jedis.close();
  }

  @Test
  void aThousandCommandsGoAtOnceAndMoreDoNot() {
    assertThat(roundTrip.askAll(echoes(1_000, 1))).hasSize(1_000);
    assertThat(jedis.pipelines).isEqualTo(1);

    assertThat(roundTrip.askAll(echoes(2_001, 1))).hasSize(2_001);
    assertThat(jedis.pipelines).isEqualTo(1 + 3);
  }

  @Test
  void aGroupIsNeverDivided() {
    List<List<Object>> replies = new ArrayList<>(roundTrip.askAll(echoes(5, 400)));

    assertThat(jedis.pipelines).isEqualTo(3);
    assertThat(replies)
        .hasSize(5)
        .allSatisfy(group -> assertThat(group).hasSize(400).doesNotContainNull());
  }

  @Test
  void scriptsGoInPartsTooAndKeepTheirOrder() {
    RedisKeys keys = new RedisKeys("test", Node.newCache());
    List<ScriptCall> calls = new ArrayList<>();
    Scripts scripts = new Scripts(keys, new byte[0], new Tokens(), 0);
    for (int i = 0; i < 5; i++) {
      for (int partition = 0; partition < 256; partition++) {
        calls.add(scripts.clear(partition));
      }
    }

    List<Object> floors = roundTrip.callAll(calls);

    assertThat(jedis.pipelines).isGreaterThanOrEqualTo(2);
    assertThat(floors).hasSize(5 * 256).doesNotContainNull();
    // Each clear of a partition begins one above the last: the replies stand where their calls do.
    for (int i = 256; i < floors.size(); i++) {
      assertThat(number(floors.get(i))).isEqualTo(number(floors.get(i - 256)) + 1);
    }
  }

  private static long number(Object floor) {
    return Bytes.number((byte[]) floor, 0, Bytes.NUMBER);
  }

  @Test
  void nothingIsSentForNothing() {
    assertThat(roundTrip.askAll(List.of())).isEmpty();
    assertThat(jedis.pipelines).isZero();
  }

  private static List<List<CommandObject<?>>> echoes(int groups, int each) {
    List<List<CommandObject<?>>> all = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      all.add(Collections.nCopies(each, COMMANDS.exists("group " + i)));
    }
    return all;
  }
}
