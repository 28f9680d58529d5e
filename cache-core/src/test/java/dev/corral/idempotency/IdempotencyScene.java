package dev.corral.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.HandScheduler;
import dev.corral.codec.StringCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** One key, a store that fails when told to, and a time that is moved by hand. */
abstract class IdempotencyScene {

  static final IdempotencyKey KEY = IdempotencyKey.of("acme", "charge", "42");
  static final Fingerprint ONE = Fingerprint.of("one");
  static final Fingerprint OTHER = Fingerprint.of("other");
  static final Duration RESERVED = Duration.ofSeconds(30);
  static final Duration MOMENT = Duration.ofMillis(1);

  final HandTime time = new HandTime();
  final HandScheduler scheduler = new HandScheduler();
  final InMemoryIdempotencyStore memory = new InMemoryIdempotencyStore(time);
  final FaultyStore store = new FaultyStore(memory, time);
  final AtomicInteger runs = new AtomicInteger();

  final Idempotency<String> charges = builder().build();

  IdempotencyBuilder<String> builder() {
    return Idempotency.builder(store, StringCodec.utf8()).scheduler(scheduler).ticker(time);
  }

  String run(Attempt<String> attempt) {
    return "run " + runs.incrementAndGet();
  }

  void advance(Duration passed) {
    time.advance(passed);
    scheduler.advance(passed);
  }

  /** Reserves the key as another process does, which then dies or goes on. */
  Reservation reservedByAnother() {
    return IdempotencyStoreContract.reserved(memory.reserve(another()));
  }

  static ReserveRequest another() {
    return new ReserveRequest(
        KEY, ONE, UUID.randomUUID(), RESERVED, Duration.ofHours(24), DeadHolderPolicy.RUN_AGAIN);
  }

  static StoredOutcome value(String text) {
    return new StoredOutcome(
        OutcomeFormat.value(StringCodec.utf8().name().getBytes(UTF_8), text.getBytes(UTF_8)));
  }

  static String fail(String message) throws IOException {
    throw new IOException(message);
  }
}
