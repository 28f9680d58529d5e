package dev.corral.http;

import dev.corral.origin.Origin;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The options of a {@link RetryingHttpClient}. Not thread-safe. */
public final class RetryingHttpClientBuilder {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int DEFAULT_DEADLINE_IN_ATTEMPTS = 4;

  private final HttpClient http;
  private final Origin origin;
  private final Duration attemptTimeout;
  private @Nullable Duration deadline;
  private int maxAttempts = 3;
  private int maxInProgress = 10;
  private int maximumBodyBytes = 1 << 20;
  private Duration base = Duration.ofMillis(100);
  private Duration cap = Duration.ofSeconds(2);
  private Duration longestRetryAfter = Duration.ofSeconds(30);
  private Delays delays = Delays.system();
  private LongSupplier ticker = System::nanoTime;
  private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
  private Supplier<Instant> wall = Instant::now;

  RetryingHttpClientBuilder(HttpClient http, Origin origin, Duration attemptTimeout) {
    this.http = Objects.requireNonNull(http, "http");
    this.origin = Objects.requireNonNull(origin, "origin");
    this.attemptTimeout = require("attemptTimeout", attemptTimeout);
  }

  /**
   * How long a request may take, with all its attempts and pauses. Default: four times {@code
   * attemptTimeout}.
   *
   * @throws IllegalArgumentException unless from 1 ms to 1 day
   */
  public RetryingHttpClientBuilder deadline(Duration duration) {
    deadline = require("deadline", duration);
    return this;
  }

  /**
   * How often a request is sent. Default: 3.
   *
   * @throws IllegalArgumentException unless from 1 to 20
   */
  public RetryingHttpClientBuilder maxAttempts(int count) {
    maxAttempts = require("maxAttempts", count, 1, 20);
    return this;
  }

  /**
   * How often a request whose key is in progress is asked for again. Default: 10.
   *
   * @throws IllegalArgumentException unless from 0 to 1,000
   */
  public RetryingHttpClientBuilder maxInProgress(int count) {
    maxInProgress = require("maxInProgress", count, 0, 1_000);
    return this;
  }

  /**
   * Sets the pauses between attempts. Default: 100 ms and 2 s.
   *
   * @throws IllegalArgumentException unless {@code base} is from 1 ms, and {@code cap} from {@code
   *     base}, to 1 day
   */
  public RetryingHttpClientBuilder backoff(Duration base, Duration cap) {
    require("backoff base", base);
    require("backoff cap", cap);
    if (cap.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "backoff cap must be at least its base " + base + ": " + cap);
    }
    this.base = base;
    this.cap = cap;
    return this;
  }

  /**
   * What {@code Retry-After} may ask for. A server that asks for more is not asked again before its
   * time, and not waited for either: the caller gets the answer. Default: 30 s.
   *
   * @throws IllegalArgumentException unless from 1 ms to 1 day
   */
  public RetryingHttpClientBuilder longestRetryAfter(Duration duration) {
    longestRetryAfter = require("longestRetryAfter", duration);
    return this;
  }

  /**
   * How large a body may be for it to be kept until the request has ended, so that it can be sent
   * again. A request with a larger one, or with one of unknown length, is sent once. Default: 1
   * MiB.
   *
   * @throws IllegalArgumentException unless from 0 to 1 GiB
   */
  public RetryingHttpClientBuilder maximumBodyBytes(int bytes) {
    maximumBodyBytes = require("maximumBodyBytes", bytes, 0, 1 << 30);
    return this;
  }

  /** For tests: the time, in all its forms. */
  RetryingHttpClientBuilder time(LongSupplier ticker, Delays delays, Supplier<Instant> wall) {
    this.ticker = ticker;
    this.delays = delays;
    this.wall = wall;
    return this;
  }

  /** For tests: draws from 0 (inclusive) to 1 (exclusive). */
  RetryingHttpClientBuilder random(DoubleSupplier random) {
    this.random = random;
    return this;
  }

  /**
   * Builds a client, to be shared by all who ask this server.
   *
   * @throws IllegalStateException if the options do not fit together
   */
  public RetryingHttpClient build() {
    Duration whole =
        deadline == null ? attemptTimeout.multipliedBy(DEFAULT_DEADLINE_IN_ATTEMPTS) : deadline;
    if (whole.compareTo(attemptTimeout) < 0) {
      throw new IllegalStateException(
          "deadline must be at least attemptTimeout %s: %s".formatted(attemptTimeout, whole));
    }
    return new RetryingHttpClient(
        new Parts(
            http,
            origin,
            new RetryRules(maxAttempts, maxInProgress, longestRetryAfter),
            attemptTimeout.toNanos(),
            whole.toNanos(),
            base.toNanos(),
            cap.toNanos(),
            maximumBodyBytes,
            delays,
            ticker,
            random,
            wall,
            new HttpCounts()));
  }

  private static int require(String option, int number, int least, int most) {
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d: %d".formatted(option, least, most, number));
    }
    return number;
  }

  private static Duration require(String option, Duration duration) {
    Objects.requireNonNull(duration, option);
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s must be from %s to %s: %s".formatted(option, SHORTEST, LONGEST, duration));
    }
    return duration;
  }
}
