package dev.corral.bench.payments;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A payment that a customer wants made.
 *
 * @param key of the customer's making, the same for whatever is sent about this payment
 * @param clickedTwice whether the customer presses the button twice at once
 * @param keyReused whether a mistaken client later asks for another amount with the same key
 */
record Payment(int number, String key, int amount, boolean clickedTwice, boolean keyReused) {
  private static final int MOST = 100_000;
  private static final double CLICKED_TWICE = 0.05;
  private static final double KEY_REUSED = 0.02;

  /** The payments of a seed. */
  static List<Payment> draw(long seed, int count) {
    var random = new SplittableRandom(seed);
    List<Payment> payments = new ArrayList<>(count);
    for (int number = 1; number <= count; number++) {
      payments.add(
          new Payment(
              number,
              new UUID(random.nextLong(), random.nextLong()).toString(),
              random.nextInt(1, MOST),
              random.nextDouble() < CLICKED_TWICE,
              random.nextDouble() < KEY_REUSED));
    }
    return payments;
  }

  Ask ask() {
    return new Ask(this, amount, Ask.PAID);
  }

  /** What the mistaken client sends. */
  Ask askForMore() {
    return new Ask(this, amount + 1, Ask.REFUSED);
  }

  /**
   * Something that is sent about a payment.
   *
   * @param expected the status that the answer should have in the end
   */
  record Ask(Payment payment, int amount, int expected) {
    static final int PAID = 201;
    static final int REFUSED = 422;

    byte[] body() {
      return "{\"payment\":%d,\"amount\":%d}"
          .formatted(payment.number, amount)
          .getBytes(StandardCharsets.UTF_8);
    }
  }
}
