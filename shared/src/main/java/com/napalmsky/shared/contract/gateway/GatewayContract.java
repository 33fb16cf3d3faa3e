package com.napalmsky.shared.contract.gateway;

import com.napalmsky.shared.bus.Mailbox;
import java.util.List;

/** What services may ask of a gateway's event loop. */
public final class GatewayContract {

  private GatewayContract() {}

  /**
   * @param sockets ids within the loop
   */
  public record Deliver(List<Long> sockets, SocketOrder order) {
    public Deliver {
      sockets = List.copyOf(sockets);
    }
  }

  /**
   * @param absent those sockets that the loop does not hold; the order was carried out, that is
   *     queued for sending, on all others
   */
  public record Delivered(List<Long> absent) {
    public Delivered {
      absent = List.copyOf(absent);
    }
  }

  /** Addressed by {@link SocketRef#loop()}. Orders of one sender are carried out in order. */
  public static final Mailbox<Deliver, Delivered> DELIVER =
      new Mailbox<>("gateway.v1.deliver", Deliver.class, Delivered.class);
}
