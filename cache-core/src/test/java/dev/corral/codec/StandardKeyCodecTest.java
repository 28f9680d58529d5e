package dev.corral.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StandardKeyCodecTest {

  private enum Size {
    SMALL,
    LARGE {
      @Override
      public String toString() {
        return "large";
      }
    }
  }

  private static final UUID ID = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");

  private final StandardKeyCodec<Object> codec = new StandardKeyCodec<>();

  private static Stream<Arguments> keys() {
    return Stream.of(
        Arguments.of("user:42", "user:42"),
        Arguments.of("", ""),
        Arguments.of(Byte.MIN_VALUE, "-128"),
        Arguments.of((short) 7, "7"),
        Arguments.of(0, "0"),
        Arguments.of(Integer.MIN_VALUE, "-2147483648"),
        Arguments.of(Long.MAX_VALUE, "9223372036854775807"),
        Arguments.of(BigInteger.TEN.pow(20), "100000000000000000000"),
        Arguments.of(ID, "01234567-89ab-cdef-0123-456789abcdef"),
        Arguments.of(true, "true"),
        Arguments.of('é', "é"),
        Arguments.of(Size.SMALL, "SMALL"),
        Arguments.of(Size.LARGE, "LARGE"));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyHasATextAndComesBackFromIt(Object key, String text) {
    assertThat(codec.encode(key)).isEqualTo(text);
    assertThat(codec.decode(text)).isEqualTo(key);
  }

  private static Stream<Arguments> textsOfNoKey() {
    return Stream.of(
            texts(42, "+42", "042", " 42", "42 ", "4_2", "-0", "٤٢", "2147483648", "", "x", "1e3"),
            texts(42L, "+42", "042", "9223372036854775808", "42L"),
            texts((byte) 1, "128", "01"),
            texts((short) 1, "32768", "01"),
            texts(BigInteger.ONE, "+1", "01", "-0", "", "1.0"),
            texts(ID, "01234567-89AB-CDEF-0123-456789ABCDEF", "1-1-1-1-1", "", "x"),
            texts(true, "TRUE", "yes", ""),
            texts('c', "", "cc"),
            texts(Size.LARGE, "large", "MEDIUM", " LARGE", ""))
        .flatMap(List::stream);
  }

  private static List<Arguments> texts(Object first, String... texts) {
    return Stream.of(texts).map(text -> Arguments.of(first, text)).toList();
  }

  @ParameterizedTest
  @MethodSource("textsOfNoKey")
  void onlyTheTextThatAKeyIsWrittenAsIsRead(Object first, String text) {
    codec.encode(first);

    assertThatThrownBy(() -> codec.decode(text))
        .isInstanceOf(CodecException.class)
        .hasMessageStartingWith("Not the text of a " + KeyForm.classOf(first).getName());
  }

  @Test
  void aClassWithoutAStandardTextIsRefusedWithItsNameAndTheOption() {
    record ProductId(int number) {}

    assertThatThrownBy(() -> codec.encode(new ProductId(42)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Keys of %s have no standard text: give the cache a codec with the builder option keys",
            ProductId.class.getName());
  }

  @Test
  void aSubclassOfAKnownClassHasNoStandardText() {
    class OddInteger extends BigInteger {
      private static final long serialVersionUID = 1L;

      OddInteger() {
        super("1");
      }
    }

    assertThatThrownBy(() -> codec.encode(new OddInteger()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("OddInteger");
  }

  @Test
  void aRefusedKeyTeachesNothing() {
    assertThatThrownBy(() -> codec.encode(new Object()))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(codec.encode(42)).isEqualTo("42");
  }

  @Test
  void aSecondClassIsRefusedSinceItsKeysCouldHaveTheSameText() {
    codec.encode(42);

    assertThatThrownBy(() -> codec.encode(42L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("java.lang.Integer", "java.lang.Long", "builder option keys");
    assertThat(codec.encode(43)).isEqualTo("43");
  }

  @Test
  void constantsOfOneEnumAreOfOneClassWithAndWithoutABody() {
    Object withBody = Size.LARGE;
    assertThat(withBody.getClass()).isNotEqualTo(Size.class);

    assertThat(codec.encode(withBody)).isEqualTo("LARGE");
    assertThat(codec.encode(Size.SMALL)).isEqualTo("SMALL");
    assertThatThrownBy(() -> codec.encode(TimeUnit.DAYS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"42", "x", "''"})
  void nothingIsReadBeforeTheFirstKey(String text) {
    assertThatThrownBy(() -> codec.decode(text))
        .isInstanceOf(CodecException.class)
        .hasMessage("The class of the keys is not known before the first key");
  }

  @Test
  void threadsThatRaceForTheFirstKeyAgreeOnOneClass() throws Exception {
    var pool = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 500; round++) {
        var fresh = new StandardKeyCodec<Object>();
        var start = new CyclicBarrier(2);
        List<Future<Boolean>> accepted = new ArrayList<>();
        for (Object key : List.of(42, 42L)) {
          accepted.add(
              pool.submit(
                  () -> {
                    start.await(10, TimeUnit.SECONDS);
                    return accepts(fresh, key);
                  }));
        }

        assertThat(accepted.get(0).get()).isNotEqualTo(accepted.get(1).get());
        Object winner = accepted.get(0).get() ? (Object) 42 : (Object) 42L;
        assertThat(fresh.decode("42")).isEqualTo(winner);
        assertThatCode(() -> fresh.encode(winner)).doesNotThrowAnyException();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static boolean accepts(StandardKeyCodec<Object> codec, Object key) {
    try {
      codec.encode(key);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
