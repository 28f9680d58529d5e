package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExceptionsTest {

  private final TestCluster cluster = new TestCluster();
  private final IOException down = new IOException("down");
  private final TestOrigin origin = cluster.origin.failWith(down);

  private LoadFailedException failureOf(TieredCache<Long, String> cache) {
    return catchThrowableOfType(LoadFailedException.class, () -> cache.get(1L, origin));
  }

  @Test
  void aFailureHereNamesKeyCacheAndCause() {
    LoadFailedException failure = failureOf(cluster.alone().build());

    assertThat(failure)
        .hasMessage("Loading 1 for cache products failed: java.io.IOException: down")
        .hasCause(down)
        .isInstanceOf(CorralException.class);
    assertThat(failure.key()).isEqualTo(1L);
    assertThat(failure.failureType()).isEqualTo("java.io.IOException");
    assertThat(failure.retryAfter()).contains(Duration.ofMillis(100));
  }

  @Test
  void aFailureThatTheClusterRemembersSaysWhenItIsTriedAgain() {
    LoadFailedException failure = failureOf(cluster.node().build());

    assertThat(failure).hasCause(down);
    assertThat(failure.retryAfter()).contains(Duration.ofMillis(100));
  }

  @Test
  void aFailureElsewhereNamesKeyCacheCauseAndTime() {
    failureOf(cluster.node().build());
    cluster.advance(Duration.ofMillis(30));

    LoadFailedException failure = failureOf(cluster.node().build());

    assertThat(failure)
        .hasMessage(
            "Loading 1 for cache products failed, next attempt in 70 ms:"
                + " java.io.IOException: down")
        .hasNoCause();
    assertThat(failure.key()).isEqualTo(1L);
    assertThat(failure.failureType()).isEqualTo("java.io.IOException");
    assertThat(failure.retryAfter()).contains(Duration.ofMillis(70));
    assertThat(origin.loads()).isOne();
  }

  @Test
  void anErrorOfTheLoaderReachesItsCallerAsItIs() {
    AssertionError broken = new AssertionError("broken");
    var cache = cluster.node().build();

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                cache.get(
                    1L,
                    key -> {
                      throw broken;
                    }))
        .isSameAs(broken);

    assertThat(failureOf(cluster.node().build()).failureType())
        .isEqualTo("java.lang.AssertionError");
    assertThat(origin.loads()).isZero();
  }

  @Test
  void aFailureOfSeveralKeysNamesTheOneThatIsAskedFor() {
    LoadFailedException first = new LoadFailedException("products", 1L, down);

    LoadFailedException second = first.forKey(2L);

    assertThat(second)
        .hasMessage("Loading 2 for cache products failed: java.io.IOException: down")
        .hasCause(down);
    assertThat(second.key()).isEqualTo(2L);
    assertThat(second.forAnotherCaller().key()).isEqualTo(2L);
  }

  @Test
  void anInvalidationThatWasNotDeliveredNamesKeysAndCache() {
    var cache = cluster.node().onUndelivered(Undelivered.THROW).build();
    cluster.server.fail(true);

    assertThatExceptionOfType(UndeliveredException.class)
        .isThrownBy(() -> cache.invalidateAll(List.of(1L, 2L)))
        .withMessage(
            "The remote tier of cache products did not confirm the invalidation of keys [1, 2]")
        .withCauseInstanceOf(dev.corral.remote.RemoteStoreException.class)
        .isInstanceOf(CorralException.class);
    assertThatExceptionOfType(UndeliveredException.class)
        .isThrownBy(cache::invalidateAll)
        .withMessage(
            "The remote tier of cache products did not confirm the invalidation of all keys");
  }

  @Test
  void aTimeoutNamesKeyCacheAndTime() {
    var timeout = new LoadTimeoutException("products", 1L, Duration.ofMillis(2_500));

    assertThat(timeout)
        .hasMessage("No value for key 1 of cache products within 2500 ms")
        .isInstanceOf(CorralException.class);
    assertThat(timeout.key()).isEqualTo(1L);
    assertThat(timeout.waited()).isEqualTo(Duration.ofMillis(2_500));
  }

  @Test
  void anInterruptedLoadIsNobodysFailure() {
    var cache = cluster.node().build();
    InterruptedException interrupt = new InterruptedException("stop");

    assertThatExceptionOfType(LoadInterruptedException.class)
        .isThrownBy(() -> cache.get(1L, origin.failWith(interrupt)))
        .withMessage("Interrupted while key 1 of cache products was loaded")
        .withCause(interrupt)
        .isInstanceOf(CorralException.class)
        .satisfies(e -> assertThat(e.key()).isEqualTo(1L));
    assertThat(Thread.interrupted()).isTrue();

    assertThat(cluster.node().build().get(1L, origin.recover().set(1, "a"))).isEqualTo("a");
    assertThat(cache.stats().loads()).isZero();
  }

  @Test
  void aDriverThatWrapsTheInterruptChangesNothing() {
    var cache = cluster.node().build();
    IOException wrapped = new IOException("query interrupted");

    assertThatExceptionOfType(LoadInterruptedException.class)
        .isThrownBy(
            () ->
                cache.get(
                    1L,
                    key -> {
                      Thread.currentThread().interrupt();
                      throw wrapped;
                    }))
        .withRootCauseInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void exceptionsTravelWithoutTheirKeys() throws Exception {
    LoadFailedException failed = copy(failureOf(cluster.node().build()));
    assertThat(failed.key()).isNull();
    assertThat(failed)
        .hasMessageStartingWith("Loading 1 for cache")
        .hasCauseInstanceOf(down.getClass());
    assertThat(failed.retryAfter()).contains(Duration.ofMillis(100));
    assertThat(failed.failureType()).isEqualTo("java.io.IOException");

    LoadTimeoutException timeout =
        copy(new LoadTimeoutException("products", new Object(), Duration.ofSeconds(1)));
    assertThat(timeout.key()).isNull();
    assertThat(timeout.waited()).isEqualTo(Duration.ofSeconds(1));

    var interrupted =
        copy(new LoadInterruptedException("products", new Object(), new InterruptedException()));
    assertThat(interrupted.key()).isNull();

    var undelivered = copy(new UndeliveredException("products", List.of(new Object()), down));
    assertThat(undelivered.keys()).isNull();
    assertThat(undelivered).hasMessageContaining("cache products");
  }

  @SuppressWarnings({"unchecked", "BanSerializableRead"}) // of what was written a line before
  private static <E extends CorralException> E copy(E exception)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(exception);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (E) in.readObject();
    }
  }
}
