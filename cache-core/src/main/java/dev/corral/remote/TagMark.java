package dev.corral.remote;

/**
 * A tag of a value, and how far the tag's partition was known to have come before the value was
 * loaded: an invalidation of the tag that counted further makes the value void.
 *
 * @param seq a seq that the partition had reached before the load began
 */
public record TagMark(String tag, long seq) {}
