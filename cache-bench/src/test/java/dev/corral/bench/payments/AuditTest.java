package dev.corral.bench.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.bench.payments.Ledger.Charge;
import dev.corral.bench.payments.Payment.Ask;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each way for payments to go wrong is seen. */
class AuditTest {

  private final Payment one = new Payment(1, "k1", 70, true, true);
  private final Payment two = new Payment(2, "k2", 80, false, false);

  private Audit audit(List<Ended> told, Map<Integer, List<Charge>> ledger) {
    return new Audit(List.of(one, two), told, ledger);
  }

  private static Map<Integer, List<Charge>> inOrder() {
    return Map.of(1, List.of(new Charge(11, 70)), 2, List.of(new Charge(12, 80)));
  }

  private List<Ended> toldInOrder() {
    return List.of(
        new Ended(one.ask(), 201, 11),
        new Ended(one.ask(), 201, 11),
        new Ended(one.askForMore(), 422, 0),
        Ended.withoutAnswer(two.ask()),
        new Ended(two.ask(), 201, 12));
  }

  @Test
  void whatIsInOrderIsFoundToBe() {
    Audit audit = audit(toldInOrder(), inOrder());

    assertThat(audit.duplicates()).isZero();
    assertThat(audit.lost()).isZero();
    assertThat(audit.wrongAmounts()).isZero();
    assertThat(audit.wronglyTold()).isZero();
    assertThat(audit.wronglyAnswered()).isZero();
    assertThat(audit.refused()).isOne();
    assertThat(Audit.open(toldInOrder())).isEmpty();
  }

  @Test
  void chargesTooManyAndTooFewAreCounted() {
    Audit audit =
        audit(
            List.of(), Map.of(1, List.of(new Charge(1, 70), new Charge(2, 70), new Charge(3, 71))));

    assertThat(audit.duplicates()).isEqualTo(2);
    assertThat(audit.lost()).isOne();
    assertThat(audit.wrongAmounts()).isOne();
  }

  @Test
  void whoWasToldOfAnotherChargeIsFound() {
    Ended ofNothing = new Ended(two.ask(), 201, 99);
    List<Ended> twoStories =
        List.of(new Ended(one.ask(), 201, 11), new Ended(one.ask(), 201, 13), ofNothing);

    assertThat(audit(twoStories, inOrder()).wronglyTold()).isEqualTo(2);
  }

  @Test
  void aReusedKeyThatWasPaidAndAPaymentThatWasRefusedAreWrongAnswers() {
    List<Ended> told = List.of(new Ended(one.askForMore(), 201, 14), new Ended(two.ask(), 422, 0));

    assertThat(audit(told, inOrder()).wronglyAnswered()).isEqualTo(2);
  }

  @Test
  void whatHadNoFinalAnswerIsOpenOnce() {
    List<Ended> told =
        List.of(
            new Ended(one.ask(), 503, 0),
            Ended.withoutAnswer(one.ask()),
            new Ended(one.askForMore(), 409, 0),
            new Ended(two.ask(), 201, 12));

    assertThat(Audit.open(told)).containsExactly(one.ask(), one.askForMore());
    assertThat(one.askForMore()).isEqualTo(new Ask(one, 71, 422));
  }
}
