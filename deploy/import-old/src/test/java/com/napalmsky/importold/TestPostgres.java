package com.napalmsky.importold;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL for tests: one server for the JVM, started when first needed and stopped with
 * the JVM, and a database for whoever asks.
 */
final class TestPostgres {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  private static final class Server {
    static final EmbeddedPostgres STARTED = start();

    private static EmbeddedPostgres start() {
      System.out.println("starting an embedded PostgreSQL for the tests, 1 to 10 s");
      try {
        return EmbeddedPostgres.builder().setServerConfig("max_connections", "60").start();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /** The name of a database that nobody has used. */
  static String freshDatabase() {
    return copyOf("template1");
  }

  /** The name of a new database with all that another one has; nobody may be connected to that. */
  static String copyOf(String template) {
    String name = "test_" + DATABASES.incrementAndGet();
    execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + template);
    return name;
  }

  static void drop(String database) {
    execute("postgres", "DROP DATABASE " + database + " WITH (FORCE)");
  }

  static String url(String database) {
    return url("postgres", database);
  }

  static String url(String user, String database) {
    return "postgres://"
        + user
        + ":postgres@127.0.0.1:"
        + Server.STARTED.getPort()
        + "/"
        + database;
  }

  static Connection connect(String database) {
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + Server.STARTED.getPort() + "/" + database,
          "postgres",
          "postgres");
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static void execute(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(sql, failed);
    }
  }
}
