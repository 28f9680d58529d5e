package dev.corral.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.codec.KeyText;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What makes two requests the same: whose they are, what they ask for, and which one it is. Keys of
 * different tenants or operations never meet, whatever clients send.
 *
 * @param tenant whose requests these are: what the server knows of the client, never what the
 *     client says
 * @param operation what is asked for, such as {@code "charge"}
 * @param parts which request it is: a client's key alone, or a natural identity of several parts
 */
public record IdempotencyKey(String tenant, String operation, List<String> parts) {

  /** The most characters that a tenant, an operation or a part may have. */
  public static final int MAX_LENGTH = 255;

  /** The most parts that a key may have. */
  public static final int MAX_PARTS = 16;

  /**
   * Copies the parts.
   *
   * @throws IllegalArgumentException if there are no parts or more than 16, or if any text is
   *     empty, has more than 255 characters, or holds a control character or an unpaired surrogate
   */
  public IdempotencyKey {
    check("tenant", tenant);
    check("operation", operation);
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.size() > MAX_PARTS) {
      throw new IllegalArgumentException(
          "A key must have from 1 to %d parts: %d".formatted(MAX_PARTS, parts.size()));
    }
    parts.forEach(part -> check("part of a key", part));
  }

  /**
   * Returns the key that a client chose, as of an {@code Idempotency-Key} header. It is taken as it
   * is: keys that differ in case are different.
   *
   * @throws IllegalArgumentException if it is empty, has more than 255 characters, or holds a
   *     control character or an unpaired surrogate
   */
  public static IdempotencyKey of(String tenant, String operation, String key) {
    return new IdempotencyKey(tenant, operation, List.of(key));
  }

  /** Returns the key that a client chose. */
  public static IdempotencyKey of(String tenant, String operation, UUID key) {
    return of(tenant, operation, key.toString());
  }

  /**
   * Returns a key that is made of what the request is by nature, such as an invoice's number and
   * the instalment: no client need keep it. The order of the parts counts.
   *
   * @throws IllegalArgumentException if a part breaks the rules of this record
   */
  public static IdempotencyKey composite(String tenant, String operation, String... parts) {
    return new IdempotencyKey(tenant, operation, List.of(parts));
  }

  private static void check(String name, String text) {
    Objects.requireNonNull(text, name);
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "%s must have from 1 to %d characters: %d".formatted(name, MAX_LENGTH, text.length()));
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(name + " must have no control characters");
    }
    KeyText.check(text);
  }

  /**
   * Returns the one text of this key, which no other key has: tenant, operation and parts, each
   * after its length and a colon (netstrings, D. J. Bernstein, 1997).
   */
  public String text() {
    return Stream.concat(Stream.of(tenant, operation), parts.stream())
        .map(part -> part.length() + ":" + part)
        .collect(Collectors.joining(","));
  }

  /** Returns the SHA-256 of {@link #text} in UTF-8, which is how stores know the key. */
  public byte[] digest() {
    return Digests.sha256().digest(text().getBytes(UTF_8));
  }

  /** Returns the key as messages for people name it. */
  @Override
  public String toString() {
    return tenant + "/" + operation + "/" + String.join("/", parts);
  }
}
