package dev.corral.bench.contender;

import dev.corral.origin.CircuitBreaking;
import dev.corral.origin.Origin;
import dev.corral.origin.OriginBuilder;
import dev.corral.origin.Retries;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;

/** The ways in which Corral is told to treat the database. */
enum Protection {
  /** No limits, and nothing is tried again. */
  NONE {
    @Override
    Origin origin(Limits limits) {
      return named(limits).build();
    }
  },
  /** Retries, as many as fail. */
  RETRIES {
    @Override
    Origin origin(Limits limits) {
      return named(limits).retries(OFTEN).withoutRetryBudget().build();
    }
  },
  /** The same retries within a budget. */
  BUDGET {
    @Override
    Origin origin(Limits limits) {
      return named(limits).retries(OFTEN).retryBudget(BUDGET_SHARE, 0).build();
    }
  },
  /** The same retries and budget; as many loads as there are connections; a circuit breaker. */
  ALL {
    @Override
    Origin origin(Limits limits) {
      return named(limits)
          .maxConcurrentLoads(limits.databaseConnections())
          .retries(OFTEN)
          .retryBudget(BUDGET_SHARE, 0)
          .circuitBreaker(CircuitBreaking.defaults().openFor(OPEN_FOR))
          .build();
    }
  },
  /** As many loads as there are connections, and a circuit breaker; nothing is tried again. */
  GUARD {
    @Override
    Origin origin(Limits limits) {
      return named(limits)
          .maxConcurrentLoads(limits.databaseConnections())
          .circuitBreaker(CircuitBreaking.defaults().openFor(OPEN_FOR))
          .build();
    }
  };

  private static final Retries OFTEN =
      Retries.upTo(3)
          .on(SQLTransientException.class) // no connection to be had
          .when(failure -> failure instanceof SQLException e && isOfTheServer(e))
          .backoff(Duration.ofMillis(20), Duration.ofMillis(200));
  private static final double BUDGET_SHARE = 0.1;
  // Short, as the faults here are.
  private static final Duration OPEN_FOR = Duration.ofSeconds(1);

  abstract Origin origin(Limits limits);

  private static OriginBuilder named(Limits limits) {
    return Origin.named("shop-db").loadTimeout(limits.load());
  }

  /** Whether the server, and not the question, is to blame: a broken connection, a shutdown. */
  private static boolean isOfTheServer(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08") || state.startsWith("57");
  }
}
