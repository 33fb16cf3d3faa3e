package com.napalmsky.user.media.content;

import static com.napalmsky.user.media.content.Videos.box;
import static com.napalmsky.user.media.content.Videos.element;
import static com.napalmsky.user.media.content.Videos.ints;
import static com.napalmsky.user.media.content.Videos.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.media.MediaContract.UploadOutcome;
import com.napalmsky.shared.contract.media.MediaKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of videos. */
class VideoTest {

  private static final Content CONTENT = new Content(1_000_000, Duration.ofSeconds(60));

  @TempDir Path folder;

  @CanIgnoreReturnValue
  private String prepare(byte[] sent) throws IOException {
    Path from = Files.write(folder.resolve("sent"), sent);
    return CONTENT.prepare(MediaKind.VIDEO, from, folder.resolve("shown"));
  }

  private String shown(byte[] sent) throws IOException {
    String extension = prepare(sent);
    assertThat(extension).isIn("webm", "mp4");
    assertThat(Files.size(folder.resolve("shown"))).isEqualTo(sent.length);
    return Files.readString(folder.resolve("shown"), StandardCharsets.ISO_8859_1);
  }

  @CanIgnoreReturnValue
  private Unfit refused(byte[] sent) {
    Unfit unfit = catchThrowableOfType(Unfit.class, () -> prepare(sent));
    assertThat(unfit).isNotNull();
    return unfit;
  }

  static Stream<byte[]> whole() {
    return Stream.of(
        Videos.recordedWebm(59.9),
        Videos.encodedWebm(60, 1000),
        Videos.mp4(60, 59.9),
        Videos.mp4(0, 12),
        Videos.fragmentedMp4(60, true),
        Videos.fragmentedMp4(60, false));
  }

  @ParameterizedTest
  @MethodSource("whole")
  void aVideoComesOutAsItWentIn(byte[] sent) throws IOException {
    assertThat(shown(sent)).isEqualTo(new String(sent, StandardCharsets.ISO_8859_1));
  }

  @Test
  void theTypeIsToldByTheBytes() throws IOException {
    assertThat(prepare(Videos.recordedWebm(3))).isEqualTo("webm");
    assertThat(prepare(Videos.mp4(3, 3))).isEqualTo("mp4");
  }

  static Stream<byte[]> tooLong() {
    return Stream.of(
        Videos.recordedWebm(62.1),
        Videos.encodedWebm(62.1, 1000),
        // What the header says is not believed when the blocks go on.
        Videos.encodedWebm(1, 62_100),
        Videos.mp4(62.1, 1),
        Videos.mp4(1, 62.1),
        Videos.fragmentedMp4(63, true),
        Videos.fragmentedMp4(63, false));
  }

  @ParameterizedTest
  @MethodSource("tooLong")
  void whoeverTellsTheGreaterLengthIsBelieved(byte[] sent) {
    assertThat(refused(sent).problem()).isEqualTo("is 63 s long; at most 60 s are allowed");
  }

  @Test
  void aRecorderMayStopALittleLate() throws IOException {
    assertThat(prepare(Videos.recordedWebm(61.9))).isEqualTo("webm");
    assertThat(prepare(Videos.mp4(62, 62))).isEqualTo("mp4");
  }

  @Test
  void everyBeginningOfAVideoIsRefused() {
    for (byte[] whole :
        List.of(Videos.encodedWebm(5, 1000), Videos.mp4(5, 5), Videos.fragmentedMp4(1, true))) {
      for (int length = 0; length < whole.length; length++) {
        refused(Arrays.copyOf(whole, length));
      }
    }
  }

  @Test
  void aRecordingThatEndsInTheMiddleOfABlockIsRefused() {
    byte[] whole = Videos.recordedWebm(10);

    Unfit unfit = refused(Arrays.copyOf(whole, whole.length - 3));

    assertThat(unfit.outcome()).isEqualTo(UploadOutcome.UNUSABLE);
    assertThat(unfit.problem()).isEqualTo("is cut short: its end is missing");
  }

