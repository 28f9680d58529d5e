/**
 * The seam between a cache and the store that its nodes share: the steps of the protocol on bytes.
 *
 * <p>A user of Corral builds a store and hands it to a cache; only the author of another store
 * implements these types. The contract of each step is in {@link dev.corral.remote.RemoteRegion}.
 */
@NullMarked
package dev.corral.remote;

import org.jspecify.annotations.NullMarked;
