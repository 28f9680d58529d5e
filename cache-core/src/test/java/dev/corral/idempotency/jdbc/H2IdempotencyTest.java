package dev.corral.idempotency.jdbc;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The table in H2, in memory. */
class H2IdempotencyTest extends JdbcIdempotencyContract {

  private static final DataSource DATA_SOURCE =
      new DriverDataSource("jdbc:h2:mem:idempotency;DB_CLOSE_DELAY=-1", "", "");

  @Override
  protected DataSource dataSource() {
    return DATA_SOURCE;
  }

  @Override
  protected SqlDialect dialect() {
    return SqlDialect.H2;
  }

  /** The clock of a database in memory is that of this machine. */
  @Override
  protected void passTime(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - until < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  @Test
  void aTableWhoseNameIsSqlIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcIdempotencyStore.builder(DATA_SOURCE).table("a; DROP TABLE b"))
        .withMessageContaining("table must be a name of letters");
  }
}
