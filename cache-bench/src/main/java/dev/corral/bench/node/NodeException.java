package dev.corral.bench.node;

/** A node process died, or said what it should not; the message holds the end of its log. */
public final class NodeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NodeException(String message) {
    super(message);
  }
}
