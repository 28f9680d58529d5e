package dev.corral.bench;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.contender.Limits;
import dev.corral.bench.report.Story;
import dev.corral.bench.shop.QueryUnderTest;
import dev.corral.bench.shop.Row;
import dev.corral.bench.verdict.Judge;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A scenario before there are servers.
 *
 * @param opening opens the query under test, unless the options name one
 * @param rows how many rows the scenario can use
 * @param scenario makes the scenario of the rows that there are
 * @param judge says whether the results are as expected
 * @param story that the contenders tell, one step after the other
 */
record Plan(
    Opening opening,
    int rows,
    Limits limits,
    Planning scenario,
    List<ContenderKind> contenders,
    Judge judge,
    Optional<Story> story) {

  /** A scenario that tells no story. */
  Plan(
      Opening opening,
      int rows,
      Limits limits,
      Planning scenario,
      List<ContenderKind> contenders,
      Judge judge) {
    this(opening, rows, limits, scenario, contenders, judge, Optional.empty());
  }

  /** Opens the query under test. */
  @FunctionalInterface
  interface Opening {
    QueryUnderTest on(Connection connection) throws SQLException;
  }

  /** Makes a scenario of the rows that there are. */
  @FunctionalInterface
  interface Planning {
    Scenario with(List<Row> rows);
  }
}
