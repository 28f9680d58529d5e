package dev.corral.bench.report;

import java.util.function.DoubleUnaryOperator;

/** Says which part of the way from its least to its greatest value a value has come. */
record Scale(double least, double greatest, DoubleUnaryOperator shape) {

  /** From zero on, every unit as long as the others. */
  static Scale even(double greatest) {
    return new Scale(0, greatest, value -> value);
  }

  /** From zero on, in powers of ten that bend towards zero. */
  static Scale bent(double greatest) {
    return new Scale(0, greatest, Math::log1p);
  }

  /** In powers of ten. */
  static Scale powers(double least, double greatest) {
    return new Scale(least, greatest, Math::log);
  }

  boolean covers(double value) {
    return value >= least && value <= greatest;
  }

  double part(double value) {
    double from = shape.applyAsDouble(least);
    return (shape.applyAsDouble(value) - from) / (shape.applyAsDouble(greatest) - from);
  }
}
