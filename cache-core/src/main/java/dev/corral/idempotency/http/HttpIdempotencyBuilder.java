package dev.corral.idempotency.http;

import dev.corral.idempotency.Idempotency;
import dev.corral.idempotency.IdempotencyBuilder;
import dev.corral.idempotency.IdempotencyStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** The options of an {@link HttpIdempotency}. Not thread-safe. */
public final class HttpIdempotencyBuilder {

  private static final int MEBI = 1 << 20;
  private static final int MOST_BYTES = 1 << 29;
  private static final int MORE_THAN_A_FRAME = 4 * 1024;

  private final IdempotencyStore store;
  Set<String> methods = Set.of("POST", "PATCH");
  int maximumRequestBytes = MEBI;
  int maximumResponseBytes = MEBI;
  IntPredicate released = status -> status == 408 || status == 429 || status == 503;
  Duration retryAfter = Duration.ofSeconds(2);
  private List<String> unreplayed = List.of();
  private Consumer<IdempotencyBuilder<RecordedResponse>> options = builder -> {};

  HttpIdempotencyBuilder(IdempotencyStore store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  /**
   * Sets which methods need a key, in capitals. Others pass through. Default: {@code POST} and
   * {@code PATCH}.
   *
   * @throws IllegalArgumentException if there is none, or one that is no token
   */
  public HttpIdempotencyBuilder methods(String... names) {
    if (names.length == 0 || !List.of(names).stream().allMatch(Tokens::isToken)) {
      throw new IllegalArgumentException("methods must be names of methods: " + List.of(names));
    }
    methods = Set.copyOf(List.of(names));
    return this;
  }

  /**
   * Sets how many bytes the body of a request may have, which is held in memory for its
   * fingerprint. A larger one is answered 413, and not run. Default: 1 MiB.
   *
   * @throws IllegalArgumentException unless from 0 to 2^29
   */
  public HttpIdempotencyBuilder maximumRequestBytes(int bytes) {
    maximumRequestBytes = bytes("maximumRequestBytes", bytes);
    return this;
  }

  /**
   * Sets how many bytes the body of a response may have, which is held in memory and stored. If it
   * is larger, then nobody gets it, the first caller neither: all get the problem {@code
   * response-not-kept}, and the request is not run again. Default: 1 MiB.
   *
   * @throws IllegalArgumentException unless from 0 to 2^29
   */
  public HttpIdempotencyBuilder maximumResponseBytes(int bytes) {
    maximumResponseBytes = bytes("maximumResponseBytes", bytes);
    return this;
  }

  private static int bytes(String name, int bytes) {
    if (bytes < 0 || bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "%s must be from 0 to %d: %d".formatted(name, MOST_BYTES, bytes));
    }
    return bytes;
  }

  /**
   * Sets which statuses say that nothing has happened: such a response is sent, and not stored, and
   * the next request with the key is run. All others are stored and replayed. Default: 408, 429 and
   * 503. A 500, 502 or 504 says nothing of the effect, and is declared here only by who knows that
   * it comes before it, or that the handler is safe to run again.
   */
  public HttpIdempotencyBuilder releaseOn(IntPredicate statuses) {
    released = Objects.requireNonNull(statuses, "releaseOn");
    return this;
  }

  /**
   * Adds headers that are not stored, as they speak of one response: an identity of the request, a
   * trace. Besides them those of the connection, {@code Date}, {@code Age} and cookies never are.
   *
   * @throws IllegalArgumentException if one is no token
   */
  public HttpIdempotencyBuilder unreplayedHeaders(String... names) {
    unreplayed = List.of(names);
    if (!unreplayed.stream().allMatch(Tokens::isToken)) {
      throw new IllegalArgumentException("unreplayedHeaders must be names: " + unreplayed);
    }
    return this;
  }

  /**
   * Sets the longest time that a client is told to wait before it asks again, which is rounded up
   * to whole seconds. Default: 2 s.
   *
   * @throws IllegalArgumentException unless from 1 s to 1 day
   */
  public HttpIdempotencyBuilder retryAfter(Duration longest) {
    if (longest.compareTo(Duration.ofSeconds(1)) < 0 || longest.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("retryAfter must be from 1 s to 1 day: " + longest);
    }
    retryAfter = longest;
    return this;
  }

  /**
   * Sets options of what runs the requests: {@code retention}, {@code waitLimit}, {@code
   * deadHolder} and so on. The size of an outcome follows from {@link #maximumResponseBytes}.
   */
  public HttpIdempotencyBuilder options(Consumer<IdempotencyBuilder<RecordedResponse>> more) {
    options = options.andThen(Objects.requireNonNull(more, "options"));
    return this;
  }

  /**
   * Builds it. Does not ask the store for anything yet.
   *
   * @throws IllegalStateException if the options do not fit each other
   */
  public HttpIdempotency build() {
    IdempotencyBuilder<RecordedResponse> builder =
        Idempotency.builder(store, new RecordedResponseCodec(new UnreplayedHeaders(unreplayed)));
    options.accept(builder);
    builder
        .retryOn(ReleasedResponse.class)
        .maximumOutcomeBytes(
            maximumResponseBytes + RecordedResponseCodec.MOST_HEAD_BYTES + MORE_THAN_A_FRAME);
    return new HttpIdempotency(this, builder.build());
  }
}
