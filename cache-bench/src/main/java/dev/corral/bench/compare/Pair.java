package dev.corral.bench.compare;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One measure of one benchmark before and now.
 *
 * @param control what did not change beside it; absent if it is one itself, or has none
 */
public record Pair(BenchmarkId id, Quantity before, Quantity now, Optional<Control> control) {

  /**
   * A benchmark of what is not ours, in the same class and setting: if it changed, the machine did.
   *
   * @param ratio of now and before, in units of the control's
   */
  public record Control(String method, Ratio ratio) {}

  boolean isOurs() {
    return id.contender().isOurs();
  }

  Change change() {
    return Change.of(now, before);
  }

  /** How much it is now in units of before; absent for bytes, which are none as a rule. */
  Optional<Ratio> ratio() {
    return Optional.of(now)
        .filter(quantity -> quantity.measure() != Measure.ALLOCATED)
        .map(quantity -> Ratio.of(quantity.forks(), before.forks()));
  }

  /** Why nothing can be told. */
  Optional<String> doubt() {
    return before.doubt().or(now::doubt);
  }

  Pair besideControlAmong(List<Pair> all) {
    if (!isOurs() || now.measure() == Measure.ALLOCATED) {
      return this;
    }
    List<Pair> beside = all.stream().filter(this::standsBeside).toList();
    return id.contender()
        .baseline(beside.stream().map(pair -> pair.id().contender()).toList())
        .flatMap(name -> with(name, beside.stream()))
        .map(found -> new Pair(id, before, now, Optional.of(found)))
        .orElse(this);
  }

  private boolean standsBeside(Pair other) {
    return id.setting().equals(other.id().setting()) && now.measure() == other.now().measure();
  }

  private Optional<Control> with(Contender name, Stream<Pair> beside) {
    return beside
        .filter(pair -> pair.id().contender().equals(name))
        .findFirst()
        .map(
            other ->
                new Control(
                    name.method(),
                    Ratio.ofRatios(
                        now.forks(), before.forks(), other.now.forks(), other.before.forks())));
  }
}
