package dev.corral.servers;

/** A server that somebody else started, named by {@code CORRAL_JDBC_URL}. */
record RunningPostgres(String jdbcUrl) implements PostgresServer {

  @Override
  public String user() {
    return "";
  }

  @Override
  public String password() {
    return "";
  }

  @Override
  public void close() {
    // Whoever started it ends it.
  }
}
