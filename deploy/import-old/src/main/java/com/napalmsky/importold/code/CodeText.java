package com.napalmsky.importold.code;

import com.napalmsky.importold.old.OldRow;
import com.napalmsky.user.code.AccessCodes;
import java.util.Locale;
import java.util.Optional;

/** Codes as people may have typed them. */
final class CodeText {

  /** Why one is not brought over. */
  static final String MALFORMED = "not 16 letters and digits: the old server took none such either";

  private CodeText() {}

  /** In the shape that is stored here; empty when it has not. */
  static Optional<String> of(OldRow row, String column) {
    return of(row.word(column).orElse(""));
  }

  static Optional<String> of(String typed) {
    String code = typed.toUpperCase(Locale.ROOT);
    return AccessCodes.wellFormed(code) ? Optional.of(code) : Optional.empty();
  }
}
