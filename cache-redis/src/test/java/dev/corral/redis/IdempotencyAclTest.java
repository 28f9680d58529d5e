package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.corral.idempotency.DeadHolderPolicy;
import dev.corral.idempotency.EndAnswer;
import dev.corral.idempotency.Fingerprint;
import dev.corral.idempotency.IdempotencyKey;
import dev.corral.idempotency.OutcomeFront.Finished;
import dev.corral.idempotency.Reservation;
import dev.corral.idempotency.ReserveAnswer;
import dev.corral.idempotency.ReserveRequest;
import dev.corral.idempotency.StoredOutcome;
import dev.corral.idempotency.Watch;
import dev.corral.servers.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** The rights that the docs name are all that idempotency needs, and none of them is too many. */
class IdempotencyAclTest {

  private static final String NAME = "corral-idempotency";
  private static final Duration LONG = Duration.ofHours(1);
  private static final StoredOutcome DONE = new StoredOutcome("done".getBytes(UTF_8));

  private static final RedisServer SERVER = RedisServer.start();
  private static final Jedis ADMIN = new Jedis(SERVER.uri());

  @AfterAll
  static void stop() {
    ADMIN.close();
    SERVER.close();
  }

  private static List<String> rules() {
    try {
      Matcher line =
          Pattern.compile("^ACL SETUSER " + NAME + " (.+)$", Pattern.MULTILINE)
              .matcher(Files.readString(Path.of("..", "docs", "operating-redis.md")));
      assertThat(line.find()).isTrue();
      return List.of(line.group(1).split(" "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> rights() {
    return rules().stream().filter(rule -> rule.matches("[+~&].+")).toList();
  }

  @Test
  void withTheRightsThatTheDocsNameEveryStepWorks() throws Exception {
    takeAllSteps(rules());
  }

  @ParameterizedTest
  @MethodSource("rights")
  void withoutAnyOneOfThemSomethingFails(String right) {
    List<String> rest = rules().stream().filter(rule -> !rule.equals(right)).toList();

    assertThrows(Throwable.class, () -> takeAllSteps(rest));
  }

  private static void takeAllSteps(List<String> rules) throws InterruptedException {
    ADMIN.aclSetUser(NAME, rules.toArray(String[]::new));
    ADMIN.scriptFlush();
    ADMIN.aclLogReset();
    try (RedisClient jedis =
            RedisClient.builder()
                .hostAndPort(new HostAndPort(SERVER.host(), SERVER.port()))
                .clientConfig(
                    DefaultJedisClientConfig.builder().user(NAME).password("SECRET").build())
                .build();
        RedisIdempotencyStore store =
            RedisIdempotencyStore.builder(jedis).namespace("shop").build()) {
      IdempotencyKey key = IdempotencyKey.of("acme", "charge", UUID.randomUUID());
      Reservation first = reserve(store, key);
      assertThat(store.renew(first)).isTrue();
      try (Watch watch = store.watch(key)) {
        watch.await(Duration.ofMillis(200));
        store.reserve(request(key));
      }
      assertThat(store.release(first)).isEqualTo(new EndAnswer.Ended());
      Reservation second = reserve(store, key);
      store.reserve(request(key)); // registers, so that completing has somebody to tell
      assertThat(store.complete(second, DONE)).isEqualTo(new EndAnswer.Ended());
      assertThat(store.reserve(request(key))).isInstanceOf(ReserveAnswer.Done.class);
      IdempotencyKey other = IdempotencyKey.of("acme", "charge", UUID.randomUUID());
      store.put(other, new Finished(Fingerprint.none(), DONE, LONG));
      assertThat(store.find(other)).isPresent();
    }
    assertThat(ADMIN.aclLog()).isEmpty();
  }

  private static Reservation reserve(RedisIdempotencyStore store, IdempotencyKey key) {
    return ((ReserveAnswer.Reserved) store.reserve(request(key))).reservation();
  }

  private static ReserveRequest request(IdempotencyKey key) {
    return new ReserveRequest(
        key, Fingerprint.none(), UUID.randomUUID(), LONG, LONG, DeadHolderPolicy.RUN_AGAIN);
  }
}
