package com.napalmsky.importold.moderation;

import com.napalmsky.importold.step.Words;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Addresses that the old server read from a header which anybody may write. */
final class Addresses {

  private static final int UNIQUE_LOCAL = 0xfc;

  private Addresses() {}

  /**
   * An address of the public internet in its shortest usual form, as the gateway sees clients;
   * empty for a network, for one that stands for many (a proxy of the old server), and for none.
   */
  static Optional<String> publicHost(String inet) {
    InetAddress address = parsed(Words.host(inet));
    if (address == null
        || address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || uniqueLocal(address)) {
      return Optional.empty();
    }
    return Optional.of(NetUtil.toAddressString(address));
  }

  private static @Nullable InetAddress parsed(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    if (bytes == null) {
      return null;
    }
    try {
      // An IPv4 address mapped into IPv6 becomes an IPv4 address here.
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
    }
  }

  private static boolean uniqueLocal(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16 && (bytes[0] & 0xfe) == UNIQUE_LOCAL;
  }
}
