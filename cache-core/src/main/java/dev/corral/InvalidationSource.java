package dev.corral;

/**
 * A feed of changes that are made outside of the cache: change data capture, a queue, the
 * notifications of a database. Given to {@link CacheBuilder#invalidatedBy}; each cache that is
 * built from it subscribes once.
 *
 * <p>A source reports a change <em>after</em> it was committed, and after the loaders can read it:
 * where they read a replica, that is when the replica has it.
 *
 * <p>A source that may have missed something, because its feed was interrupted or because it does
 * not know what came before its beginning, calls {@link InvalidationSink#invalidateAll()}
 * <em>after</em> it receives again: the other way round, what is changed in between is missed. One
 * whose feed goes on where it was left has missed nothing, and need not.
 *
 * <p>In a cluster each event needs to be fed to one node: the remote tier tells the others. Feeding
 * it to every node is correct too, and costs each of them a round trip, and the cluster one more
 * load for each time that somebody loaded the key between two of them. Without a remote tier every
 * node needs the feed.
 */
@FunctionalInterface
public interface InvalidationSource<K> {

  /**
   * Begins to report changes. Called once by each cache, at the end of its building, on the thread
   * that builds it; does not wait for changes.
   *
   * @param sink may be used at once, from any thread
   * @return ends the reports when it is closed: called once, when the cache is closed and while the
   *     sink still takes reports. It ends the source's threads and connections, and waits for a
   *     report that is under way, but no longer. What it throws, the cache's close throws after it
   *     has closed everything else
   * @throws Exception if the source cannot be had: the cache is not built then. A source that goes
   *     on trying by itself returns instead
   */
  AutoCloseable subscribe(InvalidationSink<K> sink) throws Exception;
}
