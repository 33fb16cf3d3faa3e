package com.napalmsky.importold;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.napalmsky.shared.HouseRules;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "com.napalmsky.importold", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule whatIsReadKnowsNothingOfWhatIsWritten =
      noClasses()
          .that()
          .resideInAPackage("..importold.old..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..importold.destination..", "..importold.step..");

  @ArchTest
  static final ArchRule stepsTouchNoDatabase =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..importold.people..",
              "..importold.code..",
              "..importold.call..",
              "..importold.moderation..",
              "..importold.introduction..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..importold.destination..", "java.sql..");
}
