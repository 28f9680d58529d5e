package dev.corral.idempotency.http;

import java.util.Objects;

/**
 * Within what a client's key means one thing: keys of different scopes never meet.
 *
 * @param tenant whose requests these are: what the server knows of the client, such as the account
 *     that it has authenticated, never what the client says
 * @param operation what is asked for, such as {@code "charge"}
 */
public record KeyScope(String tenant, String operation) {

  /** Refuses null. What the texts may be is checked with the key. */
  public KeyScope {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(operation, "operation");
  }
}
