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
      long before = node.proxy().messages().dropped();
      node.proxy().dropMessages(MessageFilter.all());
      ProcessCluster.await(() -> node.proxy().messages().dropped() > before);
      outlastBound();
    }
  },
  MESSAGES_REPEATED(null) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random) {
      long before = node.proxy().messages().duplicated();
      node.proxy().duplicateMessages(half(random));
      ProcessCluster.await(() -> node.proxy().messages().duplicated() > before);
    }
  },
  MESSAGES_DELAYED(Kind.LOSSY) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random) {
      long before = node.proxy().messages().delayed();
      node.proxy().delayMessages(half(random), DELAY);
      ProcessCluster.await(() -> node.proxy().messages().delayed() > before);
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
      node.resubscribe();
    }
  },
  SUBSCRIBER_SILENT(Kind.LOSSY) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random) {
      node.proxy().swallow(Connections.SUBSCRIBERS, Direction.TO_CLIENT);
      outlastBound();
    }

    @Override
    void end(ProcessCluster cluster, NodeProcess node) {
      node.proxy().heal();
      node.resubscribe();
    }
  },
  REPLY_CUT(Kind.UNREACHABLE) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random) {
      node.proxy().cutAfter(Connections.OTHERS, random.nextLong(200));
      ProcessCluster.await(() -> !node.proxy().isCutPending());
    }

    @Override
    void end(ProcessCluster cluster, NodeProcess node) throws IOException {
      node.proxy().heal();
      node.obey("sync");
    }
  },
  HALF_OPEN(Kind.UNREACHABLE) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random)
        throws IOException {
      Direction[] directions = Direction.values();
      node.proxy().swallow(Connections.OTHERS, directions[random.nextInt(directions.length)]);
      node.obey("down");
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
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random)
        throws IOException {
      cluster.server.pause();
      cluster.obey("down");
      ProcessCluster.pause(Duration.ofMillis(700));
    }

    @Override
    void end(ProcessCluster cluster, NodeProcess node) throws IOException {
      cluster.server.resume();
      cluster.sync();
    }
  },
  REDIS_KILLED(Kind.UNREACHABLE) {
    @Override
    void begin(ProcessCluster cluster, NodeProcess node, SplittableRandom random)
        throws IOException {
      cluster.server.kill();
      cluster.obey("down");
    }

    @Override
    void end(ProcessCluster cluster, NodeProcess node) throws IOException {
      cluster.server.restart();
      cluster.nodes.forEach(NodeProcess::awaitSubscribed);
      cluster.sync();
    }
  };

  private static final Duration DELAY = Duration.ofMillis(150);

  /** What is told to the history; null if that excuses nothing. */
  final @Nullable Kind state;

  ProcessFault(@Nullable Kind state) {
    this.state = state;
  }

  /** Begins the fault, and waits until somebody has felt it. */
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

  /** Goes on until what is lost at first has to be known by other ways, and is asked for. */
  private static void outlastBound() {
    ProcessCluster.pause(Times.ALLOWANCES.bound().plusSeconds(1));
  }

  /** Selects half of the messages, for better or worse. */
  private static MessageFilter half(SplittableRandom random) {
    SplittableRandom own = random.split();
    return (channel, payload) -> own.nextBoolean();
  }
}
