package com.napalmsky.user.database;

import com.napalmsky.shared.runtime.process.CannotStart;

/**
 * PostgreSQL refused at start. The message is one line for whoever starts the process: where it was
 * tried and what stood against it, without user or password.
 */
public final class DatabaseUnreachable extends CannotStart {

  private static final long serialVersionUID = 1L;

  DatabaseUnreachable(DatabaseUrl url, String reason) {
    super("PostgreSQL at " + url.place() + " cannot be used: " + reason);
  }
}
