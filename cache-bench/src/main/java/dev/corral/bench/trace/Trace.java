package dev.corral.bench.trace;

import java.util.List;

/**
 * A recorded sequence of keys.
 *
 * @param keys one per access, in order of time
 * @param integers whether they were 32-bit integers; then each is unsigned decimal
 */
public record Trace(List<String> keys, boolean integers) {}
