package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.stats.Stat;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

/** Redis loses what it held, in the middle of loads, and two nodes go on. */
@SuppressWarnings("NullAway.Init") // set up before each test
class LostDataTest {

  /** A way to lose something. */
  enum Loss {
    FLUSH {
      @Override
      void strike(Jedis admin) {
        admin.flushAll();
      }
    },
    SCRIPTS {
      @Override
      void strike(Jedis admin) {
        admin.scriptFlush();
      }
    },
    LEASE_KEY {
      @Override
      void strike(Jedis admin) {
        admin.keys("*e:1").forEach(admin::del);
      }
    };

    abstract void strike(Jedis admin);
  }

  private Shop shop;
  private Jedis admin;
  private RedisStore otherStore;
  private TieredCache<Long, String> other;

  @BeforeEach
  void open() {
    shop = Shop.openPatient();
    admin = new Jedis(shop.server.uri());
    otherStore = RedisStore.builder(shop.jedis).namespace(Node.NAMESPACE).build();
    other =
        TieredCache.<Long, String>builder("shop")
            .freshFor(Duration.ofHours(1))
            .remote(otherStore, StringCodec.utf8())
            .build();
  }

  @AfterEach
  void close() {
    other.close();
    otherStore.close();
    admin.close();
    shop.close();
  }

  @ParameterizedTest
  @EnumSource
  void theLoadThatRunsIsAnsweredAndTheNextOneIsShared(Loss loss) {
    String value =
        shop.cache.get(
            1L,
            key -> {
              loss.strike(admin);
              return "of a load";
            });

    assertThat(value).isEqualTo("of a load");
    assertThat(shop.count(Stat.PUBLISH_REFUSED)).isEqualTo(loss == Loss.SCRIPTS ? 0 : 1);
    String next = shop.cache.get(1L, key -> "of the next");
    assertThat(next).isEqualTo(loss == Loss.SCRIPTS ? "of a load" : "of the next");
    assertThat(other.get(1L, key -> "of another node")).isEqualTo(next);
  }

  @ParameterizedTest
  @EnumSource
  void anInvalidationAndAWriteTakeEffectAllTheSame(Loss loss) {
    shop.cache.put(1L, "old");
    loss.strike(admin);

    shop.cache.invalidate(1L);
    assertThat(shop.cache.get(1L, key -> "new")).isEqualTo("new");
    loss.strike(admin);
    shop.cache.write(1L, "newer", (key, value) -> loss.strike(admin));

    assertThat(shop.cache.get(1L, key -> "newer")).isEqualTo("newer");
    assertThat(other.get(1L, key -> "newer")).isEqualTo("newer");
    assertThat(shop.cache.pendingInvalidations()).isZero();
    assertThat(shop.told).isEmpty();
  }

  @Test
  void aServerThatWasRestartedEmptyInTheMiddleOfALoadIsUsedAgain() {
    String value =
        shop.cache.get(
            1L,
            key -> {
              shop.server.restart();
              return "of a load";
            });

    assertThat(value).isEqualTo("of a load");
    assertThat(shop.count(Stat.LOAD)).isEqualTo(1);
    shop.get(2);
    assertThat(shop.loads(2)).isEqualTo(1);
  }
}
