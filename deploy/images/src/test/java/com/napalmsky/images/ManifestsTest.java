package com.napalmsky.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rendered manifests, against Kubernetes' own schema and against the programs. */
class ManifestsTest {

  private static final String OURS = "napalm-sky/";
  private static final Map<String, List<Yaml>> RENDERED = new ConcurrentHashMap<>();

  private interface Schema {
    void check(JsonElement json) throws IOException;
  }

  private static final Map<String, Schema> SCHEMAS =
      Map.ofEntries(
          Map.entry("ConfigMap", V1ConfigMap::validateJsonElement),
          Map.entry("Deployment", V1Deployment::validateJsonElement),
          Map.entry("HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement),
          Map.entry("Ingress", V1Ingress::validateJsonElement),
          Map.entry("Job", V1Job::validateJsonElement),
          Map.entry("Namespace", V1Namespace::validateJsonElement),
          Map.entry("NetworkPolicy", V1NetworkPolicy::validateJsonElement),
          Map.entry("PersistentVolumeClaim", V1PersistentVolumeClaim::validateJsonElement),
          Map.entry("PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement),
          Map.entry("Service", V1Service::validateJsonElement),
          Map.entry("StatefulSet", V1StatefulSet::validateJsonElement));

  private static List<Yaml> rendered(String overlay) {
    return RENDERED.computeIfAbsent(overlay, ManifestsTest::render);
  }

  private static List<Yaml> render(String overlay) {
    try {
      Process kubectl =
          new ProcessBuilder("kubectl", "kustomize", "../k8s/overlays/" + overlay)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String text = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(kubectl.waitFor()).as("kubectl kustomize " + overlay).isZero();
      return Yaml.all(text);
    } catch (IOException absent) {
      System.out.println("the manifests are not checked: kubectl is not installed");
      assumeTrue(false, "kubectl is not installed");
      throw new IllegalStateException(absent);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static Stream<Yaml> kind(List<Yaml> all, String... kinds) {
    return all.stream().filter(one -> List.of(kinds).contains(one.at("kind").text()));
  }

  private static String name(Yaml manifest) {
    return manifest.at("kind").text() + " " + manifest.at("metadata.name").text();
  }

  private static Yaml container(Yaml workload) {
    return workload.at("spec.template.spec.containers").list().get(0);
  }

  private static String module(Yaml container) {
    return container.at("image").text().replace(OURS, "").replaceAll(":.*", "");
  }

  private static List<Yaml> ours(List<Yaml> all) {
    return kind(all, "Deployment", "StatefulSet", "Job")
        .filter(workload -> container(workload).at("image").text().startsWith(OURS))
        .toList();
  }

  /** What the container's process sees; secrets have some value. */
  private static Map<String, String> environment(List<Yaml> all, Yaml container) {
    Map<String, String> environment = new HashMap<>();
    for (Yaml from : container.at("envFrom").list()) {
      String map = from.at("configMapRef.name").text();
      Yaml settings =
          kind(all, "ConfigMap")
              .filter(one -> one.at("metadata.name").text().equals(map))
              .findFirst()
              .orElseThrow(() -> new AssertionError("there is no ConfigMap " + map));
      settings.at("data").map().forEach((key, value) -> environment.put(key, value.text()));
    }
    for (Yaml variable : container.at("env").list()) {
      environment.put(
          variable.at("name").text(),
          switch (variable.at("name").text()) {
            case "DATABASE_URL" -> "postgres://sky:x@postgres/sky";
            case "REDIS_URL" -> "redis://:x@redis";
            case "CLUSTER_HOST", "USER_MEDIA_ADVERTISED_HOST" -> "10.0.0.1";
            default ->
                variable.at("value").missing()
                    ? "a-secret-of-some-length"
                    : variable.at("value").text();
          });
    }
    return environment;
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-node", "production"})
  void eachManifestFitsItsSchemaToTheLastField(String overlay) throws IOException {
    for (Yaml manifest : rendered(overlay)) {
      Schema schema = SCHEMAS.get(manifest.at("kind").text());
      assertThat(schema).as(name(manifest)).isNotNull();
      try {
        schema.check(new Gson().toJsonTree(manifest.value()));
      } catch (IllegalArgumentException wrong) {
        throw new AssertionError(name(manifest) + ": " + wrong.getMessage(), wrong);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-node", "production"})
  void eachServiceIsThereAndItsVariablesAreKnownAndGood(String overlay) throws IOException {
    List<Yaml> all = rendered(overlay);
    Set<String> seen = new TreeSet<>();
    for (Yaml workload : ours(all)) {
      Yaml container = container(workload);
      Map<String, String> environment = environment(all, container);
      assertThat(KnownSettings.of(module(container)))
          .as(name(workload))
          .containsAll(environment.keySet());
      if (!workload.at("kind").text().equals("Job")) {
        KnownSettings.check(module(container), environment);
        seen.add(module(container));
      }
    }
    assertThat(seen).isEqualTo(KnownSettings.modules());
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-node", "production"})
  void probesAndServicesMeetPortsThatTheContainersHave(String overlay) {
    List<Yaml> all = rendered(overlay);
    for (Yaml workload : ours(all)) {
      Yaml container = container(workload);
      Map<String, String> environment = environment(all, container);
      Map<String, String> ports = new HashMap<>();
      container
          .at("ports")
          .list()
          .forEach(port -> ports.put(port.at("name").text(), port.at("containerPort").text()));
      if (workload.at("kind").text().equals("Job")) {
        continue;
      }
      assertThat(ports)
          .as(name(workload))
          .containsEntry("management", environment.get("MANAGEMENT_PORT"))
          .containsEntry("members", environment.get("CLUSTER_PORT"))
          .containsEntry("bus", environment.get("CLUSTER_BUS_PORT"));
      if (module(container).equals("gateway")) {
        assertThat(ports).containsEntry("http", environment.get("PORT"));
      }
      if (module(container).equals("user-service")) {
        assertThat(ports).containsEntry("media", environment.get("USER_MEDIA_PORT"));
      }
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        Yaml http = container.at(probe + ".httpGet");
        assertThat(http.at("port").text()).as(name(workload) + probe).isEqualTo("management");
        assertThat(http.at("path").text())
            .isEqualTo(probe.equals("readinessProbe") ? "/health/ready" : "/health/live");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-node", "production"})
  void whatCarriesDataIsFoundByTheNameThatProcessesLookFor(String overlay) {
    List<Yaml> all = rendered(overlay);
    Yaml members =
        kind(all, "Service")
            .filter(service -> service.at("metadata.name").text().equals("members"))
            .findFirst()
            .orElseThrow();
    Map<String, Yaml> selector = members.at("spec.selector").map();

    assertThat(members.at("spec.clusterIP").text()).isEqualTo("None");
    assertThat(members.at("spec.publishNotReadyAddresses").text()).isEqualTo("true");
    for (Yaml workload : ours(all)) {
      if (!workload.at("kind").text().equals("Job")) {
        Map<String, Yaml> labels = workload.at("spec.template.metadata.labels").map();
        assertThat(labels.entrySet().containsAll(selector.entrySet()))
            .as(name(workload))
            .isEqualTo(!module(container(workload)).equals("gateway"));
        assertThat(environment(all, container(workload))).containsEntry("CLUSTER_DNS", "members");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-node", "production"})
  void imagesAreOursOrPinnedAndNobodyIsRoot(String overlay) {
    for (Yaml workload : kind(rendered(overlay), "Deployment", "StatefulSet", "Job").toList()) {
      String image = container(workload).at("image").text();
      assertThat(image).matches("(napalm-sky/[a-z-]+|[a-z]+):v?\\d+\\.\\d+[\\w.-]*");
      Yaml pod = workload.at("spec.template.spec");
      assertThat(pod.at("securityContext.runAsNonRoot").text()).as(image).isEqualTo("true");
      assertThat(container(workload).at("securityContext.allowPrivilegeEscalation").text())
          .as(image)
          .isEqualTo("false");
      assertThat(container(workload).at("resources.limits.memory").missing()).as(image).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-node", "production"})
  void secretsAreOnlyReferredTo(String overlay) {
    assertThat(kind(rendered(overlay), "Secret")).isEmpty();
    for (Yaml workload : ours(rendered(overlay))) {
      for (Yaml variable : container(workload).at("env").list()) {
        if (variable.at("name").text().matches(".*(PASSWORD|SECRET|KEY|_URL)")) {
          assertThat(variable.at("valueFrom.secretKeyRef.name").text()).isEqualTo("napalm-sky");
        }
      }
    }
  }
}
