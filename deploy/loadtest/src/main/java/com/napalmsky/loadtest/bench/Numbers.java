package com.napalmsky.loadtest.bench;

import java.util.List;
import java.util.stream.DoubleStream;

/** The numbers that the system has to hold on one core. */
final class Numbers {

  private static final double LIMIT_MILLIS = 250;

  private static final List<String> STEPS =
      List.of(
          "invite until notify",
          "accept until start",
          "room:join until acknowledged",
          "offer",
          "answer",
          "candidate",
          "chat",
          "end until finalized");

  /** In the order in which they are read. */
  static final List<Row> ALL =
      List.of(
          Row.atMost(
              "resident memory, 1,000 in the lobby, deflate on",
              "lobby",
              piece -> piece.figure("server RSS after changes"),
              "MB",
              260,
              150,
              "what five services, a JVM and its compiled code take before anybody comes"),
          Row.atMost(
              "resident memory of each idle lobby user, deflate used",
              "idle",
              piece -> piece.figure("RSS per user beyond the empty server"),
              "KB",
              12,
              7,
              "garbage of the sign-ups that no collection has been after yet; live it is a third"),
          Row.atMost(
              "10,000 users, 1 % changing each second: p99 of delivery",
              "curve",
              piece -> piece.figure("10000 users: delivery p99"),
              "ms",
              LIMIT_MILLIS,
              LIMIT_MILLIS,
              "changes wait up to 100 ms for their tick"),
          Row.atMost(
              "their resident memory",
              "curve",
              piece -> piece.figure("10000 users: server RSS"),
              "MB",
              520,
              400,
              "sockets, and garbage"),
          Row.atMost(
              "18,000 users, 1 % changing each second: p99 of delivery",
              "curve",
              piece -> piece.figure("18000 users: delivery p99"),
              "ms",
              LIMIT_MILLIS,
              LIMIT_MILLIS,
              "changes wait up to 100 ms for their tick"),
          Row.atMost(
              "their resident memory",
              "curve",
              piece -> piece.figure("18000 users: server RSS"),
              "MB",
              520,
              400,
              "sockets, and garbage"),
          Row.atLeast(
              "users held, 1 % changing each second, all polling each 5 s",
              "ramp",
              piece -> piece.figure("users held"),
              "users",
              10_000,
              18_000,
              "files that the generator's process may open"),
          Row.atMost(
              "resident memory of 9,000 who poll",
              "ramp",
              piece -> piece.figure("9000 users: server RSS"),
              "MB",
              520,
              400,
              "what the young generation holds of their polls"),
          Row.atMost(
              "resident memory of 18,000 who poll",
              "ramp",
              piece -> piece.figure("18000 users: server RSS"),
              "MB",
              520,
              400,
              "the same"),
          Row.atMost(
              "CPU per lobby change, 1,000 users, each looking at 100",
              "lobby",
              piece -> piece.figure("server CPU per change, beyond rest"),
              "ms",
              2,
              0.5,
              "a write to each socket that sees it"),
          Row.atMost(
              "CPU per delivered lobby event",
              "lobby",
              piece -> piece.figure("server CPU per delivery, beyond rest"),
              "µs",
              20,
              8,
              "the kernel's send"),
          Row.atLeast(
              "`/room/queue`, 10,000 users, answers built",
              "poll",
              piece -> piece.figure("built: answers"),
              "/s",
              1_000,
              3_000,
              "gzip of 100 people"),
          Row.atMost(
              "its p99",
              "poll",
              piece -> piece.p99("GET /room/queue, built"),
              "ms",
              50,
              50,
              "eight connections ask as fast as they can"),
          Row.atLeast(
              "relayed `rtc:ice`, deflate as browsers",
              "relay",
              piece -> piece.figure("relayed"),
              "/s",
              10_000,
              25_000,
              "inflating each, and two system calls"),
          Row.atLeast(
              "the same without deflate",
              "relay-plain",
              piece -> piece.figure("relayed"),
              "/s",
              20_000,
              40_000,
              "two system calls each"),
          Row.atMost(
              "calls, 1,000 users, 20/s: slowest step, p99",
              "calls",
              Numbers::slowestStep,
              "ms",
              50,
              15,
              "the commit of the history, on the other core"),
          Row.atMost(
              "calls, 3,000 users, 100/s: slowest step, p99",
              "calls-100",
              Numbers::slowestStep,
              "ms",
              50,
              15,
              "the same"),
          Row.atMost(
              "calls that failed, of those at 100/s",
              "calls-100",
              piece -> piece.figure("calls failed"),
              "",
              0,
              0,
              "–"),
          Row.atMost(
              "CPU per whole call at 20/s",
              "calls",
              piece -> piece.figure("server CPU per call"),
              "ms",
              10,
              4,
              "code that is not compiled yet: at 100/s it is the next row"),
          Row.atMost(
              "CPU per whole call at 100/s",
              "calls-100",
              piece -> piece.figure("server CPU per call"),
              "ms",
              10,
              4,
              "some 40 events and 3 transactions"),
          Row.atMost(
              "bytes to clients, 1,000 users, 10 changes/s, old clients",
              "lobby",
              piece -> piece.figure("bytes to clients on the wire"),
              "MB/min",
              5,
              2,
              "100 viewers of each change, and a UUID is 36 B of text"),
          Row.atMost(
              "the same, clients that ask for `deltas`",
              "lobby-deltas",
              piece -> piece.figure("bytes to clients on the wire"),
              "MB/min",
              5,
              2,
              "the same; one change to a frame at this rate"),
          Row.atMost(
              "p99 of delivery meanwhile",
              "lobby",
              piece ->
                  Math.max(piece.p99("delivery of a leave"), piece.p99("delivery of a return")),
              "ms",
              LIMIT_MILLIS,
              LIMIT_MILLIS,
              "changes wait up to 100 ms for their tick"),
          Row.atLeast(
              "joining, 1,000 users, 32 at a time, fresh server",
              "join",
              piece -> piece.figure("joins"),
              "/s",
              100,
              400,
              "code that is not compiled yet: the first 1,000 of a process"),
          Row.atMost(
              "start to ready, kept data",
              "join",
              Piece::start,
              "s",
              8,
              3,
              "PostgreSQL's own start, and classes, on one core"));

  private Numbers() {}

  private static double slowestStep(Piece piece) {
    return STEPS.stream()
        .map(piece::p99)
        .flatMapToDouble(DoubleStream::of)
        // NaN is the largest: a step that was not measured is not left out.
        .reduce(0, Math::max);
  }
}
