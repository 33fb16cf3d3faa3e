package com.napalmsky.user.media.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.media.MediaContract.UploadOutcome;
import com.napalmsky.shared.contract.media.MediaKind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of pictures. */
class SelfieTest {

  private static final Content CONTENT = new Content(1_000_000, Duration.ofSeconds(60));

  @TempDir Path folder;

  @CanIgnoreReturnValue
  private byte[] prepare(byte[] sent) throws IOException {
    Path from = Files.write(folder.resolve("sent"), sent);
    Path to = folder.resolve("shown");
    assertThat(CONTENT.prepare(MediaKind.SELFIE, from, to)).isEqualTo("jpg");
    return Files.readAllBytes(to);
  }

  private BufferedImage shown(byte[] sent) throws IOException {
    byte[] jpeg = prepare(sent);
    assertThat(jpeg).startsWith(0xff, 0xd8, 0xff);
    return ImageIO.read(new java.io.ByteArrayInputStream(jpeg));
  }

  @CanIgnoreReturnValue
  private Unfit refused(byte[] sent) {
    Unfit unfit = catchThrowableOfType(Unfit.class, () -> prepare(sent));
    assertThat(unfit).isNotNull();
    return unfit;
  }

  private static String colour(BufferedImage image, double x, double y) {
    int rgb = image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight()));
    StringBuilder levels = new StringBuilder();
    for (int shift : new int[] {16, 8, 0}) {
      int level = rgb >> shift & 255;
      levels.append(level < 60 ? '-' : level > 195 ? '+' : '?');
    }
    return levels.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 500, 800, 400",
    "500, 999, 400, 800",
    "800, 800, 800, 800",
    "37, 23, 37, 23",
    "900, 1, 800, 1"
  })
  void aPictureIsMadeSmallerButNeverLarger(int width, int height, int newWidth, int newHeight)
      throws IOException {
    for (byte[] sent : new byte[][] {Pictures.jpeg(width, height), Pictures.png(width, height)}) {
      BufferedImage shown = shown(sent);

      assertThat(shown.getWidth()).isEqualTo(newWidth);
      assertThat(shown.getHeight()).isEqualTo(newHeight);
    }
  }

  @Test
  void itsColoursStayWhereTheyWere() throws IOException {
    for (byte[] sent : new byte[][] {Pictures.jpeg(1000, 900), Pictures.png(1000, 900)}) {
      BufferedImage shown = shown(sent);

      assertThat(colour(shown, 0.2, 0.2)).isEqualTo("+--");
      assertThat(colour(shown, 0.8, 0.2)).isEqualTo("-+-");
      assertThat(colour(shown, 0.2, 0.8)).isEqualTo("--+");
      assertThat(colour(shown, 0.8, 0.8)).isEqualTo("+++");
    }
  }

  @Test
  void aPictureThatIsReadInStepsIsStillWhole() throws IOException {
    Content many = new Content(30_000_000, Duration.ofSeconds(60));
    Path from = Files.write(folder.resolve("sent"), Pictures.jpeg(5000, 4000));

    String unused = many.prepare(MediaKind.SELFIE, from, folder.resolve("shown"));

    BufferedImage shown = ImageIO.read(folder.resolve("shown").toFile());
    assertThat(shown.getWidth()).isEqualTo(800);
    assertThat(shown.getHeight()).isEqualTo(640);
    assertThat(colour(shown, 0.9, 0.1)).isEqualTo("-+-");
  }

  @ParameterizedTest
  @CsvSource({
    // Red is top left before; where it stands afterwards, and green.
    "1, 0.2 0.2, 0.8 0.2",
    "2, 0.8 0.2, 0.2 0.2",
    "3, 0.8 0.8, 0.2 0.8",
    "4, 0.2 0.8, 0.8 0.8",
    "5, 0.2 0.2, 0.2 0.8",
    "6, 0.8 0.2, 0.8 0.8",
    "7, 0.8 0.8, 0.8 0.2",
    "8, 0.2 0.8, 0.2 0.2"
  })
  void whatWasHeldSidewaysIsUprightAfterwards(int orientation, String red, String green)
      throws IOException {
    for (boolean little : new boolean[] {true, false}) {
      BufferedImage shown = shown(Pictures.withExif(Pictures.jpeg(100, 50), orientation, little));

      assertThat(shown.getWidth()).isEqualTo(orientation < 5 ? 100 : 50);
      assertThat(at(shown, red)).isEqualTo("+--");
      assertThat(at(shown, green)).isEqualTo("-+-");
    }
  }

  private static String at(BufferedImage image, String place) {
    String[] xy = place.split(" ");
    return colour(image, Double.parseDouble(xy[0]), Double.parseDouble(xy[1]));
  }

  @Test
  void nothingOfWhatTheCameraWroteIsLeft() throws IOException {
    byte[] sent = Pictures.withExif(Pictures.jpeg(100, 50), 6, true);

    String shown = new String(prepare(sent), StandardCharsets.ISO_8859_1);

    assertThat(new String(sent, StandardCharsets.ISO_8859_1)).contains("Exif").contains("GPS");
    assertThat(shown).doesNotContain("Exif").doesNotContain("GPS").doesNotContain("Cam");
  }

  @Test
  void aPictureThatIsAlsoAPageIsOnlyAPictureAfterwards() throws IOException {
    byte[] page = "<html><script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII);
    byte[] sent = Pictures.concat(Pictures.jpeg(60, 40), page);

    assertThat(new String(prepare(sent), StandardCharsets.ISO_8859_1)).doesNotContain("script");
  }

  @Test
  void whatIsTransparentBecomesWhite() throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0xff000000);

    assertThat(colour(shown(Pictures.encoded(image, "png")), 0.5, 0.5)).isEqualTo("+++");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void grayStaysAsDarkAsItWas(String format) throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 1600; i++) {
      image.getRaster().setSample(i % 40, i / 40, 0, 100);
    }

    int rgb = shown(Pictures.encoded(image, format)).getRaster().getSample(20, 20, 0);

    assertThat(rgb).isBetween(96, 104);
  }

  @Test
  void aWebpBecomesAJpeg() throws IOException {
    BufferedImage shown = shown(Pictures.webp(300, 200, 0, 250, 10));

    assertThat(shown.getWidth()).isEqualTo(300);
    assertThat(shown.getHeight()).isEqualTo(200);
    assertThat(colour(shown, 0.5, 0.5)).isEqualTo("-+-");
  }

  static Stream<byte[]> strangers() {
    return Stream.of(
            "<html><script>alert(document.cookie)</script></html>",
            "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "GIF89a" + "\0".repeat(40),
            "#!/bin/sh\nrm -rf /\n#............",
            "RIFF\0\0\0\0WAVEfmt ............",
            "\0\0\0\030ftypheic\0\0\0\0heicmif1............",
            "short",
            "")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void whatIsNoPictureIsRefusedWhateverItIsCalled(byte[] sent) {
    Unfit unfit = refused(sent);

    assertThat(unfit.outcome()).isEqualTo(UploadOutcome.WRONG_TYPE);
    assertThat(unfit.problem()).isEqualTo("must be a JPEG, PNG or WebP picture");
  }

  @Test
  void aPictureWithoutItsEndIsRefused() {
    for (byte[] whole :
        new byte[][] {
          Pictures.jpeg(200, 100), Pictures.png(200, 100), Pictures.webp(20, 20, 1, 2, 3)
        }) {
      for (int length = whole.length / 2; length < whole.length - 1; length += 7) {
        assertThat(refused(Arrays.copyOf(whole, length)).outcome())
            .isEqualTo(UploadOutcome.UNUSABLE);
      }
    }
  }

  @Test
  void aSizeThatIsOnlyClaimedIsNeverDecoded() {
    for (byte[] bomb :
        new byte[][] {Pictures.pngOfSize(50_000, 50_000), Pictures.webp(16_383, 16_383, 0, 0, 0)}) {
      assertThat(refused(bomb).problem())
          .isEqualTo("has more pixels than the 1 million that are allowed");
    }
  }

  @Test
  void aJpegOfThousandsOfScansIsRefusedBeforeItIsDecoded() {
    byte[] jpeg = Pictures.jpeg(20, 20);
    int scan = 0;
    while ((jpeg[scan] & 255) != 0xff || (jpeg[scan + 1] & 255) != 0xda) {
      scan++;
    }
    byte[] head = Arrays.copyOf(jpeg, scan);
    byte[] one = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
    byte[][] parts = new byte[1002][];
    Arrays.fill(parts, one);
    parts[0] = head;
    parts[1001] = new byte[] {(byte) 0xff, (byte) 0xd9};

    assertThat(refused(Pictures.concat(parts)).problem()).isEqualTo("has too many parts");
  }

  @Test
  void bytesThatWereChangedAtRandomNeverDoMoreHarmThanARefusal() throws IOException {
    long seed = Long.getLong("media.seed", System.nanoTime());
    System.out.println("pictures: -Dmedia.seed=" + seed);
    Random random = new Random(seed);
    byte[][] whole = {
      Pictures.withExif(Pictures.jpeg(60, 40), 6, true),
      Pictures.png(60, 40),
      Pictures.webp(60, 40, 9, 200, 3)
    };
    int shown = 0;
    for (int i = 0; i < 3000; i++) {
      try {
        prepare(Mutation.of(whole[i % whole.length], random));
        shown++;
      } catch (Unfit refused) {
        assertThat(refused.problem()).isNotBlank();
      }
    }
    System.out.println("pictures: of 3000 mutations " + shown + " were still pictures");
  }
}
