package com.napalmsky.user.session;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * The part of an address by which its owner knows again where he signed in, and which does not tell
 * whoever looks over his shoulder which host it was.
 */
final class Network {

  private Network() {}

  /** The /24 of an IPv4 address, the /48 of an IPv6 one, empty for anything else. */
  static String of(@Nullable String address) {
    byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      return "";
    }
    int kept = bytes.length == 4 ? 3 : 6;
    for (int i = kept; i < bytes.length; i++) {
      bytes[i] = 0;
    }
    return NetUtil.bytesToIpAddress(bytes) + "/" + kept * 8;
  }
}
