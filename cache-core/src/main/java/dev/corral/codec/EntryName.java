package dev.corral.codec;

import java.util.Objects;

/**
 * Which entry of the remote tier some bytes belong to. Two entries never have the same name, and an
 * entry has the same name on all nodes.
 *
 * @param namespace what sets the applications apart that share a store; empty if the store has none
 * @param region the cache's name, and its schema if it has one
 * @param key the text of the key, as the cache's {@link KeyCodec} writes it
 */
public record EntryName(String namespace, String region, String key) {

  /** Refuses null. */
  public EntryName {
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(key, "key");
  }
}
