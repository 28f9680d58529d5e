package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.corral.codec.KeyCodec;
import dev.corral.codec.StringCodec;
import dev.corral.remote.InMemoryRemoteServer;
import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeysTest {

  private record Place(String shop, int shelf) {}

  private static final KeyCodec<Place> PLACES =
      KeyCodec.of(
          place -> place.shop() + "/" + place.shelf(),
          text -> {
            int slash = text.lastIndexOf('/');
            return new Place(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
          });

  private final InMemoryRemoteServer server = new InMemoryRemoteServer();

  private <K> CacheBuilder<K, String> node() {
    return TieredCache.<K, String>builder("keys")
        .freshFor(FRESH)
        .executor(Runnable::run)
        .scheduler(new HandScheduler())
        .remote(server.newNode(), StringCodec.utf8());
  }

  private static List<List<Object>> pairs() {
    return List.of(
        List.of(Long.MIN_VALUE, 42L),
        List.of(-1, 42),
        List.of("", "a:b{c}\n🐎"),
        List.of(new UUID(0, 1), new UUID(-1, -1)),
        List.of(TimeUnit.DAYS, TimeUnit.HOURS),
        List.of('x', 'y'),
        List.of(true, false));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void keysOfTheUsualClassesAreTheSameOnAllNodes(List<Object> keys) {
    Object key = keys.get(0);
    Object another = keys.get(1);
    try (TieredCache<Object, String> one = this.<Object>node().build();
        TieredCache<Object, String> other = this.<Object>node().build()) {
      one.get(key, k -> "a");
      one.get(another, k -> "b");

      assertThat(other.get(key, k -> "x")).isEqualTo("a");
      assertThat(other.get(another, k -> "x")).isEqualTo("b");
      one.invalidate(key);
      assertThat(other.getIfPresent(key)).isEmpty();
      assertThat(other.getIfPresent(another)).contains("b");
    }
  }

  @Test
  void aKeyOfAnotherClassIsRefusedWithAHint() {
    try (var cache = this.<Place>node().build()) {
      Place place = new Place("north", 7);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> cache.get(place, key -> "a"))
          .withMessageContainingAll(Place.class.getName(), "builder option keys");
      assertThatIllegalArgumentException().isThrownBy(() -> cache.put(place, "a"));
      assertThatIllegalArgumentException().isThrownBy(() -> cache.invalidate(place));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cache.getAll(List.of(place), keys -> java.util.Map.of()));
      assertThat(server.countOfAll()).isZero();
    }
  }

  @Test
  void aKeyOfASecondClassIsRefused() {
    try (TieredCache<Object, String> cache = this.<Object>node().build()) {
      cache.get(42, key -> "a");

      assertThatIllegalArgumentException()
          .isThrownBy(() -> cache.get("42", key -> "b"))
          .withMessageContainingAll("java.lang.Integer", "java.lang.String");
    }
  }

  @Test
  void aSingleTierTakesKeysOfAnyClass() {
    try (var cache = TieredCache.<Place, String>builder("keys").freshFor(FRESH).build()) {
      assertThat(cache.get(new Place("north", 7), key -> "a")).isEqualTo("a");
      assertThat(cache.get(new Place("north", 7), key -> "b")).isEqualTo("a");
    }
  }

  @Test
  void aCodecMakesKeysOfAnyClassTheSameOnAllNodes() {
    try (var one = this.<Place>node().keys(PLACES).build();
        var other = this.<Place>node().keys(PLACES).build()) {
      one.get(new Place("north", 7), key -> "a");
      assertThat(other.get(new Place("north", 7), key -> "x")).isEqualTo("a");

      one.invalidate(new Place("north", 7));

      assertThat(other.getIfPresent(new Place("north", 7))).isEmpty();
      assertThat(other.get(new Place("north", 7), key -> "b")).isEqualTo("b");
    }
  }

  @Test
  void aCodecThatDoesNotLeadBackIsRefused() {
    KeyCodec<Place> loses = KeyCodec.of(Place::shop, text -> new Place(text, 0));
    try (var cache = this.<Place>node().keys(loses).build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> cache.get(new Place("north", 7), key -> "a"))
          .withMessage(
              "The keys option of cache keys does not decode \"north\" to the key that it encoded:"
                  + " Place[shop=north, shelf=7]");
      assertThat(cache.get(new Place("north", 0), key -> "a")).isEqualTo("a");
    }
  }

  @Test
  @SuppressWarnings("NullAway") // that is what the test is about
  void aCodecThatCannotReadItsOwnTextIsRefusedInTheSameWords() {
    KeyCodec<Place> throwing =
        KeyCodec.of(
            Place::shop,
            text -> {
              throw new IllegalStateException("no way back");
            });
    KeyCodec<Place> lost =
        new KeyCodec<>() {
          @Override
          public String encode(Place key) {
            return key.shop();
          }

          @Override
          public Place decode(String text) {
            return null;
          }
        };
    for (KeyCodec<Place> codec : List.of(throwing, lost)) {
      try (var cache = this.<Place>node().keys(codec).build()) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> cache.get(new Place("north", 7), key -> "a"))
            .withMessageStartingWith(
                "The keys option of cache keys does not decode \"north\" to the key");
      }
    }
  }

  @Test
  void aMessageOfAKeyThatNobodyHereKnowsIsNoTrouble() {
    try (TieredCache<Object, String> numbers = this.<Object>node().build();
        TieredCache<Object, String> words = this.<Object>node().build()) {
      words.invalidate("before the first key of the other node");
      numbers.get(42, key -> "a");
      words.invalidate("not a number");

      assertThat(numbers.getIfPresent(42)).contains("a");
      assertThat(numbers.stats().get(Stat.INVALIDATION_RECEIVED)).isZero();
    }
  }

  @Test
  void aCodecThatThrowsAtAMessageDoesNotBreakTheMessages() {
    KeyCodec<Integer> strict =
        new KeyCodec<>() {
          @Override
          public String encode(Integer key) {
            return key.toString();
          }

          @Override
          public Integer decode(String text) {
            return Integer.valueOf(text);
          }
        };
    try (var numbers = this.<Integer>node().keys(strict).build();
        var words = this.<String>node().build()) {
      numbers.get(42, key -> "a");

      words.invalidate("not a number");
      assertThat(numbers.getIfPresent(42)).contains("a");

      words.invalidate("42");
      assertThat(numbers.getIfPresent(42)).isEmpty();
    }
  }

  @Test
  void aTextThatCannotNameAnEntryIsRefusedBeforeAnythingIsLoaded() {
    String tooLong = "x".repeat(65_536);
    String unpaired = "\uD83D";
    try (var cache = this.<String>node().build()) {
      for (String key : List.of(tooLong, unpaired)) {
        assertThatIllegalArgumentException()
            .isThrownBy(
                () ->
                    cache.get(
                        key,
                        k -> {
                          throw new AssertionError("loaded");
                        }))
            .withMessageStartingWith("The text of a key must have");
        assertThatIllegalArgumentException().isThrownBy(() -> cache.put(key, "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> cache.invalidate(key));
      }
      assertThat(server.countOf(RemoteStep.LOOK_UP)).isZero();
    }
  }
}
