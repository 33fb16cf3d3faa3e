package com.napalmsky.shared.runtime.process;

import java.net.BindException;

/** A process cannot start because somebody else listens on its port. */
public final class PortInUse extends CannotStart {

  private static final long serialVersionUID = 1L;

  private final int port;

  /**
   * @param setting the environment variable that chooses the port
   */
  public PortInUse(String setting, String host, int port, Throwable cause) {
    super(
        "port " + port + " of " + host + " is in use; stop what uses it or set " + setting, cause);
    this.port = port;
  }

  /** The port. */
  public int port() {
    return port;
  }

  /** What a failed listen means: this, or that the port cannot be opened. */
  public static CannotStart or(Throwable cause, String setting, String host, int port) {
    // NIO has a type for it, the native transport only the system's text.
    boolean inUse =
        cause instanceof BindException
            || String.valueOf(cause.getMessage()).contains("Address already in use");
    return inUse
        ? new PortInUse(setting, host, port, cause)
        : new CannotStart(
            setting + ": " + host + ":" + port + " cannot be opened: " + cause.getMessage(), cause);
  }
}
