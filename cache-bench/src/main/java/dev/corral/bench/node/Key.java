package dev.corral.bench.node;

/**
 * A key that is asked for.
 *
 * @param name the key as caches know it
 * @param row the key column's text of the row that it stands for
 * @param checksum the MD5 of the row's content, computed by the database
 * @param ttlMillis for how long its value may be served after it was loaded
 * @param type the type of object that it names; 0 where keys have no types
 */
public record Key(String name, String row, String checksum, long ttlMillis, int type) {}
