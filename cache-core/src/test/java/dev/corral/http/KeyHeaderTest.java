package dev.corral.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

class KeyHeaderTest {

  @Test
  void aKeyStandsBetweenQuotationMarks() {
    assertThat(KeyHeader.of("invoice-17")).isEqualTo("\"invoice-17\"");
    assertThat(KeyHeader.of("a \"b\" \\c")).isEqualTo("\"a \\\"b\\\" \\\\c\"");
    assertThat(KeyHeader.random()).matches("\"[0-9a-f-]{36}\"").isNotEqualTo(KeyHeader.random());
  }

  @Test
  void aKeyThatNoHeaderCanHoldIsRefused() {
    assertThatThrownBy(() -> KeyHeader.of(""))
        .hasMessage("key must have from 1 to 255 characters: 0");
    assertThatThrownBy(() -> KeyHeader.of("x".repeat(256)))
        .hasMessage("key must have from 1 to 255 characters: 256");
    assertThat(KeyHeader.of("x".repeat(255))).hasSize(257);
    assertThatThrownBy(() -> KeyHeader.of("a\r\nHost: b"))
        .hasMessage("key must be printable ASCII");
    assertThatThrownBy(() -> KeyHeader.of("\u00e9")).hasMessage("key must be printable ASCII");
    assertThatThrownBy(() -> KeyHeader.of("\u007f")).hasMessage("key must be printable ASCII");
  }

  @Test
  void aRequestHasOneOrNone() {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost"));

    assertThat(KeyHeader.in(request.build())).isNull();
    assertThat(KeyHeader.in(request.header("idempotency-key", "bare").build())).isEqualTo("bare");
    HttpRequest two = request.header("Idempotency-Key", "other").build();
    assertThatThrownBy(() -> KeyHeader.in(two))
        .hasMessage("A request has one Idempotency-Key, or none: [bare, other]");
    HttpRequest empty = request.setHeader("Idempotency-Key", " ").build();
    assertThatThrownBy(() -> KeyHeader.in(empty)).isInstanceOf(IllegalArgumentException.class);
  }
}
