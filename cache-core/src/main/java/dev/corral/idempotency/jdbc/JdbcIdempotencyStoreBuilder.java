package dev.corral.idempotency.jdbc;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Builds a {@link JdbcIdempotencyStore}. Not thread-safe. */
public final class JdbcIdempotencyStoreBuilder {

  private static final Pattern TABLE =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}(\\.[A-Za-z_][A-Za-z0-9_]{0,62})?");

  final DataSource dataSource;
  String table = JdbcIdempotencyStore.TABLE;
  @Nullable SqlDialect dialect;
  int timeoutSeconds = 5;

  JdbcIdempotencyStoreBuilder(DataSource dataSource) {
    this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
  }

  /**
   * Sets the table, with its schema or without. Default: {@code corral_idempotency}.
   *
   * @throws IllegalArgumentException unless it is a plain name, or two with a dot between them, of
   *     letters, digits and {@code _}
   */
  public JdbcIdempotencyStoreBuilder table(String name) {
    if (!TABLE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "table must be a name of letters, digits and '_', maybe after a schema: " + name);
    }
    table = name;
    return this;
  }

  /**
   * Sets the dialect. If left out, the first connection tells; if there is none for its database,
   * steps throw an {@link IllegalArgumentException}.
   */
  public JdbcIdempotencyStoreBuilder dialect(SqlDialect dialect) {
    this.dialect = Objects.requireNonNull(dialect, "dialect");
    return this;
  }

  /**
   * Sets how long a statement may take, as one that waits for somebody's transaction. Default: 5 s.
   *
   * @throws IllegalArgumentException unless it is whole seconds, from 1 s to 1 h
   */
  public JdbcIdempotencyStoreBuilder statementTimeout(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0
        || duration.compareTo(Duration.ofHours(1)) > 0
        || !duration.equals(Duration.ofSeconds(duration.toSeconds()))) {
      throw new IllegalArgumentException(
          "statementTimeout must be whole seconds from 1 s to 1 h: " + duration);
    }
    timeoutSeconds = Math.toIntExact(duration.toSeconds());
    return this;
  }

  /** Builds the store. Does not ask the database for anything yet. */
  public JdbcIdempotencyStore build() {
    return new JdbcIdempotencyStore(this);
  }
}
