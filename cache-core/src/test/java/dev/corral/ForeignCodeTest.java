package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.codec.Codec;
import dev.corral.codec.KeyCodec;
import dev.corral.codec.StringCodec;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Codecs that throw what they should not. */
class ForeignCodeTest {

  private static final class RudeCodec implements Codec<String> {

    @Override
    public String name() {
      return StringCodec.utf8().name();
    }

    @Override
    public byte[] encode(String value) {
      throw new IllegalStateException("cannot encode");
    }

    @Override
    public String decode(byte[] bytes) {
      throw new IllegalStateException("cannot decode");
    }
  }

  private static final class RudeKeys implements KeyCodec<Long> {

    @Override
    public String encode(Long key) {
      return key.toString();
    }

    @Override
    public Long decode(String text) {
      return Long.valueOf(text);
    }
  }

  /** Cannot read some texts, in a way that no codec should have. */
  private static final class BrokenKeys implements KeyCodec<Long> {

    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

    @Override
    public String encode(Long key) {
      return key.toString();
    }

    @Override
    public Long decode(String text) {
      if (unreadable.contains(text)) {
        throw new AssertionError("what is " + text);
      }
      return Long.valueOf(text);
    }
  }

  private static final Duration SYNC_INTERVAL = Duration.ofSeconds(5);

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aValueThatCannotBeEncodedIsReturnedAndNotShared() {
    TieredCache<Long, String> here =
        cluster.open(cluster.alone().remote(cluster.server.newNode(), new RudeCodec()));

    assertThat(here.get(1L, key -> "v")).isEqualTo("v");

    assertThat(here.getIfPresent(1L)).hasValue("v");
    assertThat(cluster.call(() -> cluster.node().get(1L, key -> "other")).value())
        .as("the lease was given up")
        .isEqualTo("other");
  }

  @Test
  void bytesThatCannotBeDecodedAreAMiss() {
    TieredCache<Long, String> here =
        cluster.open(cluster.alone().remote(cluster.server.newNode(), new RudeCodec()));
    assertThat(cluster.node().get(1L, key -> "there")).isEqualTo("there");

    assertThat(here.get(1L, key -> "here")).isEqualTo("here");

    assertThat(here.stats().get(Stat.MALFORMED)).isEqualTo(1);
  }

  @Test
  void aMessageOfAKeyThatCannotBeDecodedIsIgnored() {
    TieredCache<Long, String> here = cluster.open(cluster.shared().keys(new RudeKeys()));
    assertThat(here.get(1L, key -> "v")).isEqualTo("v");
    try (TieredCache<String, String> foreign =
        TieredCache.<String, String>builder("test")
            .freshFor(Duration.ofMinutes(1))
            .remote(cluster.server.newNode(), StringCodec.utf8())
            .build()) {

      foreign.invalidate("not a number");
      assertThat(here.getIfPresent(1L)).hasValue("v");
      foreign.invalidate("1");

      assertThat(here.getIfPresent(1L)).as("the next message is heard").isEmpty();
    }
  }

  @Test
  void aKeyThatCannotNameAnEntryIsRefusedBeforeItIsLoaded() {
    AtomicInteger loads = new AtomicInteger();
    try (TieredCache<String, String> cache =
        TieredCache.<String, String>builder("test")
            .freshFor(Duration.ofMinutes(1))
            .remote(cluster.server.newNode(), StringCodec.utf8())
            .build()) {

      assertThatThrownBy(() -> cache.get("\uD800", key -> "v" + loads.incrementAndGet()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("surrogate");

      assertThat(loads).hasValue(0);
    }
  }

  @Test
  void anErrorOfTheKeyCodecKeepsNoMessageFromAnyone() {
    BrokenKeys broken = new BrokenKeys();
    TieredCache<Long, String> deaf = cluster.open(cluster.shared().keys(broken));
    TieredCache<Long, String> other = cluster.node();
    deaf.get(2L, key -> "old");
    broken.unreadable.add("13");

    other.invalidate(13L);
    other.invalidate(2L);

    assertThat(deaf.get(2L, key -> "new")).isEqualTo("new");
  }

  @Test
  void aMessageThatTheKeyCodecFailedOnCountsAsMissed() {
    BrokenKeys broken = new BrokenKeys();
    TieredCache<Long, String> deaf =
        cluster.open(cluster.shared().keys(broken).syncInterval(SYNC_INTERVAL));
    TieredCache<Long, String> other = cluster.node();
    deaf.get(1L, key -> "old");
    broken.unreadable.add("1");
    other.invalidate(1L);
    broken.unreadable.clear();

    cluster.advance(SYNC_INTERVAL.multipliedBy(2));

    assertThat(deaf.get(1L, key -> "new")).isEqualTo("new");
  }
}
