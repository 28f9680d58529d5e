package dev.corral.bench.payments;

import dev.corral.bench.payments.Ledger.Charge;
import dev.corral.bench.payments.Payment.Ask;
import dev.corral.bench.report.PaymentsContender;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Holds what people were told against what the ledger has.
 *
 * @param ledger charges by payment
 */
record Audit(List<Payment> payments, List<Ended> told, Map<Integer, List<Charge>> ledger) {

  /** Returns what was asked for and had no final answer, each once. */
  static List<Ask> open(List<Ended> told) {
    Set<Ask> open = new LinkedHashSet<>();
    told.forEach(end -> open.add(end.ask()));
    told.stream().filter(Ended::isFinal).forEach(end -> open.remove(end.ask()));
    return List.copyOf(open);
  }

  /** Charges beyond the first one of their payment. */
  long duplicates() {
    return payments.stream().mapToLong(payment -> Math.max(0, of(payment).size() - 1)).sum();
  }

  /** Payments without any charge. */
  long lost() {
    return count(payment -> of(payment).isEmpty());
  }

  /** Payments that were charged another amount than the customer wanted. */
  long wrongAmounts() {
    return count(
        payment -> of(payment).stream().anyMatch(charge -> charge.amount() != payment.amount()));
  }

  /** Payments about which customers were told of different charges, or of one that is not there. */
  long wronglyTold() {
    Map<Integer, Set<Long>> numbers = new HashMap<>();
    for (Ended end : told) {
      if (end.status() == Ask.PAID) {
        numbers
            .computeIfAbsent(end.ask().payment().number(), first -> new HashSet<>())
            .add(end.charge());
      }
    }
    return count(
        payment -> {
          Set<Long> said = numbers.getOrDefault(payment.number(), Set.of());
          List<Long> charged = of(payment).stream().map(Charge::id).toList();
          return said.size() > 1 || !charged.containsAll(said);
        });
  }

  /** Asks whose final answer is not the one that is right. */
  long wronglyAnswered() {
    return told.stream()
        .filter(end -> end.isFinal() && end.status() != end.ask().expected())
        .count();
  }

  /** Reused keys that were refused. */
  long refused() {
    return told.stream()
        .filter(end -> end.status() == Ask.REFUSED && end.ask().expected() == Ask.REFUSED)
        .count();
  }

  private long reused() {
    return told.stream()
        .filter(end -> end.ask().expected() == Ask.REFUSED)
        .map(Ended::ask)
        .distinct()
        .count();
  }

  private long count(Predicate<Payment> condition) {
    return payments.stream().filter(condition).count();
  }

  private List<Charge> of(Payment payment) {
    return ledger.getOrDefault(payment.number(), List.of());
  }

  PaymentsContender result(Mode mode, Traffic traffic) {
    SenderStats sent = traffic.senders();
    Map<String, Long> faults = new TreeMap<>(traffic.first().faults());
    traffic.second().faults().forEach((name, count) -> faults.merge(name, count, Long::sum));
    return new PaymentsContender(
        mode.shownName(),
        mode.description(),
        payments.size(),
        ledger.values().stream().mapToLong(List::size).sum(),
        duplicates(),
        lost(),
        traffic.asks(),
        sent.retries(),
        (double) traffic.second().arrivals() / traffic.asks(),
        traffic.second().replays(),
        traffic.second().conflicts(),
        traffic.second().inProgress(),
        sent.breakerOpenings(),
        sent.rejected(),
        sent.budgetRefused(),
        traffic.crashes(),
        traffic.apiCrashes(),
        traffic.gaveUp(),
        open(told).size(),
        reused(),
        refused(),
        wrongAmounts(),
        wronglyTold(),
        wronglyAnswered(),
        traffic.seconds(),
        traffic.micros().getValueAtPercentile(50),
        traffic.micros().getValueAtPercentile(99),
        traffic.micros().getMaxValue(),
        faults,
        traffic.perSecond().get(0),
        traffic.perSecond().get(1),
        traffic.perSecond().get(2));
  }
}
