package com.napalmsky.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.napalmsky.shared.HouseRules;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "com.napalmsky.gateway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule httpFeaturesDoNotKnowTheRouter =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..http.account..",
              "..http.room..",
              "..http.payment..",
              "..http.report..",
              "..http.code..",
              "..http.turn..",
              "..http.health..",
              "..http.pages..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.ext.web..", "io.vertx.core.json..");
}
