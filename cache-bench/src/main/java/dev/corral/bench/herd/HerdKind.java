package dev.corral.bench.herd;

import dev.corral.bench.contender.Contender;
import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.contender.Setup;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whom a herd asks, by name: a contender, or the bare latch that is the floor of all. */
public record HerdKind(String name, String description) {
  public static final HerdKind LATCH =
      new HerdKind("latch", "no cache: one thread of each process sleeps and opens a bare latch");
  public static final HerdKind CORRAL = of(ContenderKind.CORRAL);

  static HerdKind of(ContenderKind kind) {
    return new HerdKind(kind.shownName(), kind.description());
  }

  public static Optional<HerdKind> named(String name) {
    return all().stream().filter(kind -> kind.name.equals(name)).findFirst();
  }

  public static List<HerdKind> all() {
    return Stream.concat(Stream.of(LATCH), Stream.of(ContenderKind.values()).map(HerdKind::of))
        .toList();
  }

  Contender open(Setup setup) {
    return ContenderKind.named(name)
        .map(kind -> kind.open(setup))
        .orElseGet(() -> new Latch(setup.origin()));
  }
}
