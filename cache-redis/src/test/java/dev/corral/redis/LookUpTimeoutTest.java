package dev.corral.redis;

import static dev.corral.redis.Node.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.Lookup;
import dev.corral.servers.RedisServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.executors.DefaultCommandExecutor;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** A look-up finds the key changed by others each time that it wants to take its place. */
class LookUpTimeoutTest {

  private final AtomicInteger changes = new AtomicInteger();

  /** Lets others change a key before each script; look-ups themselves are pipelined. */
  private static final class Meddler implements CommandExecutor {
    private final DefaultCommandExecutor executor;
    private volatile Runnable before = () -> {};

    Meddler(ConnectionProvider connections) {
      executor = new DefaultCommandExecutor(connections);
    }

    @Override
    public <T> T executeCommand(CommandObject<T> command) {
      before.run();
      return executor.executeCommand(command);
    }

    @Override
    public void close() {
      executor.close();
    }
  }

  private static final class Client extends UnifiedJedis {
    Client(Meddler meddler, ConnectionProvider connections) {
      super(meddler, connections, RedisProtocol.RESP2, null);
    }
  }

  @Test
  void itStartsOverSoOften() {
    assertThat(lookUp(Duration.ofMinutes(1))).isInstanceOf(Lookup.Unleased.class);

    assertThat(changes).hasValueGreaterThanOrEqualTo(10);
  }

  @Test
  void itDoesNotStartOverOnceItsTimeIsUp() {
    assertThat(lookUp(Duration.ofMillis(1))).isInstanceOf(Lookup.Unleased.class);

    // One, and what is sent again of scripts that Redis does not know yet.
    assertThat(changes).hasValueLessThanOrEqualTo(3);
  }

  private Lookup lookUp(Duration timeout) {
    RedisServer server = RedisServer.shared();
    String cache = Node.newCache();
    try (RedisClient other = RedisClient.create(server.uri());
        var connections =
            new PooledConnectionProvider(new HostAndPort(server.host(), server.port()));
        Meddler meddler = new Meddler(connections);
        UnifiedJedis jedis = new Client(meddler, connections);
        RedisStore store =
            RedisStore.builder(jedis).namespace(Node.NAMESPACE).lookUpTimeout(timeout).build()) {
      byte[] entry = new RedisKeys(Node.NAMESPACE, cache).of("key").entry;
      var region = store.open(cache, new Told());
      other.set(entry, foreign());
      meddler.before =
          () -> {
            changes.incrementAndGet();
            other.set(entry, foreign());
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
          };
      return region.lookUp("key", LONG);
    }
  }

  private byte[] foreign() {
    return Bytes.ascii("foreign " + changes.get());
  }
}
