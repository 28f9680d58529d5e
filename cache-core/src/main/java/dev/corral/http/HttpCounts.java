package dev.corral.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a client does. */
final class HttpCounts {

  final AtomicInteger running = new AtomicInteger();
  final LongAdder requests = new LongAdder();
  final LongAdder attempts = new LongAdder();
  final LongAdder retries = new LongAdder();
  final LongAdder inProgress = new LongAdder();
  final LongAdder retriesRefused = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder gaveUp = new LongAdder();

  HttpClientStats snapshot() {
    return new HttpClientStats(
        running.get(),
        requests.sum(),
        attempts.sum(),
        retries.sum(),
        inProgress.sum(),
        retriesRefused.sum(),
        rejected.sum(),
        gaveUp.sum());
  }
}
