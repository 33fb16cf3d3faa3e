package com.napalmsky.user.media.content;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.FileImageOutputStream;

/**
 * Makes a new JPEG of a picture: upright, at most 800 pixels wide and high, on white where it was
 * transparent, and without anything else the file carried.
 *
 * <p>No screen, font or graphics environment is needed.
 */
final class Selfie {

  private static final int MOST_SIDE = 800;
  // Decoded this large at most: 16 MiB, and still more than double of what is kept.
  private static final int MOST_DECODED_SIDE = 2048;
  private static final float QUALITY = 0.85f;
  private static final int WHITE = 255;

  private Selfie() {}

  /**
   * @param mostPixels how many a picture may have before it is decoded
   * @throws Unfit when it cannot be used
   */
  static void reencode(Path from, Path to, long mostPixels) throws IOException {
    PictureFile file;
    try (Source source = Source.open(from)) {
      file = PictureFile.of(source);
    }
    BufferedImage decoded = decode(from, file.type(), mostPixels);
    write(Shrinking.to(MOST_SIDE, new Pixels(decoded), file.orientation()), to);
  }

  private static BufferedImage decode(Path from, PictureFile.Type type, long mostPixels)
      throws IOException {
    ImageReader reader = reader(type);
    try (FileImageInputStream in = new FileImageInputStream(from.toFile())) {
      // Without metadata: a compressed text inside may be large beyond all bounds.
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if ((long) width * height > mostPixels) {
        throw Unfit.unusable(
            "has more pixels than the " + mostPixels / 1_000_000 + " million that are allowed");
      }
      ImageReadParam how = reader.getDefaultReadParam();
      int step = (Math.max(width, height) + MOST_DECODED_SIDE - 1) / MOST_DECODED_SIDE;
      how.setSourceSubsampling(step, step, 0, 0);
      return asSrgb(reader.read(0, how));
    } catch (IOException | RuntimeException unreadable) {
      if (unreadable instanceof Unfit unfit) {
        throw unfit;
      }
      // Decoders fail on hostile bytes in every way there is.
      throw Unfit.damaged();
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader(PictureFile.Type type) throws IOException {
    // Chosen by us, so that no other type is ever decoded, whatever a decoder believes to see.
    return switch (type) {
      case WEBP -> new WebPImageReaderSpi().createReaderInstance(null);
      case JPEG -> first(ImageIO.getImageReadersByFormatName("jpeg"));
      case PNG -> first(ImageIO.getImageReadersByFormatName("png"));
    };
  }

  private static <T> T first(Iterator<T> all) {
    if (!all.hasNext()) {
      throw new NoSuchElementException("this Java has no codec for a common picture type");
    }
    return all.next();
  }

  private static BufferedImage asSrgb(BufferedImage image) {
    ColorSpace space = image.getColorModel().getColorSpace();
    if (space.isCS_sRGB() || space.getType() == ColorSpace.TYPE_GRAY) {
      return image;
    }
    BufferedImage plain =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    return new ColorConvertOp(null).filter(image, plain);
  }

  private static void write(Shrinking.Picture picture, Path to) throws IOException {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, picture.width(), picture.height(), picture.rgb(), 0, picture.width());
    ImageWriter writer = first(ImageIO.getImageWritersByFormatName("jpeg"));
    try (FileImageOutputStream out = new FileImageOutputStream(to.toFile())) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
  }

  /** The rows of a decoded picture, as opaque RGB. */
  private static final class Pixels implements Shrinking.Rows {

    private final BufferedImage image;
    private final boolean gray;

    Pixels(BufferedImage image) {
      this.image = image;
      // Java takes gray values for linear ones and would make the picture brighter than it is.
      this.gray =
          image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
              && image.getColorModel().getNumComponents() <= 2;
    }

    @Override
    public int width() {
      return image.getWidth();
    }

    @Override
    public int height() {
      return image.getHeight();
    }

    @Override
    public void row(int y, int[] into) {
      if (gray) {
        grayRow(y, into);
      } else {
        image.getRGB(0, y, image.getWidth(), 1, into, 0, image.getWidth());
      }
      for (int x = 0; x < image.getWidth(); x++) {
        int alpha = into[x] >>> 24;
        if (alpha != 255) {
          into[x] =
              over(into[x] >> 16 & 255, alpha) << 16
                  | over(into[x] >> 8 & 255, alpha) << 8
                  | over(into[x] & 255, alpha);
        }
      }
    }

    private static int over(int value, int alpha) {
      return (value * alpha + WHITE * (255 - alpha)) / 255;
    }

    private void grayRow(int y, int[] into) {
      ColorModel model = image.getColorModel();
      Raster row =
          image
              .getRaster()
              .createChild(0, y, image.getWidth(), 1, 0, 0, null)
              .createTranslatedChild(0, 0);
      int most = (1 << model.getComponentSize(0)) - 1;
      boolean alpha = model.hasAlpha();
      Point at = new Point();
      for (; at.x < image.getWidth(); at.x++) {
        int value = row.getSample(at.x, 0, 0) * 255 / most;
        int cover = alpha ? row.getSample(at.x, 0, 1) * 255 / most : 255;
        into[at.x] = cover << 24 | value << 16 | value << 8 | value;
      }
    }
  }
}
