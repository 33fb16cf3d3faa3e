package com.napalmsky.gateway;

import com.napalmsky.shared.runtime.process.CannotStart;
import java.net.BindException;

/** The gateway cannot start because somebody else listens on its port. */
public final class PortInUse extends CannotStart {

  private static final long serialVersionUID = 1L;

  private final int port;

  /**
   * @param setting the environment variable that chooses the port
   */
  PortInUse(String setting, String host, int port, Throwable cause) {
    super(
        "port " + port + " of " + host + " is in use; stop what uses it or set " + setting, cause);
    this.port = port;
  }

  /** The port. */
  public int port() {
    return port;
  }

  /** What a failed listen means: this, or the cause itself. */
  static Throwable or(Throwable cause, String setting, String host, int port) {
    // NIO has a type for it, the native transport only the system's text.
    boolean inUse =
        cause instanceof BindException
            || String.valueOf(cause.getMessage()).contains("Address already in use");
    return inUse ? new PortInUse(setting, host, port, cause) : cause;
  }
}
