package com.napalmsky.gateway.engineio;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.napalmsky.shared.HouseRules;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;

/** Where the protocol may reach, and who may reach into it. */
@AnalyzeClasses(
    packages = {"com.napalmsky.gateway.engineio", "com.napalmsky.gateway.socketio"},
    importOptions = DoNotIncludeTests.class)
class ProtocolArchitectureTest {

  @ArchTest static final ArchTests house = ArchTests.in(HouseRules.class);

  @ArchTest
  static final ArchRule internalsOfVertxAreTouchedInTwoPlacesOnly =
      noClasses()
          .that()
          .doNotBelongToAnyOf(WebSocketUpgrade.class, EngineServer.class)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vertx.core.net.impl..", "io.vertx.core.http.impl..", "io.vertx.core.internal..")
          .because("a new version of Vert.x may change them; see docs/adr");

  @ArchTest
  static final ArchRule socketsKnowNothingOfNetty =
      noClasses()
          .that()
          .resideInAPackage("com.napalmsky.gateway.socketio..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");
}
