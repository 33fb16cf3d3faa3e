package com.napalmsky.gateway.http.code;

import com.napalmsky.gateway.http.Fields;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An access code as people type it: blanks around it and its case do not count. */
public final class CodeText {

  private static final int LONGEST = 100;
  private static final Pattern SHAPE = Pattern.compile("[A-Z0-9]{16}");

  private CodeText() {}

  /** The code in a field that must be there; it need not look like one. */
  public static String required(Fields fields, String name) {
    return normal(fields.text(name, LONGEST));
  }

  /** The code in a field, or null when it is missing, null or blank. */
  public static @Nullable String optional(Fields fields, String name) {
    String sent = fields.optionalText(name, LONGEST);
    return sent == null ? null : normal(sent);
  }

  /** Whether a text looks like a code. */
  public static boolean isCode(String text) {
    return SHAPE.matcher(text).matches();
  }

  private static String normal(String sent) {
    return sent.strip().toUpperCase(Locale.ROOT);
  }
}
