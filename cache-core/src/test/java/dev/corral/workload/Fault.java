package dev.corral.workload;

import dev.corral.history.Kind;
import org.jspecify.annotations.Nullable;

/** What goes wrong on one node, or with the store or the origin, for a while. */
enum Fault {
  MESSAGES_LOST(Kind.LOSSY) {
    @Override
    void begin(Cluster cluster, Line line) {
      line.lose(0.5);
    }

    @Override
    void end(Cluster cluster, Line line) {
      line.lose(0);
    }
  },
  MESSAGES_REPEATED(null) {
    @Override
    void begin(Cluster cluster, Line line) {
      line.repeat(0.5);
    }

    @Override
    void end(Cluster cluster, Line line) {
      line.repeat(0);
    }
  },
  MESSAGES_DELAYED(Kind.LOSSY) {
    @Override
    void begin(Cluster cluster, Line line) {
      line.delay(0.5);
    }

    @Override
    void end(Cluster cluster, Line line) {
      line.delay(0);
    }
  },
  SUBSCRIPTION_CUT(Kind.DEAF) {
    @Override
    void begin(Cluster cluster, Line line) {
      line.cut();
    }

    @Override
    void end(Cluster cluster, Line line) {
      line.restore();
    }
  },
  STEPS_FAIL(Kind.UNREACHABLE) {
    @Override
    void begin(Cluster cluster, Line line) {
      line.failBefore(0.4);
    }

    @Override
    void end(Cluster cluster, Line line) {
      line.failBefore(0);
    }
  },
  ANSWERS_LOST(Kind.UNREACHABLE) {
    @Override
    void begin(Cluster cluster, Line line) {
      line.failAfter(0.4);
    }

    @Override
    void end(Cluster cluster, Line line) {
      line.failAfter(0);
    }
  },
  LOADS_FAIL(null) {
    @Override
    void begin(Cluster cluster, Line line) {
      cluster.manner.fail(0.5);
    }

    @Override
    void end(Cluster cluster, Line line) {
      cluster.manner.fail(0);
    }
  },
  STORE_FLUSHED(Kind.REDIS_LOST) {
    @Override
    void begin(Cluster cluster, Line line) {
      cluster.server.flush();
    }

    @Override
    void end(Cluster cluster, Line line) {}
  };

  /** What is told to the history; null if that excuses nothing. */
  final @Nullable Kind state;

  Fault(@Nullable Kind state) {
    this.state = state;
  }

  abstract void begin(Cluster cluster, Line line);

  abstract void end(Cluster cluster, Line line);

  /** Whether a node makes up for what happened only when it has asked the store how far it is. */
  boolean endsWithSync() {
    return state == Kind.DEAF || state == Kind.UNREACHABLE;
  }
}
