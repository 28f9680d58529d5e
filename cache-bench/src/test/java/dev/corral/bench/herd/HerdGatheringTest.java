package dev.corral.bench.herd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

class HerdGatheringTest {

  @Test
  void nobodyDoesAnythingBeforeAllAreLetGoAndThenEachDoesItsTask() throws Exception {
    Set<Integer> done = ConcurrentHashMap.newKeySet();
    ExecutorService threads = WaitingThreads.PLATFORM.start(5);
    try {
      Herd herd = Herd.gather(threads, 5, done::add);

      assertThat(done).isEmpty();
      herd.release();

      assertThat(done).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    } finally {
      threads.shutdown();
    }
  }
}
