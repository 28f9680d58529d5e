package dev.corral.bench.once;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.codec.StringCodec;
import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.DeadHolderPolicy;
import dev.corral.idempotency.Executed;
import dev.corral.idempotency.Fingerprint;
import dev.corral.idempotency.Idempotency;
import dev.corral.idempotency.IdempotencyException;
import dev.corral.idempotency.IdempotencyKey;
import dev.corral.idempotency.IdempotencyStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A process in which threads execute one key, and that says what happens: {@code ready}, {@code
 * effect N} with the number of the attempt, {@code got …} or {@code threw …}. At the step that it
 * is told to hold at it says so, and goes on when it is told a line. If that is a step of a
 * transaction, the effect is a row of a ledger, in one transaction with its outcome.
 */
final class OnceNode {

  static final Fingerprint REQUEST = Fingerprint.of("charge 7");

  /** For those who die: soon over. */
  static final Duration BRIEF = Duration.ofSeconds(1);

  /** For those who live: however slow the machine is, nobody takes their place. */
  static final Duration LONG = Duration.ofMinutes(2);

  static final String WRITTEN = "written";
  static final String COMMITTED = "committed";

  private static final Duration WAIT = Duration.ofMinutes(1);

  private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
  private final String hold;

  private final @Nullable Ledger ledger;

  private OnceNode(String hold, @Nullable Ledger ledger) {
    this.hold = hold;
    this.ledger = ledger;
  }

  /**
   * Takes the kind of store, the addresses of Redis and PostgreSQL, the user there, the key, the
   * number of threads, the policy, the reservation's time, and where to hold: {@code start}, {@code
   * before} the effect, {@code after} it, or {@code done}; or, with effect and outcome in one
   * transaction, when both are {@code written}, or {@code committed}.
   */
  public static void main(String[] args) throws Exception {
    boolean inOne = args[8].equals(WRITTEN) || args[8].equals(COMMITTED);
    OnceNode node = new OnceNode(args[8], inOne ? new Ledger(args[2], args[3]) : null);
    IdempotencyStore store = SharedStore.valueOf(args[0]).open(args[1], args[2], args[3]);
    try (Idempotency<String> charges =
        charges(store, DeadHolderPolicy.valueOf(args[6]), Duration.parse(args[7]))) {
      node.run(charges, key(args[4]), Integer.parseInt(args[5]));
    }
    System.exit(0);
  }

  static IdempotencyKey key(String key) {
    return IdempotencyKey.of("acme", "charge", key);
  }

  static Idempotency<String> charges(
      IdempotencyStore store, DeadHolderPolicy policy, Duration reservation) {
    return Idempotency.builder(store, StringCodec.utf8())
        .reservationTime(reservation)
        .waitLimit(WAIT)
        .deadHolder(policy)
        .build();
  }

  private void run(Idempotency<String> charges, IdempotencyKey key, int many)
      throws IOException, InterruptedException {
    hold("start");
    List<Thread> threads =
        IntStream.range(0, many).mapToObj(i -> new Thread(() -> execute(charges, key))).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    hold("done");
  }

  private void execute(Idempotency<String> charges, IdempotencyKey key) {
    try {
      Executed<String> executed = charges.execute(key, REQUEST, this::charge);
      System.out.println("got " + executed.value() + (executed.replayed() ? " replayed" : ""));
    } catch (IdempotencyException e) {
      System.out.println("threw " + e.getClass().getSimpleName());
    }
  }

  private String charge(Attempt<String> attempt) throws IOException, SQLException {
    if (ledger != null) {
      return ledger.charge(attempt, this::hold);
    }
    hold("before");
    System.out.println("effect " + attempt.number());
    hold("after");
    return "receipt of attempt " + attempt.number();
  }

  private void hold(String step) throws IOException {
    if (hold.equals(step)) {
      System.out.println(step);
      in.readLine();
    }
  }
}
