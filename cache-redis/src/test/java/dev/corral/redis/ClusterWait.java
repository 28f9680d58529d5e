package dev.corral.redis;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Waits beside a client of a cluster whose nodes fail. A thread of Jedis' own then dies of a
 * connection that it no longer has ({@code MultiNodePipelineBase}); the pipeline tells us of that
 * node by replies that are missing, and the thread is nobody's concern.
 */
final class ClusterWait {

  private ClusterWait() {}

  static ConditionFactory await() {
    return Awaitility.await().dontCatchUncaughtExceptions();
  }
}
