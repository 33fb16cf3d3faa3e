package com.napalmsky.shared.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.Addresses;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Mailbox;
import com.napalmsky.shared.bus.Topic;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractsTest {

  @Test
  void everyClassThatHoldsAnAddressIsAContractOfTheList() {
    List<String> holders =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("com.napalmsky.shared")
                .stream()
                .filter(
                    one ->
                        one.getFields().stream()
                            .anyMatch(
                                field ->
                                    field.getRawType().isEquivalentTo(Endpoint.class)
                                        || field.getRawType().isEquivalentTo(Mailbox.class)
                                        || field.getRawType().isEquivalentTo(Topic.class)))
                .map(JavaClass::getName)
                .toList();

    assertThat(Contracts.ALL)
        .extracting(Class::getName)
        .containsExactlyInAnyOrderElementsOf(holders);
  }

  @Test
  void addressesBeginWithTheirOwner() {
    assertThat(Addresses.known())
        .contains("presence.v1.connect", "gateway.v1.deliver", "health.v1", "user.v1.sign-up");
    assertThat(Addresses.owners()).contains("presence", "gateway", "health", "user", "node");
  }
}
