package com.napalmsky.shared.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryBudgetTest {

  private static final long MEGABYTE = 1L << 20;

  @TempDir Path groups;

  @Test
  void theSettingDecides() {
    MemoryBudget budget = MemoryBudget.from(new Settings(Map.of(MemoryBudget.MEGABYTES, "300")));

    assertThat(budget.bytes()).isEqualTo(300 * MEGABYTE);
  }

  @Test
  void aSettingThatIsNoNumberIsNamed() {
    Settings settings = new Settings(Map.of(MemoryBudget.MEGABYTES, "much"));

    assertThatThrownBy(() -> MemoryBudget.from(settings))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("MEMORY_BUDGET_MEGABYTES must be a whole number");
  }

  @Test
  void theContainerDecidesInBothVersionsOfControlGroups() throws IOException {
    Files.writeString(groups.resolve("memory.max"), (200 * MEGABYTE) + "\n");
    assertThat(MemoryBudget.found(groups, List.of()).bytes()).isEqualTo(200 * MEGABYTE);

    Files.writeString(groups.resolve("memory.max"), "max\n");
    Files.createDirectory(groups.resolve("memory"));
    Files.writeString(groups.resolve("memory/memory.limit_in_bytes"), (100 * MEGABYTE) + "\n");
    assertThat(MemoryBudget.found(groups, List.of()).bytes()).isEqualTo(100 * MEGABYTE);
  }

  @Test
  void noContainerLeavesTheMachine() throws IOException {
    long machine = MemoryBudget.found(groups, List.of()).bytes();
    Files.createDirectory(groups.resolve("memory"));
    // What version 1 says where there is no limit.
    Files.writeString(groups.resolve("memory/memory.limit_in_bytes"), "9223372036854771712\n");

    assertThat(machine).isGreaterThan(100 * MEGABYTE);
    assertThat(MemoryBudget.found(groups, List.of()).bytes()).isEqualTo(machine);
  }

  @Test
  void whatTheJvmWasToldCounts() {
    List<String> options = List.of("-Xmx64m", "-XX:MaxRAM=50m");

    assertThat(MemoryBudget.found(groups, options).bytes()).isEqualTo(50 * MEGABYTE);
    assertThat(MemoryBudget.found(groups, List.of("-XX:MaxRAM=nonsense")).bytes())
        .isEqualTo(MemoryBudget.found(groups, List.of()).bytes());
  }
}
