package dev.corral;

import dev.corral.remote.KeyState;
import java.time.Duration;
import java.util.Locale;

/** Tells an {@link Explanation} in a few lines. */
final class ExplanationText {

  private final StringBuilder text = new StringBuilder();

  private ExplanationText() {}

  static String of(Explanation told) {
    ExplanationText out = new ExplanationText();
    out.text.append("Key ").append(told.key()).append(" of cache ").append(told.cache());
    out.line("here", told.local().map(ExplanationText::copy).orElse("nothing"));
    if (told.loading()) {
      out.line("here", "a thread loads it");
    }
    told.leftAloneFor()
        .ifPresent(left -> out.line("here", "a load failed; none is tried for " + millis(left)));
    told.remote().ifPresent(out::remote);
    return out.text.toString();
  }

  private void remote(Explanation.Remote remote) {
    remote.failure().ifPresent(why -> line("remote", "no answer: " + why));
    remote.state().ifPresent(state -> state(remote, state));
    line("partition", remote.partition() + remote.state().map(s -> ", seq " + s.seq()).orElse(""));
    if (remote.pending()) {
      line("pending", "the remote tier is still to be told of an invalidation");
    }
  }

  private void state(Explanation.Remote remote, KeyState state) {
    line(
        "remote",
        state
            .value()
            .map(
                stored ->
                    remote.value().map(ExplanationText::copy).orElse("a value that nobody can read")
                        + ", %d bytes, fill %s".formatted(stored.bytes().length, stored.fillId()))
            .orElse("no value"));
    state
        .holder()
        .ifPresent(
            holder ->
                line(
                    holder.refresh() ? "refresh" : "lease",
                    "held with token %s for another %s; %d nodes are waiting"
                        .formatted(holder.token(), millis(holder.left()), holder.waiting())));
    state
        .failure()
        .ifPresent(
            failure ->
                line(
                    "back-off",
                    "%s; nobody tries for %s"
                        .formatted(
                            FailureFormat.decode(failure.failure().bytes()).message(),
                            millis(failure.left()))));
  }

  private static String copy(Explanation.Copy copy) {
    StringBuilder text = new StringBuilder();
    text.append(copy.state().name().toLowerCase(Locale.ROOT));
    if (copy.absent()) {
      text.append(", absent in the origin");
    }
    text.append(copy.freshFor().isNegative() ? ", stale for " : ", fresh for ")
        .append(millis(copy.freshFor().abs()))
        .append(served(copy))
        .append(millis(copy.servedFor().abs()))
        .append(", stamp ")
        .append(copy.stamp());
    if (!copy.tags().isEmpty()) {
      text.append(", tags ").append(copy.tags());
    }
    if (copy.voided()) {
      text.append(", void: one of its tags was invalidated");
    } else if (!copy.trusted()) {
      text.append(", to be checked before it is served");
    }
    copy.refreshPausedFor()
        .ifPresent(left -> text.append(", no refresh is tried for ").append(millis(left)));
    return text.toString();
  }

  private static String served(Explanation.Copy copy) {
    if (copy.servedFor().isNegative()) {
      return ", gone for ";
    }
    return copy.freshFor().isNegative() ? ", may be served for another " : ", may be served for ";
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }

  private void line(String where, String what) {
    text.append("\n  ").append(where).append(": ").append(what);
  }
}
