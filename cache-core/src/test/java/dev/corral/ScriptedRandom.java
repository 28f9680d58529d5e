package dev.corral;

import java.util.function.DoubleSupplier;

/** Draws the number that a test says, and counts how often it was asked. Used by one thread. */
final class ScriptedRandom implements DoubleSupplier {

  /** The greatest number that a random source may draw. */
  static final double ALMOST_ONE = Math.nextDown(1.0);

  private double next;
  private int draws;

  @Override
  public double getAsDouble() {
    draws++;
    return next;
  }

  /** Lets all draws from now on have this outcome. */
  void draw(double number) {
    next = number;
  }

  int draws() {
    return draws;
  }
}