  @Test
  void samplesThatAreNotThereAreMissed() {
    byte[] moovFirst = Videos.mp4("isom", "vide", 5, 5, new byte[0]);
    byte[] pointsBeyond = moovFirst.clone();
    int offsets = new String(moovFirst, StandardCharsets.ISO_8859_1).indexOf("stco") + 12;
    ByteBuffer.wrap(pointsBeyond).putInt(offsets, moovFirst.length);

    assertThat(refused(pointsBeyond).problem()).contains("cut short");
  }

  static Stream<byte[]> strangers() {
    return Stream.of(
            "<html><script>alert(document.cookie)</script></html>",
            "\0\0\0\024ftypqt  \0\0\0\0qt  .....",
            "\0\0\0\030ftypM4A \0\0\0\0M4A M4A .....",
            "\0\0\0\030ftypheic\0\0\0\0heicmif1.....",
            "RIFF....AVI LIST............",
            "OggS\0\2.................",
            "x",
            "")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void whatIsNoVideoIsRefusedWhateverItIsCalled(byte[] sent) {
    Unfit unfit = refused(sent);

    assertThat(unfit.outcome()).isEqualTo(UploadOutcome.WRONG_TYPE);
    assertThat(unfit.problem()).isEqualTo("must be a WebM or MP4 video");
  }

  @Test
  void matroskaThatIsNotWebmIsAnotherType() {
    byte[] webm = Videos.encodedWebm(5, 1000);
    byte[] matroska =
        Pictures.concat(
            Videos.ebml("matroska"),
            Arrays.copyOfRange(webm, Videos.ebml("webm").length, webm.length));

    assertThat(refused(matroska).outcome()).isEqualTo(UploadOutcome.WRONG_TYPE);
  }

  @Test
  void soundAloneIsNoVideo() {
    byte[] webm =
        Pictures.concat(
            Videos.ebml("webm"),
            Videos.open(
                "18538067",
                List.of(
                    Videos.tracks(2),
                    Videos.open(
                        "1F43B675", List.of(element("E7", Videos.uint(0)), Videos.block(0))))));

    assertThat(refused(webm).problem()).isEqualTo("has no picture");
    assertThat(refused(Videos.mp4("isom", "soun", 5, 5, new byte[0])).problem())
        .isEqualTo("has no picture");
  }

  @Test
  void aVideoThatIsAlsoAPageIsRefused() {
    byte[] page = text("<html><script>alert(1)</script></html>");

    assertThat(refused(Pictures.concat(Videos.encodedWebm(5, 1000), page)).outcome())
        .isEqualTo(UploadOutcome.UNUSABLE);
    assertThat(refused(Pictures.concat(Videos.mp4(5, 5), page)).outcome())
        .isEqualTo(UploadOutcome.UNUSABLE);
    assertThat(refused(Pictures.concat(Videos.mp4(5, 5), box("html", page))).problem())
        .isEqualTo("has parts that do not belong into a video");
  }

  @Test
  void whereItWasFilmedIsTakenOutOfAnMp4() throws IOException {
    byte[] place = box("udta", box("\u00a9xyz", text("+52.5200+013.4050/")));
    byte[] sent =
        Pictures.concat(
            Videos.mp4("isom", "vide", 5, 5, place),
            box("free", text("<script>alert(1)</script>")),
            box("uuid", text("0123456789abcdef<x:xmpmeta>")));

    String shown = shown(sent);

    assertThat(shown).doesNotContain("52.52").doesNotContain("script").doesNotContain("xmp");
    assertThat(shown).doesNotContain("udta").contains("not H.264");
    assertThat(prepare(shown.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo("mp4");
  }

  @Test
  void tagsAreTakenOutOfAWebm() throws IOException {
    byte[] tags =
        element("1254C367", element("7373", element("67C8", element("4487", text("LOCATION")))));
    byte[] filler = element("EC", text("<script>alert(1)</script>"));
    byte[] attached = element("1941A469", element("61A7", text("a file inside")));

    String shown = shown(Videos.encodedWebm(5, 1000, tags, filler, attached));

    assertThat(shown).doesNotContain("LOCATION").doesNotContain("script").doesNotContain("inside");
    assertThat(prepare(shown.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo("webm");
  }

  static Stream<byte[]> hostile() {
    byte[] mp4 = Videos.mp4(5, 5);
    byte[] webm = Videos.encodedWebm(5, 1000);
    byte[] fragmented = Videos.fragmentedMp4(2, false);
    return Stream.of(
        // Sizes of 2^63 - 1, and of less than their own header.
        Pictures.concat(mp4, ints(1), text("free"), ints(0x7fffffff, -1)),
        Pictures.concat(mp4, ints(1), text("free"), ints(-1, -1)),
        Pictures.concat(mp4, ints(7), text("free")),
        // Four billion samples and entries that are not there.
        replaced(mp4, "stts", 8, -1),
        replaced(mp4, "stco", 8, -1),
        replaced(fragmented, "trun", 8, -1),
        // Four billion samples that need no room.
        replaced(replaced(fragmented, "trun", 4, 0), "trun", 8, -1),
        // Divided by nothing.
        replaced(mp4, "mvhd", 16, 0),
        replaced(mp4, "mdhd", 16, 0),
        Videos.encodedWebm(Double.NaN, 1000),
        Videos.encodedWebm(Double.POSITIVE_INFINITY, 1000),
        Videos.encodedWebm(-5, 1000),
        Videos.encodedWebm(5, Long.MAX_VALUE),
        Videos.encodedWebm(5, 1000, element("1549A966", element("2AD7B1", Videos.uint(0)))),
        // Boxes in boxes in boxes: nothing is entered that is not known.
        Pictures.concat(webm, new byte[] {0, 0, 0, 0}),
        Pictures.concat(Videos.ebml("webm"), Videos.open("18538067", List.of(webm))));
  }

  private static byte[] replaced(byte[] file, String box, int offset, int value) {
    byte[] changed = file.clone();
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(box);
    ByteBuffer.wrap(changed).putInt(at + offset, value);
    return changed;
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void sizesThatAreLiesAreRefused(byte[] sent) {
    assertThat(refused(sent).outcome()).isEqualTo(UploadOutcome.UNUSABLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {250_000})
  void aFileOfMillionsOfPartsIsGivenUp(int parts) {
    byte[] one = element("EC", new byte[0]);
    ByteBuffer all = ByteBuffer.allocate(one.length * parts);
    for (int i = 0; i < parts; i++) {
      all.put(one);
    }

    assertThat(refused(Videos.encodedWebm(5, 1000, all.array())).problem())
        .isEqualTo("has too many parts");
  }

  @Test
  void bytesThatWereChangedAtRandomNeverDoMoreHarmThanARefusal() throws IOException {
    long seed = Long.getLong("media.seed", System.nanoTime());
    System.out.println("videos: -Dmedia.seed=" + seed);
    Random random = new Random(seed);
    List<byte[]> whole =
        List.of(
            Videos.recordedWebm(6),
            Videos.encodedWebm(5, 1000, element("1254C367", text("tags"))),
            Videos.mp4("isom", "vide", 5, 5, box("udta", text("here"))),
            Videos.fragmentedMp4(3, true),
            Videos.fragmentedMp4(3, false));
    int shown = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] sent = Mutation.of(whole.get(i % whole.size()), random);
      try {
        prepare(sent);
        shown++;
        assertThat(Files.size(folder.resolve("shown"))).isEqualTo(sent.length);
      } catch (Unfit refused) {
        assertThat(refused.problem()).isNotBlank();
      }
    }
    System.out.println("videos: of 10000 mutations " + shown + " were still videos");
  }
}
