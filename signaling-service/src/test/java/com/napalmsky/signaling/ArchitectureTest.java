package com.napalmsky.signaling;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.napalmsky.shared.HouseRules;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

  /**
   * The rules as tests of JUnit's own engine: the build counts no test of ArchUnit's engine and
   * does not fail when one of them does.
   */
  @TestFactory
  Stream<DynamicTest> theRulesOfTheHouseHold() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("com.napalmsky.signaling");
    return Arrays.stream(HouseRules.class.getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(ArchTest.class))
        .map(field -> dynamicTest(field.getName(), () -> rule(field).check(classes)));
  }

  private static ArchRule rule(Field field) throws IllegalAccessException {
    field.setAccessible(true);
    return (ArchRule) field.get(null);
  }
}
