package com.napalmsky.gateway.ipban;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A network, or a single address. An IPv4 address that is mapped into IPv6 is the IPv4 address.
 *
 * @param v4 whether it is of IPv4, whose 32 bits are the first ones of {@code high}
 * @param high the first 64 bits; those behind {@code length} are 0
 * @param low the last 64 bits
 * @param length how many bits all its addresses have in common
 */
public record IpNetwork(boolean v4, long high, long low, int length) {

  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");
  private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");
  private static final int V4_BITS = 32;
  private static final int V6_BITS = 128;
  private static final int MAPPED_BITS = V6_BITS - V4_BITS;

  public IpNetwork {
    high &= mask(length);
    low &= mask(length - Long.SIZE);
  }

  /**
   * Reads {@code address} or {@code address/length}.
   *
   * @return null when it is neither
   */
  public static @Nullable IpNetwork parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    // Stricter than the library, which also takes zones, brackets and ports.
    byte[] bytes =
        ADDRESS.matcher(address).matches()
            ? NetUtil.createByteArrayFromIpAddressString(address)
            : null;
    if (bytes == null) {
      return null;
    }
    byte[] plain = unmapped(bytes);
    int bits = plain.length * Byte.SIZE;
    if (slash < 0) {
      return of(plain, bits);
    }
    String suffix = text.substring(slash + 1);
    if (!LENGTH.matcher(suffix).matches()) {
      return null;
    }
    int length = Integer.parseInt(suffix) - (plain.length == bytes.length ? 0 : MAPPED_BITS);
    return length < 0 || length > bits ? null : of(plain, length);
  }

  private static IpNetwork of(byte[] bytes, int length) {
    ByteBuffer all = ByteBuffer.allocate(V6_BITS / Byte.SIZE).put(bytes).rewind();
    return new IpNetwork(bytes.length * Byte.SIZE == V4_BITS, all.getLong(), all.getLong(), length);
  }

  private static byte[] unmapped(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes).getAddress();
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
    }
  }

  /** Whether it is one address. */
  public boolean isAddress() {
    return length == bits();
  }

  /** Whether all addresses of the other belong to this one. */
  public boolean contains(IpNetwork other) {
    return v4 == other.v4 && length <= other.length && equals(other.widened(length));
  }

  /** The network of this length around it. */
  IpNetwork widened(int shorter) {
    return new IpNetwork(v4, high, low, shorter);
  }

  /** The shortest usual form: without a length for one address. */
  @Override
  public String toString() {
    ByteBuffer bytes = ByteBuffer.allocate(V6_BITS / Byte.SIZE).putLong(high).putLong(low).rewind();
    byte[] own = new byte[bits() / Byte.SIZE];
    bytes.get(own);
    String address = NetUtil.bytesToIpAddress(own);
    return isAddress() ? address : address + "/" + length;
  }

  private int bits() {
    return v4 ? V4_BITS : V6_BITS;
  }

  /** The first bits of a word set, as many as there are; all or none beyond its ends. */
  private static long mask(int bits) {
    if (bits <= 0) {
      return 0;
    }
    return bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
  }
}
