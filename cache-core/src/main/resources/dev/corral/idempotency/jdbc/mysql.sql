-- The outcomes of writes that happen once. Times are milliseconds since 1970 of the database's clock.
-- For MySQL 8.0 and MariaDB 10.6, and later.
CREATE TABLE IF NOT EXISTS corral_idempotency (
  key_hash        BINARY(32)    NOT NULL PRIMARY KEY,  -- SHA-256 of the key
  tenant          VARCHAR(255)  NOT NULL,              -- the key itself, for people
  operation       VARCHAR(255)  NOT NULL,
  key_parts       TEXT          NOT NULL,
  fingerprint     BINARY(32)    NOT NULL,
  token           BINARY(16)    NOT NULL,
  attempt         INTEGER       NOT NULL,
  reserved_until  BIGINT        NOT NULL,
  expires_at      BIGINT        NOT NULL,
  outcome         LONGBLOB,                            -- null while it is in progress
  INDEX corral_idempotency_expires_at (expires_at)
) CHARACTER SET utf8mb4;
