package dev.corral.history;

import java.util.List;

/**
 * A promise that was broken.
 *
 * @param words what happened, for a person to follow
 * @param operations those concerned
 */
public record Violation(Promise promise, String words, List<Operation> operations) {

  @Override
  public String toString() {
    return promise + ": " + words;
  }
}
