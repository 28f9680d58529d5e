package dev.corral.bench.herd;

import dev.corral.bench.contender.Contender;
import dev.corral.bench.contender.Page;
import dev.corral.bench.contender.PageLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * What the machine takes with no cache at all: in each process the first caller loads, and opens a
 * bare latch for the others.
 */
final class Latch implements Contender {
  private final PageLoader origin;
  private final ConcurrentMap<String, Waiting> waiting = new ConcurrentHashMap<>();

  /** Those who want a page that is not there yet. */
  private static final class Waiting {
    private final CountDownLatch loaded = new CountDownLatch(1);
    private @Nullable Page page; // written before the latch opens
  }

  Latch(PageLoader origin) {
    this.origin = origin;
  }

  @Override
  public Page get(String key) throws Exception {
    var own = new Waiting();
    Waiting first = waiting.putIfAbsent(key, own);
    return first == null ? load(key, own) : await(first);
  }

  private Page load(String key, Waiting others) throws Exception {
    Page page = origin.load(key);
    others.page = page;
    others.loaded.countDown();
    return page;
  }

  private static Page await(Waiting first) throws InterruptedException {
    first.loaded.await();
    if (first.page == null) {
      throw new IllegalStateException("The latch was opened without a page");
    }
    return first.page;
  }

  @Override
  public void invalidate(String key) {
    waiting.remove(key);
  }

  @Override
  public void close() {
    waiting.clear();
  }
}
