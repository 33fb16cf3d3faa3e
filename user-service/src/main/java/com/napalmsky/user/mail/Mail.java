package com.napalmsky.user.mail;

/**
 * A mail in plain text to one person.
 *
 * @param to an address that was found to be one
 * @param text may hold secrets
 */
public record Mail(String to, String subject, String text) {

  @Override
  public String toString() {
    return "Mail[subject=" + subject + "]";
  }
}
