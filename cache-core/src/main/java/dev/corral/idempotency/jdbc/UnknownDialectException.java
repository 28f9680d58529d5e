package dev.corral.idempotency.jdbc;

/** There is no dialect for a database, and none was given. */
final class UnknownDialectException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnknownDialectException(String database) {
    super("dialect must be given for the database " + database);
  }
}
