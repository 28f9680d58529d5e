package dev.corral.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run of payments found; the content of its {@code result.json}.
 *
 * @param seed of the payments, the faults, and the times of the crashes
 * @param clients payments under way at a time, at most
 * @param rate payments that come up a second
 */
public record PaymentsResult(
    String scenario,
    long seed,
    int payments,
    int clients,
    int rate,
    List<PaymentsContender> contenders,
    List<Expectation> expectations,
    String machine,
    String startedAt) {

  /** Says what should be: of Corral, exactly once; of the others, that the faults were felt. */
  public static List<Expectation> judge(List<PaymentsContender> contenders) {
    List<Expectation> all = new ArrayList<>();
    for (PaymentsContender contender : contenders) {
      if (contender.name().equals("corral")) {
        judgeCorral(contender, all);
      } else if (contender.name().equals("naive-retry")) {
        all.add(
            new Expectation(
                "naive-retry: the faults are felt, somebody pays twice.",
                "%,d duplicates".formatted(contender.duplicates()),
                contender.duplicates() > 0));
      }
    }
    return all;
  }

  private static void judgeCorral(PaymentsContender corral, List<Expectation> all) {
    all.add(
        new Expectation(
            "corral: each payment is charged exactly once.",
            "%,d charges of %,d payments, %,d duplicates, %,d lost"
                .formatted(corral.charges(), corral.payments(), corral.duplicates(), corral.lost()),
            corral.duplicates() == 0
                && corral.lost() == 0
                && corral.charges() == corral.payments()));
    all.add(
        new Expectation(
            "corral: each charge is of the amount that the customer wanted.",
            "%,d others".formatted(corral.wrongAmounts()),
            corral.wrongAmounts() == 0));
    all.add(
        new Expectation(
            "corral: whoever asked was told of the one charge, after both clicks as well.",
            "%,d wrongly told, %,d without an answer"
                .formatted(corral.wronglyTold(), corral.unanswered()),
            corral.wronglyTold() == 0 && corral.unanswered() == 0));
    all.add(
        new Expectation(
            "corral: a key that is reused for another amount is refused.",
            "%,d of %,d refused, %,d answered otherwise"
                .formatted(corral.refusedKeys(), corral.reusedKeys(), corral.wronglyAnswered()),
            corral.refusedKeys() >= corral.reusedKeys() && corral.wronglyAnswered() == 0));
  }
}
