package dev.corral;

/**
 * A value of the remote tier, read.
 *
 * @param life the whole life that it was stored with
 */
record Stored<V>(Entry<V> entry, Life life) {}
