package dev.corral.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.corral.servers.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What every contender does, against a real Redis; two of a kind stand for two nodes. */
class ContenderContractTest {
  private static final String KEY = "7";
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Set<ContenderKind> WITHOUT_REDIS =
      EnumSet.of(ContenderKind.NONE, ContenderKind.LOCAL, ContenderKind.LOCAL_ASIDE);
  private static final Set<ContenderKind> ONE_LOAD_A_NODE =
      EnumSet.of(ContenderKind.LOCAL, ContenderKind.JETCACHE, ContenderKind.NAIVE_FLIGHT);
  private static final int CALLERS = 8;

  private final String namespace = "contract-" + UUID.randomUUID();
  private final AtomicInteger loads = new AtomicInteger();
  private final List<Contender> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Contender::close);
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = Mode.EXCLUDE)
  void aPageIsKept(ContenderKind kind) throws Exception {
    Contender node = open(kind, LONG);

    Page loaded = node.get(KEY);

    assertThat(loaded.content()).isEqualTo("load 1");
    assertThat(node.get(KEY)).isEqualTo(loaded);
    assertThat(loads).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource
  void anotherNodeFindsThePageInRedis(ContenderKind kind) throws Exception {
    Contender node = open(kind, LONG);
    Contender other = open(kind, LONG);

    Page loaded = node.get(KEY);
    Page found = other.get(KEY);

    assertThat(found.equals(loaded)).isEqualTo(!WITHOUT_REDIS.contains(kind));
    assertThat(loads).hasValue(WITHOUT_REDIS.contains(kind) ? 2 : 1);
  }

  @ParameterizedTest
  @EnumSource
  void afterAnInvalidationTheNextGetOfThatNodeLoads(ContenderKind kind) throws Exception {
    Contender node = open(kind, LONG);
    node.get(KEY);

    node.invalidate(KEY);

    assertThat(node.get(KEY).content()).isEqualTo("load 2");
    assertThat(loads).hasValue(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"JETCACHE", "REDISSON", "CORRAL"})
  void anInvalidationReachesTheLocalTierOfAnotherNode(ContenderKind kind) throws Exception {
    Contender node = open(kind, LONG);
    Contender other = open(kind, LONG);
    node.get(KEY);
    other.get(KEY);

    node.invalidate(KEY);

    await().until(() -> other.get(KEY).content().equals("load 2"));
    assertThat(loads).hasValue(2);
  }

  @ParameterizedTest
  @EnumSource
  void aPageIsLoadedAgainWhenItsLifetimeIsOver(ContenderKind kind) throws Exception {
    Contender node = open(kind, SHORT);

    Page loaded = node.get(KEY);

    await().until(() -> !node.get(KEY).equals(loaded));
  }

  /**
   * Unprotected contenders are left out: nothing bounds their loads. So is the sample, which does
   * not look again once it has the lock: who looked before a load and asks for the lock after it
   * loads once more.
   */
  @ParameterizedTest
  @EnumSource(
      names = {"NONE", "LOCAL_ASIDE", "NAIVE", "CACHE_ASIDE", "SPRING_LOCK_FREE"},
      mode = Mode.EXCLUDE)
  void aHerdOnTwoNodesTakesOneLoadOrOneForEachNode(ContenderKind kind) throws Exception {
    boolean perNode = ONE_LOAD_A_NODE.contains(kind);
    var asking = new CountDownLatch(2 * CALLERS);
    PageLoader slow =
        key -> {
          asking.await(); // nobody is late for the herd
          return load(key);
        };
    List<Contender> nodes = List.of(open(kind, LONG, slow), open(kind, LONG, slow));

    List<Page> pages = herd(nodes, asking);

    assertThat(loads).hasValueBetween(1, perNode ? 2 : 1);
    assertThat(Set.copyOf(pages)).hasSize(loads.get());
  }

  @ParameterizedTest
  @EnumSource
  void aFailedLoadFailsTheGetAndTheNextOneLoads(ContenderKind kind) throws Exception {
    var away = new IOException("The database is away");
    Contender node =
        open(
            kind,
            LONG,
            key -> {
              if (loads.incrementAndGet() == 1) {
                throw away;
              }
              return load(key);
            });

    assertThatThrownBy(() -> node.get(KEY))
        .satisfies(
            e ->
                assertThat(e)
                    .satisfiesAnyOf(
                        self -> assertThat(self).isSameAs(away),
                        self -> assertThat(self).hasRootCause(away)));
    await().ignoreExceptions().until(() -> node.get(KEY).content().startsWith("load"));
  }

  private List<Page> herd(List<Contender> nodes, CountDownLatch asking) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(nodes.size() * CALLERS);
    try {
      List<Future<Page>> answers = new ArrayList<>();
      for (int i = 0; i < nodes.size() * CALLERS; i++) {
        Contender node = nodes.get(i % nodes.size());
        answers.add(
            threads.submit(
                () -> {
                  asking.countDown();
                  return node.get(KEY);
                }));
      }
      List<Page> pages = new ArrayList<>();
      for (Future<Page> answer : answers) {
        pages.add(answer.get());
      }
      return pages;
    } finally {
      threads.shutdownNow();
    }
  }

  private Page load(String key) {
    return new Page("load " + loads.incrementAndGet(), System.nanoTime());
  }

  private Contender open(ContenderKind kind, Duration lifetime) {
    return open(kind, lifetime, this::load);
  }

  private Contender open(ContenderKind kind, Duration lifetime, PageLoader origin) {
    Contender contender =
        kind.open(
            new Setup(
                origin,
                key -> lifetime,
                100,
                RedisServer.shared().uri(),
                CALLERS,
                namespace,
                Limits.USUAL));
    opened.add(contender);
    return contender;
  }
}
