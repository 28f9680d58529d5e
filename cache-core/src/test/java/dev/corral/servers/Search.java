package dev.corral.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A search through several ways to get a server, which remembers why each way failed. */
final class Search<S> {
  private final String wanted;
  private final List<String> tried = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private @Nullable S found;

  Search(String wanted) {
    this.wanted = wanted;
  }

  Search<S> tryIf(boolean possible, String way, Supplier<? extends S> start) {
    if (found != null) {
      return this;
    }
    if (!possible) {
      tried.add(way + ": not possible here");
      return this;
    }
    try {
      found = start.get();
    } catch (RuntimeException | LinkageError e) {
      tried.add(way + ": " + e);
      failures.add(e);
    }
    return this;
  }

  /** The server that was found, or an exception that tells all failures and ends with the hint. */
  S orElseSay(String hint) {
    if (found != null) {
      return found;
    }
    var exception =
        new IllegalStateException(
            "Wanted " + wanted + "; tried " + String.join("; ", tried) + ". " + hint);
    failures.forEach(exception::addSuppressed);
    throw exception;
  }
}
