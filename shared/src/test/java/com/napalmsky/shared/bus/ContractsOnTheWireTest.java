package com.napalmsky.shared.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.Contracts;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every record of every contract as it travels between JVMs, compared with a file under {@code
 * src/test/resources/contract}. A changed file is a changed contract: fields may be added, nothing
 * else. {@code -Dcontract.write=true} writes the files anew.
 */
class ContractsOnTheWireTest {

  private static final Path GOLDEN = Path.of("src/test/resources/contract");

  /** A record that crosses the bus, and the name of its file. */
  record Crossing(String name, Class<? extends Record> type) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Crossing> crossings() {
    return Contracts.ALL.stream()
        .flatMap(contract -> Arrays.stream(contract.getDeclaredFields()))
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .flatMap(
            field -> {
              try {
                field.setAccessible(true);
                return crossings(field.get(null));
              } catch (IllegalAccessException unreadable) {
                throw new IllegalStateException(unreadable);
              }
            });
  }

  private static Stream<Crossing> crossings(Object constant) {
    if (constant instanceof Endpoint<?, ?> endpoint) {
      return both(endpoint.address(), endpoint.request(), endpoint.reply());
    }
    if (constant instanceof Mailbox<?, ?> mailbox) {
      return both(mailbox.prefix(), mailbox.request(), mailbox.reply());
    }
    if (constant instanceof Topic<?> topic) {
      return Stream.of(new Crossing(topic.address(), topic.event()));
    }
    return Stream.empty();
  }

  private static Stream<Crossing> both(
      String address, Class<? extends Record> request, Class<? extends Record> reply) {
    return Stream.of(
        new Crossing(address + ".request", request), new Crossing(address + ".reply", reply));
  }

  @ParameterizedTest
  @MethodSource("crossings")
  void aRecordSurvivesTheWireAndLooksAsItAlwaysDid(Crossing crossing) throws IOException {
    RecordCodec codec = new RecordCodec();
    List<String> lines = new ArrayList<>();

    for (Object sample : Samples.of(crossing.type(), crossing.name())) {
      Buffer wire = Buffer.buffer("before");
      int start = wire.length();
      codec.encodeToWire(wire, (Record) sample);
      Object arrived = RecordCodec.read(codec.decodeFromWire(start, wire), crossing.type());
      assertThat(arrived).isEqualTo(sample);
      lines.add(wire.getString(start + Integer.BYTES, wire.length()));
    }

    Path file = GOLDEN.resolve(crossing.name() + ".json");
    if (Boolean.getBoolean("contract.write")) {
      Files.createDirectories(GOLDEN);
      Files.write(file, lines);
    }
    assertThat(file).as("a new record needs its file: -Dcontract.write=true").exists();
    assertThat(lines).isEqualTo(Files.readAllLines(file));
  }

  @Test
  void noFileIsLeftOfARecordThatIsGone() throws IOException {
    Set<String> expected = new HashSet<>();
    crossings().forEach(crossing -> expected.add(crossing.name() + ".json"));

    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf(expected);
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  @Test
  void everyAddressIsServedOnce() {
    List<String> names = crossings().map(Crossing::name).toList();

    assertThat(names).doesNotHaveDuplicates();
  }
}
