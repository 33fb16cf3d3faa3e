package com.napalmsky.loadtest.bench;

import com.napalmsky.loadtest.measure.Figure;
import java.util.function.ToDoubleFunction;

/**
 * One number that the system has to hold.
 *
 * @param what is counted
 * @param piece the run that shows it
 * @param value reads it; NaN when it is not there
 * @param unit of all three numbers
 * @param more whether more is better
 * @param must has to be held
 * @param aim is wished for
 * @param limit what keeps it from being better
 */
record Row(
    String what,
    String piece,
    ToDoubleFunction<Piece> value,
    String unit,
    boolean more,
    double must,
    double aim,
    String limit) {

  static Row atMost(
      String what,
      String piece,
      ToDoubleFunction<Piece> value,
      String unit,
      double must,
      double aim,
      String limit) {
    return new Row(what, piece, value, unit, false, must, aim, limit);
  }

  static Row atLeast(
      String what,
      String piece,
      ToDoubleFunction<Piece> value,
      String unit,
      double must,
      double aim,
      String limit) {
    return new Row(what, piece, value, unit, true, must, aim, limit);
  }

  /** A line of the table for a run. */
  String line(Piece measured) {
    double number = value.applyAsDouble(measured);
    return cells(Double.isNaN(number) ? "not measured" : figure(number), verdict(number));
  }

  /** The line when the run was not made. */
  String line() {
    return cells("not measured", "–");
  }

  /** How a number stands; never better than it is, so what is not there holds nothing. */
  String verdict(double number) {
    if (Double.isNaN(number)) {
      return "–";
    }
    if (holds(number, aim)) {
      return "aim";
    }
    return holds(number, must) ? "must" : "**below must**";
  }

  private boolean holds(double number, double wanted) {
    return more ? number >= wanted : number <= wanted;
  }

  private String cells(String number, String verdict) {
    String sign = more ? "≥ " : "≤ ";
    return "| "
        + String.join(
            " | ", what, sign + figure(must), sign + figure(aim), number, verdict, piece, limit)
        + " |\n";
  }

  private String figure(double number) {
    return new Figure(number, unit).toString();
  }
}
