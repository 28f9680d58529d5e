package dev.corral.bench.shop;

/**
 * A row that can be asked for.
 *
 * @param key the text of its key
 * @param checksum the MD5 of what the query under test answers for it, computed by the database
 */
public record Row(String key, String checksum) {}
