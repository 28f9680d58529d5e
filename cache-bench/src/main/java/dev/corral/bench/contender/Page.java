package dev.corral.bench.contender;

import java.io.Serializable;

/**
 * What is cached: the database's answer to the query under test for one key.
 *
 * @param content the rows as the database spells them in JSON
 * @param loadedAt when the load that read them ended, in nanoseconds of the clock that all nodes
 *     share; so every reader in every process can tell how old the page is
 */
public record Page(String content, long loadedAt) implements Serializable {}
