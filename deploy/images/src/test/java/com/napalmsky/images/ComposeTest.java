package com.napalmsky.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The compose file and the proxy's settings, against the programs. */
class ComposeTest {

  private static final Path FOLDER = Path.of("../compose");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(:[-?]([^}]*))?}");
  private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:v?\\d+\\.\\d+[\\w.-]*");
  private static final String OURS = "napalm-sky/";

  private static String text;
  private static Yaml compose;
  private static String proxy;

  @BeforeAll
  static void read() throws IOException {
    text = Files.readString(FOLDER.resolve("docker-compose.yaml"));
    compose = Yaml.all(text).get(0);
    proxy = Files.readString(FOLDER.resolve("haproxy.cfg"));
  }

  private static Map<String, Yaml> services() {
    return compose.at("services").map();
  }

  private static String module(Yaml service) {
    return service.at("image").text().replace(OURS, "").replaceAll(":.*", "");
  }

  /** What a variable of the file becomes when nobody sets more than the secrets. */
  private static String filled(String value) {
    Matcher variable = VARIABLE.matcher(value);
    return variable.replaceAll(
        found ->
            Matcher.quoteReplacement(
                String.valueOf(found.group(2)).startsWith(":-")
                    ? found.group(3)
                    : "a-secret-of-some-length"));
  }

  @Test
  void eachOfOurServicesIsThereOnceWithItsOwnImage() {
    Set<String> modules = new TreeSet<>();
    services().values().stream()
        .filter(service -> service.at("image").text().startsWith(OURS))
        .forEach(
            service -> {
              assertThat(modules.add(module(service))).as(module(service)).isTrue();
              assertThat(service.at("build.args.SERVICE").text()).isEqualTo(module(service));
              assertThat(FOLDER.resolve(service.at("build.context").text()))
                  .isDirectoryContaining("glob:**/pom.xml");
              assertThat(Path.of("../..").resolve(service.at("build.dockerfile").text()))
                  .isRegularFile();
              // More of them on the same machine must not fight for a name or a port.
              assertThat(service.at("container_name").missing()).isTrue();
              assertThat(service.at("ports").missing()).isTrue();
            });
    assertThat(modules).isEqualTo(KnownSettings.modules());
  }

  @Test
  void everythingElseIsAPinnedImageOfOthers() {
    services().values().stream()
        .filter(service -> !service.at("image").text().startsWith(OURS))
        .forEach(service -> assertThat(service.at("image").text()).matches(PINNED));
  }

  @Test
  void eachVariableIsOneThatTheServiceKnowsAndTheirValuesAreGood() throws IOException {
    for (Yaml service : services().values()) {
      if (service.at("image").text().startsWith(OURS)) {
        Map<String, String> environment = new TreeMap<>();
        service
            .at("environment")
            .map()
            .forEach((name, value) -> environment.put(name, filled(value.text())));

        assertThat(KnownSettings.of(module(service)))
            .as(module(service))
            .containsAll(environment.keySet());
        KnownSettings.check(module(service), environment);
      }
    }
  }

  @Test
  void eachVariableOfTheFileIsInTheExample() throws IOException {
    String example = Files.readString(FOLDER.resolve("settings.example"));
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      if (String.valueOf(variable.group(2)).startsWith(":?")) {
        assertThat(example).contains("\n" + variable.group(1) + "=");
      }
    }
  }

  @Test
  void eachFileThatIsMountedIsThere() {
    for (Yaml service : services().values()) {
      for (Yaml volume : service.at("volumes").list()) {
        String source = volume.text().split(":")[0];
        if (source.startsWith(".")) {
          assertThat(FOLDER.resolve(source)).exists();
        } else {
          assertThat(compose.at("volumes").map()).containsKey(source);
        }
      }
    }
  }

  @Test
  void theProxyAsksAndSendsWhereGatewaysListen() {
    Map<String, Yaml> gateway = services().get("gateway").at("environment").map();

    assertThat(proxy)
        .contains("gateway:" + gateway.get("PORT").text() + " check port ")
        .contains("check port " + gateway.get("MANAGEMENT_PORT").text())
        .contains("httpchk GET /health/ready")
        .contains("path_beg /socket.io/");
    assertThat(services().get("proxy").at("ports").list().get(0).text()).endsWith(":8080");
    assertThat(proxy).contains("bind :8080");
    assertThat(gateway.get("TRUSTED_PROXY_HOPS").text()).isEqualTo("1");
  }

  @Test
  void allButGatewaysAnswerToTheNameOfTheMembers() {
    services()
        .forEach(
            (name, service) -> {
              if (service.at("image").text().startsWith(OURS)) {
                assertThat(service.at("networks.inside.aliases").text())
                    .as(name)
                    .isEqualTo(name.equals("gateway") ? "" : "[members]");
                assertThat(service.at("environment.CLUSTER_DNS").text()).isEqualTo("members");
              }
            });
  }

  @Test
  void prometheusAsksEachServiceAtItsManagementPort() throws IOException {
    Yaml scrape =
        Yaml.all(Files.readString(Path.of("../observability/prometheus/prometheus.yaml")))
            .get(0)
            .at("scrape_configs")
            .list()
            .get(0)
            .at("dns_sd_configs")
            .list()
            .get(0);

    assertThat(scrape.at("port").text()).isEqualTo("9001");
    assertThat(scrape.at("names").list().stream().map(Yaml::text))
        .containsExactlyInAnyOrderElementsOf(
            services().entrySet().stream()
                .filter(service -> service.getValue().at("image").text().startsWith(OURS))
                .map(Map.Entry::getKey)
                .toList());
  }
}
