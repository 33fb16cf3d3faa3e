package com.napalmsky.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.ApiDescription.Documented;
import com.napalmsky.shared.contract.user.AuditAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page about admins and the code say the same: each route of an admin, what it answers but
 * success, and each action that is written down.
 */
class AdminPageTest {

  private static final Path PAGE = Path.of("../docs/contracts/admin.md");
  private static final Pattern ROUTE = Pattern.compile("(?m)^\\| `([A-Z]+ /\\S*)` \\|(.*)\\|$");
  private static final Pattern ACTION =
      Pattern.compile("(?m)^\\| `([a-z-]+\\.[a-z-]+)` \\|(.*)\\|$");
  private static final Pattern STATUS = Pattern.compile("\\b[45]\\d\\d\\b");

  /** What the page says of all routes at once. */
  private static final Set<String> ANYWHERE = Set.of("200", "401", "403", "429", "503");

  private final ApiDescription api = new ApiDescription();

  private static String section(String title) throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("\n## " + title + "\n");
    assertThat(start).as("the section " + title).isNotNegative();
    int end = page.indexOf("\n## ", start + 1);
    return page.substring(start, end < 0 ? page.length() : end);
  }

  private static Map<String, String> rows(Pattern row, String title) throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (MatchResult match : row.matcher(section(title)).results().toList()) {
      assertThat(rows.put(match.group(1), match.group(2))).as(match.group(1)).isNull();
    }
    return rows;
  }

  @Test
  void eachRouteOfAnAdminIsOnThePageAndNoOther() throws IOException {
    assertThat(rows(ROUTE, "Routes").keySet()).isEqualTo(api.operationsOf("admin"));
  }

  @Test
  void eachRouteThatAsksForAnAdminIsAnAdmins() {
    assertThat(api.operationsOf("admin")).containsAll(api.operationsRefusingWith("NotForYou"));
  }

  @Test
  void thePageNamesWhatEachRouteAnswersButSuccess() throws IOException {
    Map<String, String> rows = rows(ROUTE, "Routes");
    Map<String, Set<String>> documented =
        api.answers().stream()
            .filter(one -> rows.containsKey(route(one)))
            .collect(
                Collectors.groupingBy(
                    AdminPageTest::route,
                    TreeMap::new,
                    Collectors.mapping(
                        one -> String.valueOf(one.status()),
                        Collectors.toCollection(TreeSet::new))));

    documented.forEach(
        (route, statuses) -> {
          Set<String> named = new TreeSet<>();
          STATUS.matcher(rows.get(route)).results().forEach(found -> named.add(found.group()));
          named.removeAll(ANYWHERE);
          statuses.removeAll(ANYWHERE);
          assertThat(named).as(route).isEqualTo(statuses);
        });
  }

  private static String route(Documented one) {
    return one.method() + " " + one.path();
  }

  @Test
  void eachListIsOnThePageWithAllItsFilters() throws IOException {
    Map<String, String> rows = rows(ROUTE, "Lists");
    Map<String, Set<String>> lists = api.queriesOf("admin");

    assertThat(rows.keySet()).isEqualTo(lists.keySet());
    lists.forEach(
        (route, fields) -> {
          assertThat(fields).as(route).contains("before", "limit");
          fields.stream()
              .filter(field -> !Set.of("before", "limit").contains(field))
              .forEach(field -> assertThat(rows.get(route)).as(route).contains("`" + field));
        });
  }

  @Test
  void eachActionThatIsWrittenDownIsOnThePageAndNoOther() throws IOException {
    List<String> actions = Arrays.stream(AuditAction.values()).map(AuditAction::wire).toList();

    assertThat(actions).doesNotHaveDuplicates();
    assertThat(rows(ACTION, "The audit log").keySet()).isEqualTo(new TreeSet<>(actions));
  }
}
