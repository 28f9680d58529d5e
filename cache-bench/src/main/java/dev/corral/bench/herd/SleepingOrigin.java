package dev.corral.bench.herd;

import dev.corral.bench.contender.Page;
import dev.corral.bench.contender.PageLoader;
import dev.corral.bench.node.SharedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An origin whose loads take their time and no processor, and are all counted. */
final class SleepingOrigin implements PageLoader {
  private final SharedClock clock;
  private final Duration load;
  private final Queue<LoadTime> loads = new ConcurrentLinkedQueue<>();

  SleepingOrigin(SharedClock clock, Duration load) {
    this.clock = clock;
    this.load = load;
  }

  static String content(String key) {
    return "page of " + key;
  }

  @Override
  public Page load(String key) {
    long begin = clock.now();
    clock.waitUntil(begin + load.toNanos());
    long end = clock.now();
    loads.add(new LoadTime(begin, end));
    return new Page(content(key), end);
  }

  /** The loads since it was asked for the last time. */
  List<LoadTime> take() {
    List<LoadTime> taken = new ArrayList<>();
    for (LoadTime next = loads.poll(); next != null; next = loads.poll()) {
      taken.add(next);
    }
    return taken;
  }
}
