package com.napalmsky.loadtest.scenario;

/** WebRTC signalling of the size that browsers send. */
final class Signals {

  private static final String CANDIDATE = "candidate:";
  private static final String SDP = sdp();

  private Signals() {}

  /** Payload of {@code rtc:offer} or {@code rtc:answer}. */
  static String description(String roomId, String type) {
    return "{\"roomId\":\""
        + roomId
        + "\",\""
        + type
        + "\":{\"type\":\""
        + type
        + "\",\"sdp\":\""
        + SDP
        + "\"}}";
  }

  /** Payload of {@code rtc:ice}; the number can be read again from what arrives. */
  static String candidate(String roomId, long number) {
    return "{\"roomId\":\""
        + roomId
        + "\",\"candidate\":{\"candidate\":\""
        + CANDIDATE
        + number
        + " 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.0.5 rport 46154 generation 0"
        + " ufrag Zq8x network-cost 999\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0,"
        + "\"usernameFragment\":\"Zq8x\"}}";
  }

  /** The number of a candidate that arrived; -1 when there is none. */
  static long number(String payload) {
    int start = payload.indexOf(CANDIDATE);
    if (start < 0) {
      return -1;
    }
    start += CANDIDATE.length();
    int end = start;
    while (end < payload.length() && Character.isDigit(payload.charAt(end))) {
      end++;
    }
    return end == start || end - start > 18 ? -1 : Long.parseLong(payload, start, end, 10);
  }

  /** Audio and video with the codecs of a browser: about 4 KB. */
  private static String sdp() {
    StringBuilder sdp = new StringBuilder();
    line(sdp, "v=0");
    line(sdp, "o=- 4611731400430051336 2 IN IP4 127.0.0.1");
    line(sdp, "s=-");
    line(sdp, "t=0 0");
    line(sdp, "a=group:BUNDLE 0 1");
    line(sdp, "a=msid-semantic: WMS 9f2c1f1e-6b0b-4b9e-8a57-5d1f8f8b2f11");
    media(sdp, "audio", "0", 111, "opus/48000/2", 9);
    media(sdp, "video", "1", 96, "VP8/90000", 24);
    return sdp.toString();
  }

  private static void media(
      StringBuilder sdp, String kind, String mid, int firstType, String codec, int codecs) {
    line(sdp, "m=" + kind + " 9 UDP/TLS/RTP/SAVPF " + firstType);
    line(sdp, "c=IN IP4 0.0.0.0");
    line(sdp, "a=ice-ufrag:Zq8x");
    line(sdp, "a=ice-pwd:0a1b2c3d4e5f60718293a4b5");
    line(sdp, "a=fingerprint:sha-256 " + "7B:".repeat(31) + "7B");
    line(sdp, "a=setup:actpass");
    line(sdp, "a=mid:" + mid);
    line(sdp, "a=sendrecv");
    line(sdp, "a=rtcp-mux");
    for (int i = 0; i < codecs; i++) {
      int type = firstType + i;
      line(sdp, "a=rtpmap:" + type + " " + codec);
      line(sdp, "a=rtcp-fb:" + type + " goog-remb");
      line(sdp, "a=rtcp-fb:" + type + " transport-cc");
    }
    line(sdp, "a=ssrc:3570614608 cname:4TOk42mSjXCkVIa6");
  }

  private static void line(StringBuilder sdp, String line) {
    // As JSON text has it.
    sdp.append(line).append("\\r\\n");
  }
}
