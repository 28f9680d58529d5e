package dev.corral.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import dev.corral.fuzz.Allocation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonCodecTest {

  record Product(long id, String name, BigDecimal price, List<String> tags) {}

  record Times(
      Instant instant,
      LocalDate date,
      OffsetDateTime offset,
      ZonedDateTime zoned,
      Duration duration) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Circle.class, name = "circle"),
    @JsonSubTypes.Type(value = Square.class, name = "square")
  })
  interface Shape {}

  record Circle(int radius) implements Shape {}

  record Square(int side) implements Shape {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  interface Plugin {}

  record GoodPlugin(int x) implements Plugin {}

  record Holder(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object anything) {}

  static final class Node {
    @SuppressWarnings("unused") // read by Jackson
    public Node next = this;
  }

  private static final Product HORSE =
      new Product(42, "Füchsin", new BigDecimal("1200.50"), List.of("animal", "large"));

  private final JacksonCodec<Product> codec = JacksonCodec.of(Product.class);

  private static byte[] json(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void aRecordComesBackFromItsJson() {
    byte[] bytes = codec.encode(HORSE);

    assertThat(codec.name()).isEqualTo("json");
    assertThat(new String(bytes, UTF_8))
        .isEqualTo(
            """
            {"id":42,"name":"Füchsin","price":1200.50,"tags":["animal","large"]}""");
    assertThat(codec.decode(bytes)).isEqualTo(HORSE);
  }

  @Test
  void aGenericTypeComesBackWithItsElementsTyped() {
    var codec = JacksonCodec.of(new TypeReference<Map<String, List<Product>>>() {});
    var stable = Map.of("horses", List.of(HORSE, HORSE));

    assertThat(codec.decode(codec.encode(stable))).isEqualTo(stable);
  }

  @Test
  void timesKeepTheirOffsetAndZone() {
    var codec = JacksonCodec.of(Times.class);
    var times =
        new Times(
            Instant.parse("2026-01-02T03:04:05.678901234Z"),
            LocalDate.of(2026, 1, 2),
            OffsetDateTime.parse("2026-01-02T03:04:05+05:30"),
            ZonedDateTime.parse("2026-07-02T03:04:05+02:00[Europe/Zurich]"),
            Duration.ofMillis(1_500));

    assertThat(codec.decode(codec.encode(times))).isEqualTo(times);
  }

  @Test
  void aPropertyThatTheTypeDoesNotHaveIsIgnoredAndOneThatTheJsonLacksIsNull() {
    byte[] fromAnotherRelease = json("{\"id\":42,\"name\":\"Horse\",\"colour\":\"brown\"}");

    Product read = codec.decode(fromAnotherRelease);

    assertThat(read.name()).isEqualTo("Horse");
    assertThat(read.price()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "{",
        "{}{}",
        "{} x",
        "{\"id\":42} null",
        "[]",
        "42",
        "{\"id\":\"secret\"}",
        "{\"tags\":[{\"secret\":1}]}",
        "{\"price\":secret}",
        "{\"id\":1e400}",
        "\0\1\2"
      })
  void whatIsNotTheJsonOfAValueIsRefusedWithoutTellingWhatItIs(String text) {
    Throwable refusal = catchThrowable(() -> codec.decode(json(text)));

    assertThat(refusal)
        .isInstanceOf(CodecException.class)
        .hasMessageStartingWith("Not the json of a " + Product.class.getName())
        .hasNoCause();
    assertThat(refusal.getMessage()).doesNotContain("secret");
  }

  @Test
  void trailingTokensAreRefusedForAMapperThatAllowsThem() {
    var lenient = JacksonCodec.of(Product.class, new ObjectMapper());

    assertThatThrownBy(() -> lenient.decode(json("{} {}"))).isInstanceOf(CodecException.class);
  }

  @Test
  void jsonNestedTooDeeplyIsRefused() {
    var codec = JacksonCodec.of(new TypeReference<List<Object>>() {});
    byte[] deep = json("[".repeat(100_000));

    assertThatThrownBy(() -> codec.decode(deep)).isInstanceOf(CodecException.class);
  }

  @Test
  void numbersThatAreMuchLargerThanTheirTextAreRefused() {
    record Account(BigInteger balance) {}
    var codec = JacksonCodec.of(Account.class);

    for (String number : List.of("9".repeat(2_000), "1e999999999", "-1e2147483647")) {
      byte[] bytes = json("{\"balance\":" + number + "}");
      long allocated =
          Allocation.of(
              () ->
                  assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(CodecException.class),
              1_000_000);
      assertThat(allocated).isLessThan(1_000_000);
    }
  }

  @Test
  void aValueWithoutAnEndHasNoJson() {
    var codec = JacksonCodec.of(Node.class);

    assertThatThrownBy(() -> codec.encode(new Node()))
        .isInstanceOf(CodecException.class)
        .hasMessageStartingWith("A " + Node.class.getName() + " has no json: ");
  }

  @Test
  void aClassThatJacksonCannotHandleIsTold() {
    var codec = JacksonCodec.of(Object.class);

    assertThatThrownBy(() -> codec.encode(new Object()))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("No serializer found for class java.lang.Object");
  }

  @Test
  void subtypesByDeclaredNameComeBack() {
    var codec = JacksonCodec.of(new TypeReference<List<Shape>>() {});
    List<Shape> shapes = new ArrayList<>(List.of(new Circle(1), new Square(2)));

    assertThat(codec.decode(codec.encode(shapes))).isEqualTo(shapes);
  }

  @Test
  @SuppressWarnings("deprecation") // the old ways to switch it on count too
  void aMapperWithDefaultTypingIsRefused() {
    var narrow = BasicPolymorphicTypeValidator.builder().allowIfSubType("dev.corral").build();
    List<ObjectMapper> typing =
        List.of(
            new ObjectMapper().activateDefaultTyping(narrow),
            JsonMapper.builder()
                .activateDefaultTyping(narrow, ObjectMapper.DefaultTyping.NON_FINAL)
                .build(),
            new ObjectMapper().enableDefaultTyping());

    assertThat(typing)
        .allSatisfy(
            mapper ->
                assertThatThrownBy(() -> JacksonCodec.of(Product.class, mapper))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                        "mapper must not have default typing: stored bytes would choose classes"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClassNamedByTheBytesIsRefused(boolean withAMapperOfTheUser) {
    byte[] plugin = json("{\"@class\":\"" + GoodPlugin.class.getName() + "\",\"x\":1}");
    byte[] holder = json("{\"anything\":" + new String(plugin, UTF_8) + "}");
    var mapper = new ObjectMapper();
    var plugins =
        withAMapperOfTheUser
            ? JacksonCodec.of(Plugin.class, mapper)
            : JacksonCodec.of(Plugin.class);
    var holders =
        withAMapperOfTheUser
            ? JacksonCodec.of(Holder.class, mapper)
            : JacksonCodec.of(Holder.class);

    assertThatThrownBy(() -> plugins.decode(plugin)).isInstanceOf(CodecException.class);
    assertThatThrownBy(() -> holders.decode(holder)).isInstanceOf(CodecException.class);
  }

  @Test
  void aValidatorOfTheUserDecidesWhichNamedClassesAreRead() {
    var validator =
        BasicPolymorphicTypeValidator.builder().allowIfSubType(GoodPlugin.class).build();
    var mapper = JsonMapper.builder().polymorphicTypeValidator(validator).build();
    var codec = JacksonCodec.of(Plugin.class, mapper);
    var plugin = new GoodPlugin(1);

    assertThat(codec.decode(codec.encode(plugin))).isEqualTo(plugin);
    assertThatThrownBy(() -> codec.decode(json("{\"@class\":\"" + Product.class.getName() + "\"}")))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void aMapperOfTheUserIsCopiedAndObeyed() {
    var mapper = new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE);
    record Order(int itemCount) {}
    var codec = JacksonCodec.of(new TypeReference<Order>() {}, mapper);

    mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    assertThat(codec.encode(new Order(3))).isEqualTo(json("{\"item-count\":3}"));
    assertThatThrownBy(() -> codec.decode(json("{\"unknown\":1}")))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void aMapperThatCannotBeCopiedIsRefused() {
    class OwnMapper extends ObjectMapper {
      private static final long serialVersionUID = 1L;
    }

    assertThatThrownBy(() -> JacksonCodec.of(Product.class, new OwnMapper()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(OwnMapper.class.getName());
  }

  @Test
  void anotherFormatOfAMapperHasAnotherName() {
    class Lines extends JsonFactory {
      private static final long serialVersionUID = 1L;

      @Override
      public String getFormatName() {
        return "Lines";
      }

      @Override
      public JsonFactory copy() {
        return new Lines();
      }
    }

    assertThat(JacksonCodec.of(Product.class, new ObjectMapper(new Lines())).name())
        .isEqualTo("lines");
  }
}
