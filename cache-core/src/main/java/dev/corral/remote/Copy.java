package dev.corral.remote;

/**
 * A node's own copy of a value of the store.
 *
 * @param stamp the stamp that the value had
 */
public record Copy(String key, long stamp) {}
