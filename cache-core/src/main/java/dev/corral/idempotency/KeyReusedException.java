package dev.corral.idempotency;

/** The key belongs to another request: one with another fingerprint. A mistake of the client. */
public final class KeyReusedException extends IdempotencyException {

  private static final long serialVersionUID = 1L;

  KeyReusedException(IdempotencyKey key) {
    super(key, "%s was used for another request".formatted(key));
  }
}
