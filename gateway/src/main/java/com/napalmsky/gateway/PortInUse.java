package com.napalmsky.gateway;

/** The gateway cannot start because somebody else listens on its port. */
public final class PortInUse extends RuntimeException {

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
}
