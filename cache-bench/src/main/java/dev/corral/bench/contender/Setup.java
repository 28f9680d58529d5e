package dev.corral.bench.contender;

import java.net.URI;

/**
 * What a contender gets to work with.
 *
 * @param origin loads a page
 * @param lifetimes how long each page may be served
 * @param pages how many pages the local tier must have room for
 * @param redis the server that all nodes share
 * @param redisConnections how many connections to it a node may use
 * @param namespace sets this run's keys apart in that server
 */
public record Setup(
    PageLoader origin,
    Lifetimes lifetimes,
    int pages,
    URI redis,
    int redisConnections,
    String namespace,
    Limits limits) {

  /** Returns the same with another origin, and keys that are set apart from these. */
  public Setup elsewhere(PageLoader otherOrigin, String suffix) {
    return new Setup(
        otherOrigin, lifetimes, pages, redis, redisConnections, namespace + suffix, limits);
  }
}
