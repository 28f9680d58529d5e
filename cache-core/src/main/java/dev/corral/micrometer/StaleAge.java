package dev.corral.micrometer;

import dev.corral.CacheListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Records how stale the values of one cache were when they were served. */
final class StaleAge implements CacheListener<Object, Object> {

  private final Timer age;

  StaleAge(MeterRegistry registry, Tags tags) {
    age =
        Timer.builder("corral.stale.age")
            .description("How long ago stale values had ceased to be fresh when they were served")
            .tags(tags)
            .register(registry);
  }

  @Override
  public void staleServed(Object key, Duration staleFor) {
    age.record(staleFor);
  }
}
