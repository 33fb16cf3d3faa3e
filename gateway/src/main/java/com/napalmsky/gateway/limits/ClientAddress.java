package com.napalmsky.gateway.limits;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a client's true address: the socket's own, or what the outermost of our own proxies saw.
 * What a client writes into {@code X-Forwarded-For} itself stands left of that and is never looked
 * at.
 *
 * @param trustedHops how many proxies of ours stand before the gateway; 0 for none
 */
public record ClientAddress(int trustedHops) {

  /**
   * The address, in its shortest usual form.
   *
   * @param socketAddress of the peer, as an IP address
   * @param forwardedFor all values of the header, in order; ignored without trusted hops
   * @return the item that the outermost trusted proxy has added; the socket's address when the
   *     header is shorter than that or holds no address there, since the request then took another
   *     way
   */
  public String of(String socketAddress, List<String> forwardedFor) {
    String own = canonical(socketAddress);
    String peer = own == null ? socketAddress : own;
    if (trustedHops == 0 || forwardedFor.isEmpty()) {
      return peer;
    }
    List<String> items = new ArrayList<>();
    for (String value : forwardedFor) {
      for (String item : value.split(",", -1)) {
        items.add(item.trim());
      }
    }
    if (items.size() < trustedHops) {
      return peer;
    }
    String seen = canonical(items.get(items.size() - trustedHops));
    return seen == null ? peer : seen;
  }

  /**
   * What limits count by: the address itself, or the /64 of an IPv6 address, since one host has all
   * addresses of it.
   *
   * @param address as {@link #of} gave it
   */
  public static String limitKey(String address) {
    if (!NetUtil.isValidIpV6Address(address)) {
      return address;
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    for (int i = 8; i < 16; i++) {
      bytes[i] = 0;
    }
    return text(bytes) + "/64";
  }

  private static @Nullable String canonical(String item) {
    String address = withoutPort(item);
    int zone = address.indexOf('%');
    if (zone > 0) {
      address = address.substring(0, zone);
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes == null ? null : text(bytes);
  }

  private static String withoutPort(String item) {
    if (item.startsWith("[")) {
      int end = item.indexOf(']');
      return end < 0 ? item : item.substring(1, end);
    }
    int colon = item.indexOf(':');
    boolean onlyColon = colon >= 0 && item.indexOf(':', colon + 1) < 0;
    return onlyColon ? item.substring(0, colon) : item;
  }

  private static String text(byte[] bytes) {
    try {
      // An IPv4 address mapped into IPv6 becomes an IPv4 address here.
      return NetUtil.toAddressString(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
    }
  }
}
