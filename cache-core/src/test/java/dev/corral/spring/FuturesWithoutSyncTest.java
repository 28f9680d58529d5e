package dev.corral.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.TieredCache;
import dev.corral.codec.Codec;
import dev.corral.codec.JacksonCodec;
import dev.corral.remote.InMemoryRemoteServer;
import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache.ValueWrapper;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;

/** Methods that return a future, without {@code sync}: Spring looks, runs them and puts. */
class FuturesWithoutSyncTest {

  @Configuration(proxyBeanMethods = false)
  @EnableCaching(proxyTargetClass = true)
  static class Caching {}

  static class Products {
    private final AtomicInteger reads = new AtomicInteger();

    @Cacheable("products")
    public CompletableFuture<@Nullable String> find(long id) {
      return CompletableFuture.completedFuture("v" + id + "#" + reads.incrementAndGet());
    }
  }

  private final InMemoryRemoteServer server = new InMemoryRemoteServer();
  private final TieredCache<Object, Object> here = node();
  private final TieredCache<Object, Object> there = node();

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  @SuppressWarnings("unchecked") // all values are strings
  private TieredCache<Object, Object> node() {
    return TieredCache.builder("products")
        .freshFor(Duration.ofMinutes(1))
        .absentFor(Duration.ofMinutes(1))
        .remote(server.newNode(), (Codec<Object>) (Codec<?>) JacksonCodec.of(String.class))
        .build();
  }

  @Test
  void anAbsentValueIsFoundToo() throws Exception {
    here.get(1L, key -> null);
    there.get(2L, key -> null);
    try (var context = Contexts.with(here, Caching.class, Products.class)) {
      Products products = context.getBean(Products.class);

      assertThat(products.find(1).get(30, TimeUnit.SECONDS)).isNull();
      assertThat(products.find(2).get(30, TimeUnit.SECONDS)).isNull();

      assertThat(here.stats().get(Stat.INVALIDATION_SENT)).isZero();
      assertThat(products.find(3).get(30, TimeUnit.SECONDS)).as("the first run").isEqualTo("v3#1");
    }
  }

  @Test
  void whatEitherTierHoldsFreshIsFound() throws Exception {
    try (var context = Contexts.with(here, Caching.class, Products.class)) {
      Products products = context.getBean(Products.class);

      assertThat(products.find(1).get(30, TimeUnit.SECONDS)).isEqualTo("v1#1");
      assertThat(products.find(1).get(30, TimeUnit.SECONDS)).isEqualTo("v1#1");
      there.put(2L, "put");
      assertThat(products.find(2).get(30, TimeUnit.SECONDS)).isEqualTo("put");
    }
  }

  @Test
  void aLookThatAsksTheSecondTierDoesNotBlock() throws Exception {
    there.put(1L, "put");
    CountDownLatch hanging = new CountDownLatch(1);
    server.before(RemoteStep.INSPECT, () -> await(hanging));

    CompletableFuture<@Nullable ValueWrapper> found =
        Objects.requireNonNull(new CorralCache(here).retrieve(1L));

    assertThat(found).isNotDone();
    hanging.countDown();
    assertThat(found.get(30, TimeUnit.SECONDS)).extracting(ValueWrapper::get).isEqualTo("put");
  }

  @Test
  void whatThisProcessHoldsIsAnsweredAtOnce() {
    here.get(1L, key -> "v");
    here.get(2L, key -> null);
    CorralCache cache = new CorralCache(here);

    assertThat(Objects.requireNonNull(cache.retrieve(1L)).getNow(null))
        .extracting(ValueWrapper::get)
        .isEqualTo("v");
    ValueWrapper absent = Objects.requireNonNull(cache.retrieve(2L)).getNow(null);
    assertThat(Objects.requireNonNull(absent).get()).isNull();
  }

  @Test
  void withOneTierWhatIsNotHeldIsKnownAtOnce() {
    try (TieredCache<Object, Object> alone =
        TieredCache.builder("alone").freshFor(Duration.ofMinutes(1)).build()) {
      assertThat(new CorralCache(alone).retrieve(1L)).isNull();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
