package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many threads of one process want one key. */
class FlightSharingTest {

  private static final int WAITERS = 20;

  private final Cluster cluster = new Cluster();
  private final TieredCache<Long, String> cache = cluster.open(cluster.alone());

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void allWhoWantAKeyGetTheValueOfOneLoad() throws Exception {
    HeldLoader loader = HeldLoader.returning("v");
    List<Call<String>> calls = leaderAndWaiters(loader);

    loader.letGo();

    assertThat(calls).allSatisfy(call -> assertThat(call.value()).isEqualTo("v"));
    assertThat(loader.calls()).isEqualTo(1);
  }

  @Test
  void allWhoWantAKeyGetTheNullOfOneLoad() throws Exception {
    HeldLoader loader = HeldLoader.returning(null);
    List<Call<String>> calls = leaderAndWaiters(loader);

    loader.letGo();

    assertThat(calls).allSatisfy(call -> assertThat(call.value()).isNull());
    assertThat(loader.calls()).isEqualTo(1);
    assertThat(cache.get(1L, key -> "v")).as("null is not kept").isEqualTo("v");
  }

  @Test
  void allWhoWantAKeyGetTheFailureOfOneLoad() throws Exception {
    IOException cause = new IOException("origin away");
    HeldLoader loader = HeldLoader.throwing(cause);
    List<Call<String>> calls = leaderAndWaiters(loader);

    loader.letGo();

    List<Throwable> failures = calls.stream().map(Call::failure).toList();
    assertThat(failures)
        .allSatisfy(
            failure ->
                assertThat(failure).isInstanceOf(LoadFailedException.class).cause().isSameAs(cause))
        .doesNotHaveDuplicates();
    assertThat(failures.subList(1, failures.size()))
        .as("each waiter has the stack of its own thread, not that of the leader")
        .allSatisfy(
            failure -> assertThat(classesIn(failure)).doesNotContain(Loads.class.getName()));
    assertThat(loader.calls()).isEqualTo(1);
  }

  @Test
  void anErrorPassesThroughToTheLeaderAndFailsTheWaiters() throws Exception {
    StackOverflowError error = new StackOverflowError();
    HeldLoader loader = HeldLoader.throwing(error);
    List<Call<String>> calls = leaderAndWaiters(loader);

    loader.letGo();

    assertThat(calls.get(0).failure()).isSameAs(error);
    assertThat(calls.subList(1, calls.size()))
        .allSatisfy(
            call ->
                assertThat(call.failure())
                    .isInstanceOf(LoadFailedException.class)
                    .cause()
                    .isSameAs(error));
    assertThat(loader.calls()).isEqualTo(1);
  }

  private List<Call<String>> leaderAndWaiters(HeldLoader loader) throws InterruptedException {
    List<Call<String>> calls = new ArrayList<>();
    calls.add(cluster.call(() -> cache.get(1L, loader)));
    loader.awaitCalled();
    for (int i = 0; i < WAITERS; i++) {
      calls.add(cluster.call(() -> cache.get(1L, loader)));
    }
    Cluster.awaitJoined(cache, WAITERS);
    return calls;
  }

  private static Stream<String> classesIn(Throwable failure) {
    return Stream.of(failure.getStackTrace()).map(StackTraceElement::getClassName);
  }
}
