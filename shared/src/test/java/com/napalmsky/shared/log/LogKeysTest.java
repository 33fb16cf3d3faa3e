package com.napalmsky.shared.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the sources of all modules: whoever looks for a key must find every line that has it. */
class LogKeysTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern KEY = Pattern.compile("addKeyValue\\(\\s*([^,]+),");

  /** What used to be written into the text, and has a key now. */
  private static final Pattern KEY_IN_TEXT =
      Pattern.compile("\"[^\"]*\\b(user|call|room|address|outcome|node)=\\{}");

  @Test
  void keysAreTakenFromTheListAndNeverWrittenIntoTheText() throws IOException {
    List<String> keys = new ArrayList<>();
    List<String> inText = new ArrayList<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      for (Matcher key = KEY.matcher(text); key.find(); ) {
        keys.add(key.group(1).trim());
      }
      for (Matcher key = KEY_IN_TEXT.matcher(text); key.find(); ) {
        inText.add(source.getFileName() + ": " + key.group());
      }
    }

    assertThat(keys)
        .hasSizeGreaterThan(10)
        .isSubsetOf("LogKey.USER", "LogKey.CALL", "LogKey.ADDRESS", "LogKey.OUTCOME");
    assertThat(inText).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> modules =
        Stream.concat(Files.list(ROOT), Files.list(ROOT.resolve("deploy")))) {
      for (Path main : modules.map(one -> one.resolve("src/main/java")).toList()) {
        if (Files.isDirectory(main)) {
          try (Stream<Path> files = Files.walk(main)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
          }
        }
      }
    }
    return found;
  }
}
