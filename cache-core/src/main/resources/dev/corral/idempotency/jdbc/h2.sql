-- The outcomes of writes that happen once. Times are milliseconds since 1970 of the database's clock.
CREATE TABLE IF NOT EXISTS corral_idempotency (
  key_hash        BINARY(32)    NOT NULL PRIMARY KEY,  -- SHA-256 of the key
  tenant          VARCHAR(255)  NOT NULL,              -- the key itself, for people
  operation       VARCHAR(255)  NOT NULL,
  key_parts       VARCHAR(8192) NOT NULL,
  fingerprint     BINARY(32)    NOT NULL,
  token           BINARY(16)    NOT NULL,
  attempt         INTEGER       NOT NULL,
  reserved_until  BIGINT        NOT NULL,
  expires_at      BIGINT        NOT NULL,
  outcome         BLOB                                 -- null while it is in progress
);
CREATE INDEX IF NOT EXISTS corral_idempotency_expires_at ON corral_idempotency (expires_at);
