package com.napalmsky.gateway.http.media;

import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.FileForm;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.http.Transfer;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.contract.media.MediaContract;
import com.napalmsky.shared.contract.media.MediaContract.FindFile;
import com.napalmsky.shared.contract.media.MediaContract.FoundFile;
import com.napalmsky.shared.contract.media.MediaContract.Listener;
import com.napalmsky.shared.contract.media.MediaContract.OpenUpload;
import com.napalmsky.shared.contract.media.MediaContract.UploadEnded;
import com.napalmsky.shared.contract.media.MediaContract.UploadOpened;
import com.napalmsky.shared.contract.media.MediaKind;
import com.napalmsky.shared.runtime.BoundedPipe.Limits;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.regex.Pattern;

/** {@code /media/*} and {@code /uploads/*}. */
public final class MediaRoutes {

  // What a form adds to its file: boundaries, and headers with a long name.
  private static final long FORM_BYTES = 16 << 10;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{24}\\.(jpg|webm|mp4)");
  private static final int LONGEST_NAME = 64;

  private final Bus bus;
  private final HttpClient client;
  private final MediaConfig config;
  private final Places uploads;
  private final Downloads downloads;

  /**
   * @param client of this event loop, for the listeners of user-service
   * @param uploads shared by all loops of the process, as are the downloads
   */
  public MediaRoutes(
      Bus bus, HttpClient client, MediaConfig config, Places uploads, Places downloads) {
    this.bus = bus;
    this.client = client;
    this.config = config;
    this.uploads = uploads;
    this.downloads = new Downloads(client, downloads);
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        upload("/media/selfie", MediaKind.SELFIE),
        upload("/media/video", MediaKind.VIDEO),
        Operation.get("/uploads/{name}", Access.OPEN)
            .streaming()
            .reading(MediaRoutes::name)
            .answeredBy(this::give));
  }

  private Operation<Transfer> upload(String path, MediaKind kind) {
    return Operation.post(path, Access.SESSION, Limit.API)
        .streaming()
        .reading(inbound -> shape(inbound, kind))
        .answeredBy((caller, transfer) -> take(caller, transfer, kind));
  }

  private static Transfer shape(Inbound inbound, MediaKind kind) {
    Transfer transfer = inbound.transfer();
    if (!transfer.isForm()) {
      throw Refusal.of(415, kind.wire() + " must be sent as a file in multipart/form-data");
    }
    if (transfer.declaredBytes() > kind.mostBytes() + FORM_BYTES) {
      throw FileForm.tooLarge(kind.wire(), kind.mostBytes());
    }
    return transfer;
  }

  private Future<Answer> take(Caller caller, Transfer transfer, MediaKind kind) {
    if (!uploads.take()) {
      return Future.failedFuture(
          new ServiceFailure(Code.OVERLOADED, "too many uploads are under way"));
    }
    long declared = Math.min(transfer.declaredBytes(), kind.mostBytes());
    return bus.request(MediaContract.OPEN_UPLOAD, new OpenUpload(caller.userId(), kind, declared))
        .compose(opened -> pass(transfer, kind, opened))
        .eventually(
            () -> {
              uploads.giveBack();
              return Future.succeededFuture();
            });
  }

  private Future<Answer> pass(Transfer transfer, MediaKind kind, UploadOpened opened) {
    Listener listener = opened.listener();
    String ticket = opened.ticket();
    if (listener == null || ticket == null) {
      return Future.succeededFuture(
          switch (opened.outcome()) {
            case TOO_LARGE -> FileForm.tooLarge(kind.wire(), kind.mostBytes()).answer();
            case QUOTA_USED_UP -> Answer.tooMany("Too many uploads today", opened.retrySeconds());
            case USER_GONE -> gone();
            case OPENED -> throw ServiceFailure.unavailable("opened, but without a ticket");
          });
    }
    Limits limits = new Limits(kind.mostBytes(), config.uploadStall(), config.uploadWhole());
    return new UploadRelay(client, limits)
        .pass(transfer.form(kind.wire()), listener, ticket)
        .map(ended -> answer(kind, ended));
  }

  private static Answer answer(MediaKind kind, UploadEnded ended) {
    String problem = kind.wire() + " " + ended.problem();
    return switch (ended.outcome()) {
      case STORED -> Answer.ok(out -> out.writeStringField(kind.wire() + "Url", ended.url()));
      case TOO_LARGE -> FileForm.tooLarge(kind.wire(), kind.mostBytes()).answer();
      case WRONG_TYPE -> Answer.error(415, problem);
      case UNUSABLE -> Answer.error(400, problem);
      case DISPLACED -> Answer.error(409, problem);
      case USER_GONE -> gone();
    };
  }

  private static Answer gone() {
    return Answer.error(404, "This account does not exist any more");
  }

  private static Transfer name(Inbound inbound) {
    String name = inbound.path().text("name", LONGEST_NAME);
    if (!NAME.matcher(name).matches()) {
      throw Refusal.of(404, "There is nothing at this address");
    }
    return inbound.transfer();
  }

  private Future<Answer> give(Caller caller, Transfer transfer) {
    String name = caller.inbound().path().text("name", LONGEST_NAME);
    return bus.request(MediaContract.FIND_FILE, new FindFile(name))
        .compose(found -> give(transfer, name, found));
  }

  private Future<Answer> give(Transfer transfer, String name, FoundFile found) {
    Listener listener = found.listener();
    if (listener != null) {
      return downloads.fetch(transfer, listener, name);
    }
    String url = found.url();
    if (url == null) {
      throw ServiceFailure.unavailable("found, but nowhere");
    }
    return Future.succeededFuture(
        Answer.empty(302)
            .with(HttpHeaders.LOCATION, url)
            // Followed again while there is still time to begin.
            .with(HttpHeaders.CACHE_CONTROL, "public, max-age=" + found.urlSeconds() / 2));
  }
}
