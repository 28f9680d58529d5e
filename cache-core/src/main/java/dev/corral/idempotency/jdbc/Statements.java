package dev.corral.idempotency.jdbc;

/** The statements of a dialect on a table. Where they compare, they fence. */
final class Statements {

  final String insert;
  final String look;
  final String take;
  final String renew;
  final String complete;
  final String release;
  final String free;
  final String purge;

  Statements(SqlDialect dialect, String table) {
    String now = dialect.now;
    insert =
        "INSERT INTO "
            + table
            + " (key_hash, tenant, operation, key_parts, fingerprint, token, attempt,"
            + " reserved_until, expires_at) VALUES (?, ?, ?, ?, ?, ?, 1, "
            + now
            + " + ?, "
            + now
            + " + ?)"
            + dialect.orNothing;
    look =
        "SELECT fingerprint, token, attempt, reserved_until - "
            + now
            + ", expires_at - "
            + now
            + ", outcome FROM "
            + table
            + " WHERE key_hash = ?";
    // Whoever looked saw this token: of several that saw it, one takes its place.
    take =
        "UPDATE "
            + table
            + " SET fingerprint = ?, token = ?, attempt = ?, outcome = NULL, reserved_until = "
            + now
            + " + ?, expires_at = "
            + now
            + " + ? WHERE key_hash = ? AND token = ? AND (expires_at <= "
            + now
            + " OR (outcome IS NULL AND reserved_until <= "
            + now
            + "))";
    String own = " WHERE key_hash = ? AND token = ? AND outcome IS NULL";
    renew =
        "UPDATE "
            + table
            + " SET reserved_until = "
            + now
            + " + ?, expires_at = "
            + now
            + " + ?"
            + own;
    complete = "UPDATE " + table + " SET outcome = ?, expires_at = " + now + " + ?" + own;
    release = "DELETE FROM " + table + own + " AND attempt = 1";
    // That holders died before must not be forgotten: what they did, nobody knows. The token is one
    // that nobody has, so that a step of the old holder that comes late does not take the key
    // again.
    free = "UPDATE " + table + " SET token = ?, reserved_until = " + now + own;
    purge = dialect.purge(table);
  }
}
