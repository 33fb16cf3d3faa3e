package com.napalmsky.importold.report;

/** The import cannot begin or go on; the message is one line for whoever runs it. */
public final class CannotImport extends Exception {

  private static final long serialVersionUID = 1L;

  public CannotImport(String message) {
    super(message.lines().findFirst().orElse("").strip());
  }
}
