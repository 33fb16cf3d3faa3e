package com.napalmsky.loadtest;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.ScheduledExecutorService;

@AnalyzeClasses(packages = "com.napalmsky", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule onlyThePublicContractIsKnown =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.napalmsky.shared..", "com.napalmsky.gateway..", "io.vertx..impl..")
          .because("the generator would measure what no client can do");

  @ArchTest
  static final ArchRule timeIsReadInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("..loadtest.time..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethodWhere(
              target(nameStartingWith("schedule"))
                  .and(target(owner(assignableTo(ScheduledExecutorService.class)))));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("com.napalmsky.loadtest.(*)..").should().beFreeOfCycles();
}
