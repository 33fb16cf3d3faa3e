package com.napalmsky.gateway.http.code;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * QR images of access codes: the address at which a newcomer begins with the code. Kept by code,
 * those least asked for forgotten first. Safe from any context.
 */
public final class QrImages {

  private static final int PIXELS = 300;
  private static final Map<EncodeHintType, Object> HINTS =
      Map.of(EncodeHintType.MARGIN, 2, EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M);

  private final String start;
  private final int most;
  private final Cache<String, byte[]> drawn;
  private final LongAdder evictions = new LongAdder();
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * @param frontendUrl where the browser client is
   * @param most images kept; as many may wait to be drawn, one more is refused as overloaded
   */
  public QrImages(String frontendUrl, int most) {
    this.start = frontendUrl.replaceAll("/+$", "") + "/onboarding?inviteCode=";
    this.most = most;
    this.drawn =
        Caffeine.newBuilder()
            .maximumSize(most)
            .executor(Runnable::run)
            .<String, byte[]>evictionListener((code, image, cause) -> evictions.increment())
            .build();
  }

  /** Keeps a quarter of what it may, or all of it again; the rest is drawn anew. */
  public void keepLess(boolean less) {
    drawn
        .policy()
        .eviction()
        .ifPresent(bound -> bound.setMaximum(less ? Math.max(1, most / 4) : most));
  }

  /**
   * The image of a code.
   *
   * @param worker draws it, the first time
   */
  Future<Buffer> of(String code, Function<Callable<Buffer>, Future<Buffer>> worker) {
    byte[] image = drawn.getIfPresent(code);
    if (image != null) {
      return Future.succeededFuture(Buffer.buffer(image));
    }
    if (waiting.incrementAndGet() > most) {
      waiting.decrementAndGet();
      return Future.failedFuture(new ServiceFailure(Code.OVERLOADED, "too many images wait"));
    }
    return worker
        .apply(
            () -> {
              byte[] bytes = draw(start + code);
              drawn.put(code, bytes);
              return Buffer.buffer(bytes);
            })
        .onComplete(done -> waiting.decrementAndGet());
  }

  private static byte[] draw(String text) throws WriterException {
    BitMatrix modules =
        new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, PIXELS, PIXELS, HINTS);
    return Png.of(modules);
  }

  /** Images kept now. */
  public long size() {
    return drawn.estimatedSize();
  }

  /** Images that may be kept. */
  public int most() {
    return most;
  }

  /** Images forgotten for want of room. */
  public long evictions() {
    return evictions.sum();
  }
}
