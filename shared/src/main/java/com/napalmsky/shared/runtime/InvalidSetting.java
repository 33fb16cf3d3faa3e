package com.napalmsky.shared.runtime;

/**
 * A setting that cannot be used. The message names the variable, what it may be and what it was.
 */
public final class InvalidSetting extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param key the environment variable
   * @param problem what is wrong with it, as the end of a sentence that begins with the key
   */
  public InvalidSetting(String key, String problem) {
    super(key + " " + problem);
  }
}
