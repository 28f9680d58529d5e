package dev.corral.servers.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RespSplitterTest {

  /** Whole values of both protocols, and commands as people type them. */
  static Stream<String> values() {
    return Stream.of(
        "+OK\r\n",
        "-ERR no such *3 thing\r\n",
        ":-42\r\n",
        "$0\r\n\r\n",
        "$-1\r\n",
        "*-1\r\n",
        "*0\r\n",
        "$5\r\n*1\r\n$\r\n",
        "$4\r\n\r\n\r\n\r\n",
        "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n",
        "*3\r\n*2\r\n:1\r\n*0\r\n$-1\r\n*1\r\n*1\r\n$2\r\nab\r\n",
        "_\r\n",
        "#t\r\n",
        ",3.25\r\n",
        "(12345678901234567890\r\n",
        "!5\r\nERR x\r\n",
        "=7\r\ntxt:a\r\n\r\n",
        "~2\r\n:1\r\n:2\r\n",
        "%2\r\n+a\r\n*1\r\n:1\r\n$1\r\nb\r\n%0\r\n",
        "|1\r\n+ttl\r\n:3600\r\n*1\r\n+value\r\n",
        "*2\r\n|1\r\n+a\r\n+b\r\n:1\r\n:2\r\n",
        ">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$3\r\n\r\n>\r\n",
        "PING\r\n",
        "ECHO hello\r\n");
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueIsHandedOnWithItsLastByteAndNotBefore(String value) {
    var splitter = new RespSplitter();
    byte[] bytes = bytes(value);
    List<String> frames = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      assertThat(frames).isEmpty();
      splitter.feed(new byte[] {bytes[i]}, 1, frame -> frames.add(text(frame.bytes)));
    }

    assertThat(frames).containsExactly(value);
    assertThat(splitter.rest()).isEmpty();
  }

  @Test
  void howeverTheStreamIsFragmentedItsValuesAreTheSame() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      List<String> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        all.add(randomValue(random, 3));
      }
      byte[] stream = bytes(String.join("", all));
      int longest = 1 + random.nextInt(random.nextBoolean() ? 10 : 50_000);

      var splitter = new RespSplitter();
      List<String> frames = new ArrayList<>();
      for (int at = 0; at < stream.length; ) {
        int length = Math.min(1 + random.nextInt(longest), stream.length - at);
        byte[] piece = Arrays.copyOfRange(stream, at, at + length);
        splitter.feed(piece, length, frame -> frames.add(text(frame.bytes)));
        at += length;
      }

      assertThat(frames).as("seed %s", seed).isEqualTo(all);
    }
  }

  @Test
  void aLongBulkStringIsOneValue() {
    byte[] bytes = bytes("$3000000\r\n" + "\n*1\r".repeat(750_000) + "\r\n:1\r\n");
    List<Integer> lengths = new ArrayList<>();
    var splitter = new RespSplitter();
    for (int at = 0; at < bytes.length; at += 10_000) {
      byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(at + 10_000, bytes.length));
      splitter.feed(piece, piece.length, frame -> lengths.add(frame.bytes.length));
    }

    assertThat(lengths).containsExactly(bytes.length - 4, 4);
  }

  @Test
  void whatIsNoRespIsSaidAndIsAllThere() {
    var splitter = new RespSplitter();
    List<String> frames = new ArrayList<>();
    byte[] bytes = bytes("+OK\r\n*2\r\n+a\r\ngarbage\r\n");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> splitter.feed(bytes, bytes.length, frame -> frames.add(text(frame.bytes))));
    assertThat(frames).containsExactly("+OK\r\n");
    assertThat(text(splitter.rest())).isEqualTo("*2\r\n+a\r\ngarbage\r\n");
  }

  @Test
  void commandsAreKnownByTheirNames() {
    assertThat(new RespFrame(bytes("*2\r\n$3\r\nget\r\n$1\r\nk\r\n")).commandName())
        .isEqualTo("GET");
    assertThat(new RespFrame(bytes("ping now\r\n")).commandName()).isEqualTo("PING");
  }

  @Test
  void messagesAreReadFromBothProtocols() {
    for (char type : new char[] {'*', '>'}) {
      assertMessage(type + "3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$2\r\n\r\n\r\n", "c", "\r\n");
      assertMessage(type + "3\r\n$8\r\nsmessage\r\n$1\r\nc\r\n$0\r\n\r\n", "c", "");
      assertMessage(type + "4\r\n$8\r\npmessage\r\n$1\r\n*\r\n$1\r\nc\r\n$1\r\np\r\n", "c", "p");
    }
  }

  @Test
  void whatIsNoMessageIsNotReadAsOne() {
    assertThat(
            Stream.of(
                "*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n",
                "*2\r\n$7\r\nmessage\r\n$1\r\nc\r\n",
                "*3\r\n$7\r\nmessage\r\n*0\r\n$1\r\nc\r\n",
                "*-1\r\n",
                "+message\r\n",
                ">2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n"))
        .allMatch(value -> PushedMessage.read(new RespFrame(bytes(value))) == null);
  }

  private static void assertMessage(String value, String channel, String payload) {
    PushedMessage message = Objects.requireNonNull(PushedMessage.read(new RespFrame(bytes(value))));
    assertThat(text(message.channel)).isEqualTo(channel);
    assertThat(text(message.payload)).isEqualTo(payload);
    assertThat(text(message.frame)).isEqualTo(value);
  }

  private static String randomValue(Random random, int depth) {
    int kind = random.nextInt(depth > 0 ? 10 : 6);
    return switch (kind) {
      case 0 -> "+" + "a".repeat(random.nextInt(40)) + "\r\n";
      case 1 -> ":" + random.nextInt() + "\r\n";
      case 2 -> "$-1\r\n";
      case 3, 4, 5 -> {
        byte[] bytes = new byte[random.nextInt(random.nextInt(50) == 0 ? 40_000 : 60)];
        random.nextBytes(bytes);
        yield "$" + bytes.length + "\r\n" + text(bytes) + "\r\n";
      }
      case 6 -> "%" + several(random, depth, 2);
      case 7 -> "|" + several(random, depth, 2) + randomValue(random, depth - 1);
      default -> (random.nextBoolean() ? "*" : ">") + several(random, depth, 1);
    };
  }

  private static String several(Random random, int depth, int times) {
    int count = random.nextInt(4);
    var text = new StringBuilder(count + "\r\n");
    for (int i = 0; i < count * times; i++) {
      text.append(randomValue(random, depth - 1));
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
