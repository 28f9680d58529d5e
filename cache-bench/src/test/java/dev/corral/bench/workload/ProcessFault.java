package dev.corral.bench.workload;

import dev.corral.history.Kind;
import dev.corral.servers.faults.Connections;
import dev.corral.servers.faults.Direction;
import dev.corral.servers.faults.MessageFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What goes wrong on one node's way to Redis, with Redis, or with a node, for a while. */
enum ProcessFault {
  MESSAGES_LOST(Kind.LOSSY) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random) {
      node.proxy().dropMessages(half(random));
    }
  },
  MESSAGES_REPEATED(null) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random) {
      node.proxy().duplicateMessages(half(random));
    }
  },
  MESSAGES_DELAYED(Kind.LOSSY) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random) {
      node.proxy().delayMessages(half(random), DELAY);
    }

    @Override
    void end(ProcessCluster cluster, NodeProcess node) throws IOException {
      super.end(cluster, node);
      ProcessCluster.pause(DELAY.multipliedBy(2));
    }
  },
  SUBSCRIBER_CUT(Kind.LOSSY) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random) {
      node.proxy().cut(Connections.SUBSCRIBERS);
    }

    @Override
    void end(ProcessCluster cluster, NodeProcess node) {
      cluster.awaitSubscribed(node);
    }
  },
  SUBSCRIBER_SILENT(Kind.LOSSY) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random) {
      node.proxy().swallow(Connections.SUBSCRIBERS, Direction.TO_CLIENT);
    }

    @Override
    void end(ProcessCluster cluster, NodeProcess node) {
      node.proxy().heal();
      node.proxy().cut(Connections.SUBSCRIBERS);
      cluster.awaitSubscribed(node);
    }
  },
  REPLY_CUT(Kind.UNREACHABLE) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random) {
      node.proxy().cutAfter(Connections.OTHERS, random.nextLong(200));
    }

    @Override
    void end(ProcessCluster cluster, NodeProcess node) throws IOException {
      node.proxy().heal();
      node.obey("sync");
    }
  },
  HALF_OPEN(Kind.UNREACHABLE) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random) {
      Direction[] directions = Direction.values();
      node.proxy().swallow(Connections.OTHERS, directions[random.nextInt(directions.length)]);
    }

    @Override
    void end(ProcessCluster cluster, NodeProcess node) throws IOException {
      node.proxy().heal();
      // Those that have lost bytes stay silent for ever.
      node.proxy().cut(Connections.OTHERS);
      node.obey("sync");
    }
  },
  LOADS_FAIL(null) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random)
        throws IOException {
      node.obey("failing 0.5");
    }

    @Override
    void end(ProcessCluster cluster, NodeProcess node) throws IOException {
      node.obey("failing 0");
    }
  },
  NODE_STOPPED(Kind.PAUSED) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random)
        throws IOException {
      node.signal("STOP");
      ProcessCluster.pause(Times.LEASE_TIME.multipliedBy(3).dividedBy(2));
    }

    @Override
    void end(ProcessCluster cluster, NodeProcess node) throws IOException {
      node.signal("CONT");
    }
  },
  REDIS_STOPPED(Kind.UNREACHABLE) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random) {
      cluster.server.pause();
      ProcessCluster.pause(Duration.ofSeconds(1));
    }

    @Override
    void end(ProcessCluster cluster, NodeProcess node) throws IOException {
      cluster.server.resume();
      cluster.sync();
    }
  },
  REDIS_KILLED(Kind.UNREACHABLE) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random) {
      cluster.server.kill();
    }

    @Override
    void end(ProcessCluster cluster, NodeProcess node) throws IOException {
      cluster.server.restart();
      cluster.nodes.forEach(cluster::awaitSubscribed);
      cluster.sync();
    }
  };

  private static final Duration DELAY = Duration.ofMillis(150);

  /** What is told to the history; null if that excuses nothing. */
  final @Nullable Kind state;

  ProcessFault(@Nullable Kind state) {
    this.state = state;
  }

  abstract void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random)
      throws IOException;

  /** Ends the fault, and waits until the node has made up for what it excuses. */
  void end(ProcessCluster cluster, NodeProcess node) throws IOException {
    node.proxy().passMessages();
  }

  /** Whether it happens to all nodes. */
  boolean isEverywhere() {
    return this == REDIS_STOPPED || this == REDIS_KILLED;
  }

  /** Selects half of the messages, for better or worse. */
  private static MessageFilter half(SplittableRandom random) {
    SplittableRandom own = random.split();
    return (channel, payload) -> own.nextBoolean();
  }
}
