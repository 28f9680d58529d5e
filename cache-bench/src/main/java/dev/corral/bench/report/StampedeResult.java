package dev.corral.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.bench.contender.Limits;
import dev.corral.bench.count.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run found; the content of {@code result.json}. Fields up to {@code contenders} keep their
 * names and meaning; docs/benchmarks/how-counted.md says how each is counted.
 *
 * @param seconds the length of the window that was measured
 * @param queryMicros the median time of the query under test while nothing else asked the database
 * @param rate gets due a second, over all nodes
 * @param phases what happened in the window
 * @param story which the contenders tell; absent if they are compared and tell none
 * @param expectations what the scenario was run to find out
 */
public record StampedeResult(
    String scenario,
    int nodes,
    int threads,
    long seconds,
    List<ContenderResult> contenders,
    long ttlMillis,
    double rate,
    long queryMicros,
    int keys,
    List<Phase> phases,
    Limits limits,
    List<Expectation> expectations,
    String machine,
    String startedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Story story) {

  /** The same as a story. */
  StampedeResult telling(Story other) {
    return new StampedeResult(
        scenario,
        nodes,
        threads,
        seconds,
        contenders,
        ttlMillis,
        rate,
        queryMicros,
        keys,
        phases,
        limits,
        expectations,
        machine,
        startedAt,
        other);
  }
}
