package dev.corral;

import dev.corral.remote.RemoteStep;
import java.util.List;

/** The ways in which a caller voids what is held of key 1, and the remote step that each takes. */
enum Write {
  INVALIDATE(RemoteStep.INVALIDATE) {
    @Override
    void strike(TieredCache<Long, String> cache) {
      cache.invalidate(1L);
    }
  },
  INVALIDATE_SOME(RemoteStep.INVALIDATE_ALL) {
    @Override
    void strike(TieredCache<Long, String> cache) {
      cache.invalidateAll(List.of(2L, 1L));
    }
  },
  INVALIDATE_ALL(RemoteStep.CLEAR) {
    @Override
    void strike(TieredCache<Long, String> cache) {
      cache.invalidateAll();
    }
  },
  /** Puts "new". */
  PUT(RemoteStep.PUT) {
    @Override
    void strike(TieredCache<Long, String> cache) {
      cache.put(1L, "new");
    }
  };

  private final RemoteStep step;

  Write(RemoteStep step) {
    this.step = step;
  }

  RemoteStep step() {
    return step;
  }

  abstract void strike(TieredCache<Long, String> cache);
}
