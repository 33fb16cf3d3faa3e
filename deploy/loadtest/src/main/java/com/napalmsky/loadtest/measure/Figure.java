package com.napalmsky.loadtest.measure;

/**
 * One number of a result.
 *
 * @param unit as it is printed behind the number; empty for a count
 */
public record Figure(double value, String unit) {

  /** With as many digits as one reads. */
  @Override
  public String toString() {
    double size = Math.abs(value);
    String number =
        value == Math.rint(value) && size < 1e15
            ? String.format("%,d", (long) value)
            : String.format(size >= 100 ? "%,.0f" : size >= 1 ? "%.2f" : "%.4f", value);
    return unit.isEmpty() ? number : number + " " + unit;
  }
}
