package dev.corral.bench.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {
  private static final int ALL = 1000;

  @TempDir private Path directory;

  @Test
  void integersAreReadUnsignedFromGzip() throws Exception {
    var trace = TraceFile.read(file(gzip(integers(1, 0, -2))), ALL);

    assertThat(trace).isEqualTo(new Trace(List.of("1", "0", "4294967294"), true));
  }

  @Test
  void textHasAKeyALine() throws Exception {
    var trace = TraceFile.read(file("user 1\nüser 2\n\nuser 1\n".getBytes(UTF_8)), ALL);

    assertThat(trace.keys()).containsExactly("user 1", "üser 2", "user 1");
    assertThat(trace.integers()).isFalse();
  }

  @Test
  void textMayBeInGzip() throws Exception {
    assertThat(TraceFile.read(file(gzip("a\nb".getBytes(UTF_8))), ALL).keys())
        .containsExactly("a", "b");
  }

  @Test
  void theLimitCountsAccesses() throws Exception {
    assertThat(TraceFile.read(file(gzip(integers(3, 3, 4))), 2).keys()).containsExactly("3", "3");
    assertThat(TraceFile.read(file("a\nb\nc".getBytes(UTF_8)), 2).keys()).containsExactly("a", "b");
  }

  @Test
  void aFileWithoutAccessesIsRefused() throws Exception {
    Path empty = file(new byte[0]);

    assertThatThrownBy(() -> TraceFile.read(empty, ALL)).isInstanceOf(IOException.class);
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("trace"), content);
  }

  private static byte[] integers(int... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * numbers.length);
    for (int number : numbers) {
      buffer.putInt(number);
    }
    return buffer.array();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
