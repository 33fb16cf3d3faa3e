package com.napalmsky.user;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL for tests: one server for the JVM, started when first needed and stopped with
 * the JVM, and an empty database for whoever asks.
 */
public final class TestPostgres {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  private static final class Server {
    static final EmbeddedPostgres STARTED = start();

    private static EmbeddedPostgres start() {
      System.out.println("starting an embedded PostgreSQL for the tests, 1 to 10 s");
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
        System.out.println("embedded PostgreSQL is up on 127.0.0.1:" + server.getPort());
        return server;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  public static int port() {
    return Server.STARTED.getPort();
  }

  /** The URL of a database that nobody has used. */
  public static String freshUrl() {
    return url(port(), freshDatabase());
  }

  /** The name of a database that nobody has used. */
  public static String freshDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection connection = Server.STARTED.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      return name;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  public static String url(int port, String database) {
    return "postgres://postgres:postgres@127.0.0.1:" + port + "/" + database;
  }
}
