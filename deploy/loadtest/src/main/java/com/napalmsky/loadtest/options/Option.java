package com.napalmsky.loadtest.options;

/** Every option there is. */
public enum Option {
  URL(
      "url",
      Kind.TEXT,
      "http://127.0.0.1:3001",
      "the server under test; several with commas: connections go to them in turn"),
  SERVER_PID(
      "server-pid",
      Kind.TEXT,
      "0",
      "its process, to read memory and CPU of; several with commas: their sum; 0: none"),
  USERS("users", Kind.COUNT, "1000", "people in the lobby"),
  SECONDS("seconds", Kind.COUNT, "30", "how long to measure"),
  RATE("rate", Kind.NUMBER, "10", "operations each second"),
  WARMUP_SECONDS("warmup-seconds", Kind.COUNT, "5", "the same before, not measured"),
  WARMUP_RATE("warmup-rate", Kind.NUMBER, "0", "operations each second before; 0: as later"),
  REST_SECONDS("rest-seconds", Kind.COUNT, "5", "how long to watch the server at rest, twice"),
  CONCURRENCY("concurrency", Kind.COUNT, "32", "people who sign up and connect at the same time"),
  LOOPS("loops", Kind.COUNT, "1", "event loops of the generator"),
  CONNECTIONS("connections", Kind.COUNT, "8", "HTTP connections, each with one request at a time"),
  PAIRS("pairs", Kind.COUNT, "50", "pairs in a call"),
  WINDOW("window", Kind.COUNT, "8", "unanswered messages of one sender when rate is 0"),
  SLOW("slow", Kind.COUNT, "10", "people who stop reading"),
  READ_SECONDS("read-seconds", Kind.COUNT, "10", "how long all read before some stop"),
  TALK_SECONDS("talk-seconds", Kind.COUNT, "0", "how long each call lasts"),
  CANDIDATES("candidates", Kind.COUNT, "4", "ICE candidates of each side of a call"),
  STEPS(
      "steps",
      Kind.TEXT,
      "2000",
      "so many people more with each step, or the sizes themselves: 100,1000,5000"),
  PERCENT("percent", Kind.NUMBER, "1", "so many of the people change each second"),
  LIMIT_MILLIS("limit-millis", Kind.COUNT, "250", "p99 of delivery at which it is too much"),
  POLLS("polls", Kind.NUMBER, "0", "queue requests each second once a step has changed; 0: none"),
  THINK_SECONDS("think-seconds", Kind.NUMBER, "4", "before an invite is answered, on average"),
  VISIT_SECONDS("visit-seconds", Kind.COUNT, "300", "how long somebody stays, on average"),
  LOSS_SECONDS("loss-seconds", Kind.COUNT, "600", "between two losses of somebody's network"),
  AWAY_SECONDS("away-seconds", Kind.NUMBER, "6", "until a lost network is back, on average"),
  POLL_SECONDS(
      "poll-seconds", Kind.COUNT, "0", "everybody asks for the queue this often; 0: never"),
  ATTEMPTS("attempts", Kind.COUNT, "10", "times to reconnect before giving up"),
  ETAG("etag", Kind.TEXT, "both", "off: every answer is built; on: If-None-Match; both: in turn"),
  METRICS("metrics", Kind.TEXT, "http://127.0.0.1:9001/metrics", "what the server counts"),
  SETTLE_SECONDS("settle-seconds", Kind.COUNT, "300", "until memory has to stay what it is"),
  COLLECT("collect", Kind.FLAG, "false", "compare the heap after collections, not RSS (jcmd)"),
  INVITE_CODE("invite-code", Kind.TEXT, "", "code to sign up with, where the server wants one"),
  ACCEPT_ENCODING("accept-encoding", Kind.TEXT, "gzip", "offered with each HTTP request"),
  NO_DEFLATE("no-deflate", Kind.FLAG, "false", "do not offer permessage-deflate"),
  DELTAS("deltas", Kind.FLAG, "false", "ask for lobby:delta instead of one event a change"),
  JSON("json", Kind.TEXT, "", "also write the result to this file");

  enum Kind {
    COUNT,
    NUMBER,
    TEXT,
    FLAG
  }

  private final String key;
  private final Kind kind;
  private final String usual;
  private final String meaning;

  Option(String key, Kind kind, String usual, String meaning) {
    this.key = key;
    this.kind = kind;
    this.usual = usual;
    this.meaning = meaning;
  }

  /** As it is written, with its dashes. */
  public String flag() {
    return "--" + key;
  }

  /** What it is without being given, unless the scenario says otherwise. */
  public String usual() {
    return usual;
  }

  /** For the list of options. */
  public String meaning() {
    return meaning;
  }

  Kind kind() {
    return kind;
  }
}
