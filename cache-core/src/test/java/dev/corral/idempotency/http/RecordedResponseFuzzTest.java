package dev.corral.idempotency.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.corral.codec.CodecException;
import dev.corral.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of a response: where they stand, and what becomes of any others. */
class RecordedResponseFuzzTest {

  private static final int FIXED_BYTES = 64 * 1024;

  private final RecordedResponseCodec codec =
      new RecordedResponseCodec(new UnreplayedHeaders(List.of("X-Trace")));
  private final Fuzz fuzz = Fuzz.of("responses");

  private static RecordedResponse response(String body, String... headers) {
    List<RecordedResponse.Header> lines = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      lines.add(new RecordedResponse.Header(headers[i], headers[i + 1]));
    }
    return RecordedResponse.of(201, lines, body.getBytes(UTF_8));
  }

  @Test
  void theBytesOfVersion1AreThese() {
    byte[] bytes = codec.encode(response("ok", "B", "2", "A", "é"));

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "01" + "00c9" + "0002" + "0001" + "61" + "0001" + "e9" + "0001" + "62" + "0001" + "32"
                + "6f6b");
    assertThat(codec.decode(bytes)).isEqualTo(response("ok", "a", "é", "b", "2"));
  }

  @Test
  void headersOfAConnectionAnHourOrASessionAreNotStored() {
    RecordedResponse stored =
        codec.decode(
            codec.encode(
                response(
                    "ok",
                    "Connection",
                    "close, X-Hop",
                    "X-Hop",
                    "1",
                    "Date",
                    "today",
                    "SET-COOKIE",
                    "a=b",
                    "Transfer-Encoding",
                    "chunked",
                    "Content-Length",
                    "2",
                    "x-trace",
                    "7",
                    "Location",
                    "/1")));

    assertThat(stored.headers()).containsExactly(new RecordedResponse.Header("location", "/1"));
  }

  @Test
  void bytesThatWouldMakeAnotherHeaderAreRefused() {
    byte[] bytes = codec.encode(response("", "a", "12"));
    bytes[bytes.length - 2] = '\r';
    bytes[bytes.length - 1] = '\n';

    assertThatExceptionOfType(CodecException.class).isThrownBy(() -> codec.decode(bytes));
    bytes[0] = 2;
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> codec.decode(bytes))
        .withMessage("version 2 of a response is not known");
    assertThatIllegalArgumentException().isThrownBy(() -> new RecordedResponse.Header("a:b", "1"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecordedResponse.Header("a", "1\r\nb: 2"));
  }

  @Test
  void whatIsTooMuchIsRefused() {
    RecordedResponse.Header small = new RecordedResponse.Header("a", "b");
    RecordedResponse.Header half = new RecordedResponse.Header("a", "b".repeat(32_767));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordedResponse.of(200, Collections.nCopies(257, small), new byte[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordedResponse.of(200, List.of(half, half, small), new byte[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordedResponse.of(101, List.of(), new byte[0]));
    RecordedResponse largest = RecordedResponse.of(200, List.of(half, half), new byte[0]);
    assertThat(codec.decode(codec.encode(largest))).isEqualTo(largest);
  }

  @Test
  void whateverIsThereIsAResponseOrRefused() {
    List<byte[]> samples =
        List.of(
            codec.encode(response("a receipt".repeat(20), "Location", "/1", "X-A", "1", "X-A", "")),
            codec.encode(response("")));

    Fuzz.Result result =
        fuzz.run(samples, input -> FIXED_BYTES + 64L * input.length, this::isReadable);

    assertThat(result.accepted()).isBetween(result.inputs() / 100, result.inputs() * 95 / 100);
  }

  private boolean isReadable(byte[] input) {
    RecordedResponse response;
    try {
      response = codec.decode(input);
    } catch (CodecException e) {
      return false;
    }
    for (RecordedResponse.Header header : response.headers()) {
      if (header.value().indexOf('\n') >= 0 || header.name().indexOf(':') >= 0) {
        throw new AssertionError("would make another header: " + header);
      }
    }
    RecordedResponse stored = response.canonical(new UnreplayedHeaders(List.of("X-Trace")));
    if (!codec.decode(codec.encode(response)).equals(stored)) {
      throw new AssertionError("reads as something else: " + response);
    }
    return true;
  }
}
