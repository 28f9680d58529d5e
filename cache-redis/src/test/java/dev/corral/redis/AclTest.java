package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.corral.servers.TlsRedis;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** The rights that the docs name are all that a node needs, and none of them is too many. */
@SuppressWarnings("NullAway.Init") // set up before all tests
class AclTest {

  private static TlsRedis server;
  private static Jedis admin;

  @BeforeAll
  static void start() {
    server = TlsRedis.start();
    admin = new Jedis(server.plainUri());
  }

  @AfterAll
  static void stop() {
    admin.close();
    server.close();
  }

  private static RedisClient overTls() {
    return AclUser.client(server, AclUser.trusting(server));
  }

  @Test
  void withTheRightsThatTheDocsNameEveryStepWorksOverTls() throws Exception {
    AclUser.create(admin);
    admin.scriptFlush();
    admin.aclLogReset();

    try (RedisClient jedis = overTls()) {
      AllSteps.take(jedis, AclUser.NAMESPACE);
    }

    assertThat(admin.aclLog()).isEmpty();
  }

  static List<String> rights() {
    return AclUser.rights();
  }

  @ParameterizedTest
  @MethodSource("rights")
  void withoutAnyOneOfThemSomethingFails(String right) {
    AclUser.createWithout(admin, right);
    admin.scriptFlush();

    try (RedisClient jedis = overTls()) {
      assertThrows(Throwable.class, () -> AllSteps.take(jedis, AclUser.NAMESPACE));
    }
  }

  @Test
  void anotherNamespaceCannotBeTouched() {
    AclUser.create(admin);

    try (RedisClient jedis = overTls()) {
      assertThrows(Throwable.class, () -> AllSteps.take(jedis, "another"));
    }
    assertThat(admin.keys("corral:{another/*")).isEmpty();
  }

  @Test
  void aServerWithACertificateThatIsNotTrustedIsNotTalkedTo() {
    AclUser.create(admin);

    try (RedisClient jedis = AclUser.client(server, SslOptions.defaults())) {
      assertThrows(
          JedisConnectionException.class, () -> jedis.get("corral:{shop/products:00}e:42"));
    }
  }
}
