package dev.corral.remote;

import static dev.corral.remote.TwoNodes.bytes;
import static dev.corral.remote.TwoNodes.refreshable;
import static dev.corral.remote.TwoNodes.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The contract of steps that several threads and nodes take at once: each is atomic per key. */
interface RaceContract extends TwoNodes {

  /** How many threads of each node take part in a race. */
  int THREADS = 4;

  /** How often each race is run. */
  int ROUNDS = 100;

  @Test
  default void ofAllWhoLookUpNothingAtOnceOneIsGrantedTheLease() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String key = "key-" + i;

      assertOneGrantedAndTheOthersTaken(race(region -> region.lookUp(key, LONG)));
    }
  }

  @Test
  default void ofAllWhoLookUpSeveralKeysAtOnceOneIsGrantedEachLease() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      List<String> keys = List.of("a-" + i, "b-" + i, "c-" + i);

      List<List<Lookup>> answers = race(region -> region.lookUpAll(keys, LONG));

      for (int k = 0; k < keys.size(); k++) {
        int index = k;
        assertOneGrantedAndTheOthersTaken(answers.stream().map(a -> a.get(index)).toList());
      }
    }
  }

  @Test
  default void ofAllWhoRefreshAValueAtOnceOneIsGrantedTheRight() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String key = "key-" + i;
      load(here(), key, "value");

      List<Lookup> answers = race(region -> region.lookUpToRefresh(key, LONG));

      assertOneGrantedAndTheOthersTaken(
          answers.stream().map(answer -> refreshable(answer).right()).toList());
    }
  }

  @Test
  default void ofAllWhoReplaceAValueAtOnceOneIsGrantedTheLease() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String key = "key-" + i;
      Id unusable = load(here(), key, "bad").token();

      assertOneGrantedAndTheOthersTaken(race(region -> region.replace(key, unusable, LONG)));
    }
  }

  @Test
  default void ofAllWhoPublishALeaseAtOnceOneDoes() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      Lease lease = lead(here(), "key-" + i);

      List<Boolean> stored = race(region -> publish(region, lease, "value"));

      assertThat(stored).containsOnlyOnce(true);
    }
  }

  @Test
  default void anInvalidationAtTheTimeOfAPublishLeavesNothing() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      Lease lease = lead(here(), "key-" + i);

      together(
          () -> publish(here(), lease, "old"),
          () -> {
            there().invalidate(lease.key());
            return true;
          });

      lead(there(), lease.key());
    }
  }

  @Test
  default void aClearAtTheTimeOfAPublishLeavesNothing() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      Lease lease = lead(here(), "key-" + i);

      together(
          () -> publish(here(), lease, "old"),
          () -> {
            there().clear();
            return true;
          });

      lead(there(), lease.key());
    }
  }

  @Test
  default void aPutAtTheTimeOfARefreshsPublishWins() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String key = "key-" + i;
      load(here(), key, "old");
      Lease right = leadRefresh(here(), key);

      together(
          () -> publish(here(), right, "refreshed"),
          () -> {
            there().put(key, bytes("put"), LONG);
            return true;
          });

      assertThat(text(find(here(), key))).isEqualTo("put");
    }
  }

  @Test
  default void whoRegistersAtTheTimeOfAPublishIsToldOrLooksUpAgain() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String key = "key-" + i;
      Lease lease = lead(here(), key);
      Lookup.Taken taken = TwoNodes.taken(there().lookUp(key, LONG));

      List<Boolean> answers =
          together(
              () -> there().await(key, taken).isPresent(), () -> publish(here(), lease, "value"));

      boolean registered = answers.get(0);
      if (registered) {
        assertThat(toldThere().nextEnded().outcome().token()).isEqualTo(lease.token());
      } else {
        assertThat(text(find(there(), key))).isEqualTo("value");
      }
    }
  }

  private static void assertOneGrantedAndTheOthersTaken(List<Lookup> answers) {
    List<Lookup> granted = answers.stream().filter(Lookup.Granted.class::isInstance).toList();
    assertThat(granted).hasSize(1);
    Id token = TwoNodes.granted(granted.get(0)).token();
    for (Lookup answer : answers) {
      if (answer != granted.get(0)) {
        assertThat(TwoNodes.taken(answer).token()).isEqualTo(token);
      }
    }
  }

  private <T> List<T> race(Function<RemoteRegion, T> step) throws Exception {
    List<Callable<T>> steps = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      steps.add(() -> step.apply(here()));
      steps.add(() -> step.apply(there()));
    }
    return together(steps);
  }

  private static List<Boolean> together(Callable<Boolean> first, Callable<Boolean> second)
      throws Exception {
    return together(List.of(first, second));
  }

  private static <T> List<T> together(List<Callable<T>> steps) throws Exception {
    CyclicBarrier start = new CyclicBarrier(steps.size());
    ExecutorService threads = Executors.newFixedThreadPool(steps.size());
    try {
      List<Future<T>> answers = new ArrayList<>();
      for (Callable<T> step : steps) {
        answers.add(
            threads.submit(
                () -> {
                  start.await();
                  return step.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> answer : answers) {
        results.add(answer.get(10, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
