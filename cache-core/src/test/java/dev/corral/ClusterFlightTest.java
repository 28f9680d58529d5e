package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.codec.StringCodec;
import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads of many nodes want one key. */
class ClusterFlightTest {

  private static final int THREADS = 5;

  private final Cluster cluster = new Cluster();
  private final List<TieredCache<Long, String>> nodes = new ArrayList<>();

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void allWhoWantAKeyGetTheValueOfOneLoadByOneLookUpANode(int count) throws Exception {
    open(count);
    HeldLoader loader = HeldLoader.returning("v");
    List<Call<String>> calls = callOnAll(loader);

    loader.letGo();

    assertThat(calls).allSatisfy(call -> assertThat(call.value()).isEqualTo("v"));
    assertThat(loader.calls()).isEqualTo(1);
    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP)).isEqualTo(count);
    assertThat(nodes).allSatisfy(node -> assertThat(node.getIfPresent(1L)).hasValue("v"));
  }

  @Test
  void thoseWhoWaitForALookUpThatTheRemoteTierAnswersCountAsAnswered() throws Exception {
    open(2);
    nodes.get(0).get(1L, key -> "v");
    TieredCache<Long, String> other = nodes.get(1);
    cluster.server.before(RemoteStep.LOOK_UP, () -> Cluster.awaitJoined(other, THREADS - 1));
    List<Call<String>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      calls.add(cluster.call(() -> other.get(1L, key -> "never")));
    }

    assertThat(calls).allSatisfy(call -> assertThat(call.value()).isEqualTo("v"));
    assertThat(other.stats().get(Stat.REMOTE_HIT)).isEqualTo(1);
    assertThat(other.stats().misses()).isEqualTo(THREADS);
    assertThat(other.stats().answered()).isEqualTo(THREADS);
  }

  @Test
  void aLostPushDelaysTheWaitersAndNoMore() throws Exception {
    open(2);
    HeldLoader loader = HeldLoader.returning("v");
    List<Call<String>> calls = callOnAll(loader);
    cluster.server.dropMessages(true);

    loader.letGo();

    assertThat(calls).allSatisfy(call -> assertThat(call.value()).isEqualTo("v"));
    assertThat(loader.calls()).isEqualTo(1);
  }

  @Test
  void aPushThatComesBeforeTheAnswerToTheRegistrationIsNotMissed() throws Exception {
    open(2);
    HeldLoader loader = HeldLoader.returning("v");
    Call<String> leader = cluster.call(() -> nodes.get(0).get(1L, loader));
    loader.awaitCalled();
    cluster.server.after(
        RemoteStep.AWAIT,
        () -> {
          loader.letGo();
          assertThat(leader.value()).isEqualTo("v");
        });

    Call<String> waiter = cluster.call(() -> nodes.get(1).get(1L, key -> "never"));

    assertThat(waiter.value()).isEqualTo("v");
    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP)).isEqualTo(2);
    assertThat(cluster.server.countOf(RemoteStep.AWAIT)).isEqualTo(1);
  }

  @Test
  void aLoadThatEndsBeforeTheRegistrationIsNotWaitedFor() throws Exception {
    open(2);
    HeldLoader loader = HeldLoader.returning("v");
    Call<String> leader = cluster.call(() -> nodes.get(0).get(1L, loader));
    loader.awaitCalled();
    cluster.server.before(
        RemoteStep.AWAIT,
        () -> {
          loader.letGo();
          assertThat(leader.value()).isEqualTo("v");
        });

    assertThat(cluster.call(() -> nodes.get(1).get(1L, key -> "never")).value()).isEqualTo("v");
  }

  @Test
  void aFailureIsToldToAllNodesAndRememberedForAWhile() throws Exception {
    open(3);
    HeldLoader loader = HeldLoader.throwing(new IllegalStateException("origin away"));
    List<Call<String>> calls = callOnAll(loader);

    loader.letGo();

    assertThat(calls).allSatisfy(call -> assertFailed(call.failure(), Duration.ofSeconds(1)));
    assertThat(loader.calls()).isEqualTo(1);

    cluster.advance(Duration.ofMillis(990));
    assertThat(nodes)
        .allSatisfy(
            node -> {
              Call<String> call = cluster.call(() -> node.get(1L, key -> "not yet"));
              assertFailed(call.failure(), Duration.ofMillis(10));
            });

    cluster.advance(Duration.ofMillis(10));
    HeldLoader failsAgain = HeldLoader.throwing(new IllegalStateException("origin away"));
    calls = callOnAll(failsAgain);
    failsAgain.letGo();
    assertThat(calls).allSatisfy(call -> assertFailed(call.failure(), Duration.ofSeconds(2)));
    assertThat(failsAgain.calls()).isEqualTo(1);

    cluster.advance(Duration.ofSeconds(2));
    assertThat(nodes).allSatisfy(node -> assertThat(node.get(1L, key -> "back")).isEqualTo("back"));
  }

  @Test
  void anErrorFailsTheWaitersOfAllNodes() throws Exception {
    open(2);
    StackOverflowError error = new StackOverflowError();
    HeldLoader loader = HeldLoader.throwing(error);
    List<Call<String>> calls = callOnAll(loader);

    loader.letGo();

    assertThat(calls.get(0).failure()).isSameAs(error);
    assertThat(calls.subList(1, calls.size()))
        .allSatisfy(
            call ->
                assertThat(((LoadFailedException) call.failure()).failureType())
                    .isEqualTo(StackOverflowError.class.getName()));
    assertThat(loader.calls()).isEqualTo(1);
  }

  @Test
  void anUncachedValueIsHandedToTheWaitersOfAllNodesAndKeptNowhere() throws Exception {
    for (int i = 0; i < 3; i++) {
      nodes.add(
          cluster.open(
              TieredCache.<Long, String>builder("test")
                  .freshness((key, value) -> Freshness.uncached())
                  .remote(cluster.server.newNode(), StringCodec.utf8())
                  .ticker(cluster.ticker)
                  .scheduler(cluster.scheduler)));
    }
    HeldLoader loader = HeldLoader.returning("once");
    List<Call<String>> calls = callOnAll(loader);

    loader.letGo();

    assertThat(calls).allSatisfy(call -> assertThat(call.value()).isEqualTo("once"));
    assertThat(loader.calls()).isEqualTo(1);
    assertThat(nodes).allSatisfy(node -> assertThat(node.getIfPresent(1L)).isEmpty());
    assertThat(nodes.get(1).get(1L, key -> "twice")).isEqualTo("twice");
  }

  @Test
  void anAbsentValueIsKeptIfThatIsWantedAndElseHandedToTheWaiters() throws Exception {
    open(2);
    HeldLoader loader = HeldLoader.returning(null);
    List<Call<String>> calls = callOnAll(loader);
    loader.letGo();
    assertThat(calls).allSatisfy(call -> assertThat(call.value()).isNull());
    assertThat(loader.calls()).isEqualTo(1);
    assertThat(nodes.get(1).get(1L, key -> "there now")).isEqualTo("there now");

    nodes.clear();
    nodes.add(cluster.open(cluster.shared().absentFor(Duration.ofSeconds(5))));
    nodes.add(cluster.open(cluster.shared().absentFor(Duration.ofSeconds(5))));
    assertThat(nodes.get(0).get(2L, key -> null)).isNull();
    assertThat(nodes.get(1).get(2L, key -> "never")).isNull();
    assertThat(nodes.get(0).get(2L, key -> "never")).isNull();
    cluster.advance(Duration.ofSeconds(5));
    assertThat(nodes.get(1).get(2L, key -> "there now")).isEqualTo("there now");
  }

  @Test
  void anInterruptedLeaderLeavesTheLoadToAnotherNode() throws Exception {
    open(2);
    HeldLoader first = HeldLoader.returning("never");
    HeldLoader second = HeldLoader.returning("second");
    Call<String> leader = cluster.call(() -> nodes.get(0).get(1L, first));
    first.awaitCalled();
    Call<String> waiter = cluster.call(() -> nodes.get(1).get(1L, second));
    cluster.awaitSteps(RemoteStep.AWAIT, 1);

    leader.interrupt();

    assertThat(leader.failure()).isInstanceOf(LoadInterruptedException.class);
    second.awaitCalled().letGo();
    assertThat(waiter.value()).isEqualTo("second");
  }

  @Test
  void anInterruptedWaiterOfAnotherNodeLeavesItsPlaceToTheOthers() throws Exception {
    open(2);
    HeldLoader loader = HeldLoader.returning("v");
    cluster.call(() -> nodes.get(0).get(1L, loader));
    loader.awaitCalled();
    Call<String> unlucky = cluster.call(() -> nodes.get(1).get(1L, loader));
    cluster.awaitSteps(RemoteStep.AWAIT, 1);
    Call<String> waiter = cluster.call(() -> nodes.get(1).get(1L, loader));
    Cluster.awaitJoined(nodes.get(1), 1);

    unlucky.interrupt();

    assertThat(unlucky.failure()).isInstanceOf(LoadInterruptedException.class);
    loader.letGo();
    assertThat(waiter.value()).isEqualTo("v");
    assertThat(loader.calls()).isEqualTo(1);
  }

  private void open(int count) {
    for (int i = 0; i < count; i++) {
      nodes.add(cluster.node());
    }
  }

  /** Lets all threads of all nodes ask, and returns when each waits; the first one leads. */
  private List<Call<String>> callOnAll(HeldLoader loader) throws InterruptedException {
    List<Long> joined =
        nodes.stream().map(node -> node.stats().get(Stat.COALESCED) + THREADS - 1).toList();
    int registered = cluster.noteRegistrations();
    List<Call<String>> calls = new ArrayList<>();
    calls.add(cluster.call(() -> nodes.get(0).get(1L, loader)));
    loader.awaitCalled();
    for (TieredCache<Long, String> node : nodes) {
      for (int i = node == nodes.get(0) ? 1 : 0; i < THREADS; i++) {
        calls.add(cluster.call(() -> node.get(1L, loader)));
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      Cluster.awaitJoined(nodes.get(i), joined.get(i));
    }
    cluster.awaitRegistered(registered + nodes.size() - 1);
    return calls;
  }

  private static void assertFailed(Throwable failure, Duration retryAfter) {
    assertThat(failure).isInstanceOf(LoadFailedException.class);
    LoadFailedException failed = (LoadFailedException) failure;
    assertThat(failed.failureType()).isEqualTo(IllegalStateException.class.getName());
    assertThat(failed.retryAfter()).hasValue(retryAfter);
  }
}
