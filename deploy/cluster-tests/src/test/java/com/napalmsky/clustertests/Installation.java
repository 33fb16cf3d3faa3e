package com.napalmsky.clustertests;

import com.napalmsky.cluster.Kind;
import java.util.List;

/** All services with their stores, in one of the shapes in which they run. Blocking. */
interface Installation extends AutoCloseable {

  /** An instance of a service. */
  interface Instance {

    boolean alive();

    /** Whether it says that it can do its work. */
    boolean ready();

    /** Where clients reach it, if it is a gateway. */
    String url();

    /** Ends it so that nothing in it learns of it. */
    void kill() throws InterruptedException;
  }

  /** Those of one service that have not been replaced; may be asked by any thread. */
  List<? extends Instance> instances(Kind kind);

  /** Puts others in the place of those that are gone, and waits for them. */
  void makeWhole() throws Exception;

  /** Where the database is, for who wants to see what it holds. */
  String jdbcUrl();

  @Override
  void close() throws InterruptedException;
}
