package dev.corral.bench.compare;

import java.util.List;
import java.util.Optional;

/** What JMH measured of one benchmark with one set of parameters. */
public record JmhResult(BenchmarkId id, Conditions conditions, List<Quantity> quantities) {

  Optional<Quantity> quantity(Measure measure) {
    return quantities.stream().filter(quantity -> quantity.measure() == measure).findFirst();
  }
}
