package dev.corral;

import dev.corral.remote.LoadOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** The threads of this process that wait for a load of another one, by the text of the key. */
final class Waits {

  private final ConcurrentMap<String, List<CompletableFuture<LoadOutcome>>> waiting =
      new ConcurrentHashMap<>();

  /** Returns a future that the next outcome of a key completes; to be {@linkplain #leave left}. */
  CompletableFuture<LoadOutcome> join(String text) {
    CompletableFuture<LoadOutcome> future = new CompletableFuture<>();
    waiting.merge(text, List.of(future), (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
    return future;
  }

  void leave(String text, CompletableFuture<LoadOutcome> future) {
    waiting.computeIfPresent(
        text,
        (key, futures) -> {
          List<CompletableFuture<LoadOutcome>> others =
              futures.stream().filter(other -> other != future).toList();
          return others.isEmpty() ? null : others;
        });
  }

  void ended(String text, LoadOutcome outcome) {
    List<CompletableFuture<LoadOutcome>> futures = waiting.remove(text);
    if (futures != null) {
      futures.forEach(future -> future.complete(outcome));
    }
  }
}
