/**
 * A loading cache in two tiers, in the process and between processes, that lets a popular key cost
 * the database one query per cluster when it expires, is invalidated or fails to load.
 *
 * <p>Begin at {@link dev.corral.TieredCache}. A miss passes through the stages in this order:
 * {@code FlightStage} (one thread per key and process goes on), {@code RemoteStage} (one process
 * per key and cluster goes on), {@code LoadStage} (the user's loader). Freshness is decided in
 * {@code Entry}, and in {@code Refresher} for values that may be served while they are loaded anew.
 */
@NullMarked
package dev.corral;

import org.jspecify.annotations.NullMarked;
