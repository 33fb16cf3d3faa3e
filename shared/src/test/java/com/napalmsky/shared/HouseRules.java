package com.napalmsky.shared;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The rules of the house that every module is held to. */
public final class HouseRules {

  private HouseRules() {}

  private static final Set<String> CLOCKS =
      Set.of(
          "java.time.Instant.now",
          "java.time.LocalDateTime.now",
          "java.time.LocalDate.now",
          "java.time.ZonedDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.lang.System.currentTimeMillis",
          "java.lang.Thread.sleep",
          "io.vertx.core.Vertx.setTimer",
          "io.vertx.core.Vertx.setPeriodic",
          "io.vertx.core.Vertx.timer",
          "io.vertx.core.Future.await");

  @ArchTest
  static final ArchRule onlySharedBusTouchesTheEventBus =
      noClasses()
          .that()
          .resideOutsideOfPackage("com.napalmsky.shared.bus..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx.core.eventbus..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlySharedRuntimeKnowsTheTime =
      noClasses()
          .that()
          // The bus stands below both, and has a clock of its own for the limits of requests.
          .resideOutsideOfPackages("com.napalmsky.shared.runtime..", "com.napalmsky.shared.bus..")
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "reads a clock, sets a timer or waits",
                  (JavaAccess<?> access) ->
                      access instanceof JavaCall
                          && CLOCKS.contains(
                              access.getTargetOwner().getFullName() + "." + access.getName())))
          .because("features get Timers, so that tests can move time")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule noPackageIsADrawer =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..impl..", "..manager..", "..helper..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule noCompletableFutureNorLocks =
      noClasses()
          .that()
          // Its main thread may wait; it has no event loop.
          .resideOutsideOfPackage("com.napalmsky.standalone..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.CompletableFuture")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("java.util.concurrent.locks..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule featuresAreFreeOfCycles =
      slices().matching("com.napalmsky.(*).(*)..").should().beFreeOfCycles().allowEmptyShould(true);
}
