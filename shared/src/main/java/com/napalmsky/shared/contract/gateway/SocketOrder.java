package com.napalmsky.shared.contract.gateway;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.UUID;

/** What a gateway is asked to do with sockets it holds. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "order")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SocketOrder.Emit.class, name = "emit"),
  @JsonSubTypes.Type(value = SocketOrder.Close.class, name = "close"),
  @JsonSubTypes.Type(value = SocketOrder.Show.class, name = "show"),
  @JsonSubTypes.Type(value = SocketOrder.Probe.class, name = "probe")
})
public sealed interface SocketOrder {

  /** Send an event. */
  record Emit(ClientEvent event) implements SocketOrder {}

  /** End the socket. */
  record Close(CloseReason reason) implements SocketOrder {}

  /**
   * The people in the viewer's last answer: changes of them are his to see from now on.
   *
   * @param hidden of whom he is never told
   */
  record Show(List<UUID> people, List<UUID> hidden) implements SocketOrder {
    public Show {
      people = List.copyOf(people);
      hidden = List.copyOf(hidden);
    }
  }

  /**
   * Find out whether the client is still there: it is asked at once, and the socket is closed as
   * {@link CloseReason#PING_TIMEOUT} when nothing was heard from it within a few seconds. Carried
   * out means asked; a close is reported as every loss of a socket is.
   */
  record Probe() implements SocketOrder {}
}
