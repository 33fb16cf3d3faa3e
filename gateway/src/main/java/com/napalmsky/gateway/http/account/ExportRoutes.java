package com.napalmsky.gateway.http.account;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.ExportContract;
import com.napalmsky.shared.contract.user.ExportContract.Export;
import com.napalmsky.shared.contract.user.ExportContract.Exported;
import com.napalmsky.shared.contract.user.ExportContract.Section;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;

/**
 * {@code /user/me/export}. Open to the banned too: what is kept about them stays theirs to know.
 */
public final class ExportRoutes {

  private final Bus bus;

  public ExportRoutes(Bus bus) {
    this.bus = bus;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/user/me/export", Access.BANNED_TOO, Limit.API, Limit.EXPORTS)
            .answeredBy(this::export));
  }

  private Future<Answer> export(Caller caller) {
    return bus.request(ExportContract.EXPORT, new Export(caller.userId()))
        .map(
            exported ->
                Answer.ok(out -> write(out, exported))
                    .with(
                        "content-disposition", "attachment; filename=\"napalm-sky-export.json\""));
  }

  private static void write(JsonGenerator out, Exported exported) throws IOException {
    out.writeStringField("exportedAt", exported.at().toString());
    out.writeArrayFieldStart("incomplete");
    for (Section section : exported.sections()) {
      if (!section.complete()) {
        out.writeString(section.name());
      }
    }
    out.writeEndArray();
    for (Section section : exported.sections()) {
      out.writeFieldName(section.name());
      out.writeRawValue(section.entries());
    }
  }
}
