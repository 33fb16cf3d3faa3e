package com.napalmsky.user.media.content;

/** Makes a picture smaller: each new pixel is the mean of the area it stands for. */
final class Shrinking {

  /** A picture that is read row by row, from the top. */
  interface Rows {

    int width();

    int height();

    /** Puts a row into an array of at least {@link #width}, as {@code 0x??RRGGBB}. */
    void row(int y, int[] into);
  }

  /**
   * @param rgb row by row
   */
  record Picture(int width, int height, int[] rgb) {}

  private Shrinking() {}

  /**
   * @param mostSide of the result; a picture that is smaller keeps its size
   * @param orientation as Exif has it, 1 to 8; the result is upright
   */
  static Picture to(int mostSide, Rows rows, int orientation) {
    int side = Math.max(rows.width(), rows.height());
    double scale = Math.max(1, (double) side / mostSide);
    int width = Math.max(1, (int) Math.round(rows.width() / scale));
    int height = Math.max(1, (int) Math.round(rows.height() / scale));
    return turned(shrunk(rows, width, height), orientation);
  }

  private static Picture shrunk(Rows rows, int width, int height) {
    int[] rgb = new int[width * height];
    int[] from = new int[rows.width()];
    float[] row = new float[3 * width];
    float[] sum = new float[3 * width];
    double step = (double) rows.height() / height;
    int y = 0;
    double rest = step;
    for (int fromY = 0; fromY < rows.height() && y < height; fromY++) {
      rows.row(fromY, from);
      across(from, row, width);
      double left = 1;
      while (left > 1e-9 && y < height) {
        double part = Math.min(left, rest);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += (float) (row[i] * part);
        }
        left -= part;
        rest -= part;
        if (rest <= 1e-9) {
          put(sum, (float) step, rgb, y * width);
          java.util.Arrays.fill(sum, 0);
          rest = step;
          y++;
        }
      }
    }
    if (y < height) {
      put(sum, (float) (step - rest), rgb, y * width);
    }
    return new Picture(width, height, rgb);
  }

  /** One row, to the new width. */
  private static void across(int[] from, float[] to, int width) {
    double step = (double) from.length / width;
    for (int x = 0; x < width; x++) {
      double begin = x * step;
      double end = Math.min(from.length, begin + step);
      float red = 0;
      float green = 0;
      float blue = 0;
      for (int i = (int) begin; i < end; i++) {
        float part = (float) (Math.min(end, i + 1) - Math.max(begin, i));
        red += part * (from[i] >> 16 & 255);
        green += part * (from[i] >> 8 & 255);
        blue += part * (from[i] & 255);
      }
      float all = (float) (end - begin);
      to[3 * x] = red / all;
      to[3 * x + 1] = green / all;
      to[3 * x + 2] = blue / all;
    }
  }

  private static void put(float[] sum, float weight, int[] rgb, int at) {
    for (int x = 0; 3 * x < sum.length; x++) {
      rgb[at + x] =
          level(sum[3 * x] / weight) << 16
              | level(sum[3 * x + 1] / weight) << 8
              | level(sum[3 * x + 2] / weight);
    }
  }

  private static int level(float value) {
    return Math.max(0, Math.min(255, Math.round(value)));
  }

  private static Picture turned(Picture lying, int orientation) {
    if (orientation == 1) {
      return lying;
    }
    boolean sideways = orientation >= 5;
    int width = sideways ? lying.height() : lying.width();
    int height = sideways ? lying.width() : lying.height();
    int[] rgb = new int[width * height];
    int right = lying.width() - 1;
    int bottom = lying.height() - 1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int fromX =
            switch (orientation) {
              case 2, 3 -> right - x;
              case 5, 6 -> y;
              case 7, 8 -> right - y;
              default -> x;
            };
        int fromY =
            switch (orientation) {
              case 3, 4 -> bottom - y;
              case 5, 8 -> x;
              case 6, 7 -> bottom - x;
              default -> y;
            };
        rgb[y * width + x] = lying.rgb()[fromY * lying.width() + fromX];
      }
    }
    return new Picture(width, height, rgb);
  }
}
