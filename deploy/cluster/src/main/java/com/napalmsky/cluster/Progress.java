package com.napalmsky.cluster;

/** Is told, line by line, what is being done. */
@FunctionalInterface
public interface Progress {

  void say(String line);
}
