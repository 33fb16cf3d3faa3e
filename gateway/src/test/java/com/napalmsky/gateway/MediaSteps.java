package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.BANNED;
import static com.napalmsky.gateway.FakeServices.PAID;

import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.media.MediaContract.OpenOutcome;
import com.napalmsky.shared.contract.media.MediaContract.UploadEnded;
import com.napalmsky.shared.contract.media.MediaContract.UploadOutcome;
import java.util.Map;

/** How tests send files, and how each answer to that is brought about. */
final class MediaSteps {

  static final String FORM = "multipart/form-data; boundary=edge";

  private MediaSteps() {}

  /** A form with one file. */
  static String form(String field, String bytes) {
    return part(field, bytes) + "--edge--\r\n";
  }

  /** A file in a form that goes on. */
  static String part(String field, String bytes) {
    return "--edge\r\nContent-Disposition: form-data; name=\""
        + field
        + "\"; filename=\"any.jpg\"\r\nContent-Type: text/html\r\n\r\n"
        + bytes
        + "\r\n";
  }

  /** An upload as a user does it. */
  static Reply upload(TestGateway gateway, String token, String path, String body) {
    return token == null
        ? gateway.send("POST", path, body, "Content-Type", FORM)
        : gateway.send(
            "POST", path, body, "Content-Type", FORM, "Authorization", "Bearer " + token);
  }

  /** Brings about an answer with this status. */
  static Reply provoke(String path, int status, TestGateway gateway) {
    return path.startsWith("/media/")
        ? provokeUpload(path, status, gateway)
        : provokeFile(status, gateway);
  }

  private static Reply provokeUpload(String path, int status, TestGateway gateway) {
    FakeMedia media = gateway.services.media;
    String field = path.substring("/media/".length());
    String good = form(field, "bytes");
    switch (status) {
      case 400 -> media.ended = new UploadEnded(UploadOutcome.UNUSABLE, null, "is cut short");
      case 404 -> media.open = OpenOutcome.USER_GONE;
      case 409 -> media.ended = new UploadEnded(UploadOutcome.DISPLACED, null, "was sent again");
      case 413 -> media.open = OpenOutcome.TOO_LARGE;
      case 415 -> media.ended = new UploadEnded(UploadOutcome.WRONG_TYPE, null, "is no picture");
      case 429 -> media.open = OpenOutcome.QUOTA_USED_UP;
      case 503 -> gateway.services.down = true;
      default -> {
        // As it is.
      }
    }
    return upload(gateway, status == 401 ? null : status == 403 ? BANNED : PAID, path, good);
  }

  private static Reply provokeFile(int status, TestGateway gateway) {
    FakeMedia media = gateway.services.media;
    media.fileStatus = status;
    switch (status) {
      case 206 ->
          media.fileHeaders = Map.of("Content-Type", "image/jpeg", "Content-Range", "bytes 0-3/18");
      case 302 -> media.elsewhere = "http://127.0.0.1:1/elsewhere";
      case 503 -> gateway.services.down = true;
      default -> {
        // As it is.
      }
    }
    return gateway.get("/uploads/" + FakeMedia.NAME);
  }
}
