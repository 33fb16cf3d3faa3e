package com.napalmsky.gateway.fuzz;

import java.util.UUID;

/** Values that are valid JSON and otherwise what nobody expects. */
final class WildJson {

  private static final String[] NUMBERS = {
    "0",
    "-0",
    "-1",
    "1.5",
    "60.0",
    "2147483647",
    "2147483648",
    "-9223372036854775809",
    "1e308",
    "1e309",
    "-1e400",
    "4.9e-325",
    "1E+2",
    "123456789012345678901234567890",
    "0.1e-300"
  };
  private static final String[] LITERALS = {"null", "true", "false", "[]", "{}", "\"\"", "[null]"};
  private static final String[] ESCAPES = {
    "\\u0000",
    "\\ud800",
    "\\udc00\\ud800",
    "\\n",
    "\\\"",
    "\\\\",
    "\\/",
    "\\ud83d\\ude00",
    "\\u2028"
  };
  private static final String[] CHARACTERS = {
    "a", "Z", "7", " ", "ö", "€", "😀", "\u202e", "\uFFFD", "\u007f", "<b>", "';--", "{", "]", ","
  };

  private WildJson() {}

  /**
   * @param depth how deep it may nest
   */
  static String value(Dice dice, int depth) {
    switch (dice.below(depth > 0 ? 8 : 5)) {
      case 0:
        return dice.one(NUMBERS);
      case 1:
        return dice.one(LITERALS);
      case 2:
        return Long.toString(dice.number());
      case 3:
        return text(dice, dice.percent(5) ? 3_000 : 40);
      case 4:
        return '"' + uuid(dice) + '"';
      case 5:
        return array(dice, depth);
      case 6:
        return object(dice, depth);
      default:
        return deep(dice, depth);
    }
  }

  /** An object with names that mean nothing, some of them twice. */
  static String object(Dice dice, int depth) {
    StringBuilder object = new StringBuilder("{");
    int fields = dice.below(5);
    for (int i = 0; i < fields; i++) {
      if (i > 0) {
        object.append(',');
      }
      object
          .append(
              dice.percent(20)
                  ? dice.one("\"__proto__\"", "\"constructor\"", "\"\"", "\"num\"", "\"toString\"")
                  : text(dice, 12))
          .append(dice.one(":", " :\t"))
          .append(value(dice, depth - 1));
    }
    return object.append('}').toString();
  }

  /** A text of at most so many characters. */
  static String text(Dice dice, int longest) {
    StringBuilder text = new StringBuilder("\"");
    int length = dice.below(longest + 1);
    while (text.length() < length) {
      text.append(dice.percent(10) ? dice.one(ESCAPES) : dice.one(CHARACTERS));
    }
    return text.append('"').toString();
  }

  static String uuid(Dice dice) {
    // Few of them, so that some are met again.
    return new UUID(7, dice.below(200)).toString();
  }

  private static String array(Dice dice, int depth) {
    StringBuilder array = new StringBuilder("[");
    int items = dice.below(5);
    for (int i = 0; i < items; i++) {
      array.append(i == 0 ? "" : ",").append(value(dice, depth - 1));
    }
    return array.append(']').toString();
  }

  private static String deep(Dice dice, int depth) {
    return dice.percent(50)
        ? "[".repeat(depth) + "]".repeat(depth)
        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }
}
