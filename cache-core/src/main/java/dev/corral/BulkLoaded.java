package dev.corral;

import java.util.Map;

/**
 * What one call of a bulk loader came by.
 *
 * @param loaded the keys that were loaded, absent values included
 * @param failed the others
 */
record BulkLoaded<K, V>(Map<K, Loaded<V>> loaded, Map<K, LoadFailedException> failed) {}
