package com.napalmsky.user.introduction;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.user.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What was introduced before introductions had a table of their own. */
class IntroductionsMigrationTest {

  private static final String ADA = "00000000-0000-0000-0000-00000000000a";
  private static final String BEN = "00000000-0000-0000-0000-00000000000b";
  private static final String NEW = "00000000-0000-0000-0000-000000000001";
  private static final String OLD = "00000000-0000-0000-0000-000000000002";
  private static final String GONE = "00000000-0000-0000-0000-000000000003";

  private final String url =
      "jdbc:postgresql://127.0.0.1:" + TestPostgres.port() + "/" + TestPostgres.freshDatabase();

  private void migrate(String target) {
    Flyway.configure()
        .dataSource(url, "postgres", "postgres")
        .locations("classpath:db/migration")
        .target(target)
        .load()
        .migrate();
  }

  private static String user(String id, String name, String introducedTo, String introducedBy) {
    return "INSERT INTO users (user_id, name, gender, introduced_to, introduced_by,"
        + " introduced_via_code, created_at, updated_at) VALUES ('"
        + id
        + "', '"
        + name
        + "', 'unspecified', "
        + introducedTo
        + ", "
        + introducedBy
        + ", 'MEETADA000', '2026-01-01T00:00:00Z', now());";
  }

  private static String notification(String id, String of, String readAt) {
    return "INSERT INTO referral_notifications (id, for_user_id, referred_user_id, referred_name,"
        + " introduced_by, introduced_by_name, created_at, read_at) VALUES ('"
        + id
        + "', '"
        + ADA
        + "', '"
        + of
        + "', 'x', '"
        + BEN
        + "', 'Ben', '2026-01-02T00:00:00Z', "
        + readAt
        + ");";
  }

  @Test
  void nothingThatWasIntroducedOrToldIsLost() throws SQLException {
    migrate("1");
    try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(
          user(ADA, "Ada", "NULL", "NULL")
              + user(BEN, "Ben", "NULL", "NULL")
              + user(NEW, "New", "'" + ADA + "'", "'" + BEN + "'")
              + user(OLD, "Old", "'" + ADA + "'", "NULL")
              + user(GONE, "Elsewhere", "NULL", "NULL")
              + notification("00000000-0000-0000-0000-0000000000f1", OLD, "now()")
              + notification("00000000-0000-0000-0000-0000000000f2", GONE, "NULL"));

      migrate("latest");

      List<String> rows = new ArrayList<>();
      ResultSet found =
          statement.executeQuery(
              "SELECT n.name || ' to ' || t.name || ' by ' || coalesce(b.name, 'nobody')"
                  + " || CASE WHEN notified_at IS NULL THEN '' ELSE ' told' END"
                  + " || CASE WHEN read_at IS NULL THEN '' ELSE ' read' END"
                  + " FROM introductions JOIN users n ON n.user_id = newcomer_id"
                  + " JOIN users t ON t.user_id = target_id"
                  + " LEFT JOIN users b ON b.user_id = introduced_by ORDER BY n.name");
      while (found.next()) {
        rows.add(found.getString(1));
      }
      assertThat(rows)
          .containsExactly(
              "Elsewhere to Ada by Ben told", "New to Ada by Ben", "Old to Ada by Ben told read");
    }
  }
}
