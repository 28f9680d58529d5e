-- The outcomes of writes that happen once. Times are milliseconds since 1970 of the database's clock.
CREATE TABLE IF NOT EXISTS corral_idempotency (
  key_hash        BYTEA         NOT NULL PRIMARY KEY,  -- SHA-256 of the key
  tenant          VARCHAR(255)  NOT NULL,              -- the key itself, for people
  operation       VARCHAR(255)  NOT NULL,
  key_parts       TEXT          NOT NULL,
  fingerprint     BYTEA         NOT NULL,
  token           BYTEA         NOT NULL,
  attempt         INTEGER       NOT NULL,
  reserved_until  BIGINT        NOT NULL,
  expires_at      BIGINT        NOT NULL,
  outcome         BYTEA                                -- null while it is in progress
);
CREATE INDEX IF NOT EXISTS corral_idempotency_expires_at ON corral_idempotency (expires_at);
