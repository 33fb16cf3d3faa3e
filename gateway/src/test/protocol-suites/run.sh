#!/usr/bin/env bash
# Runs the official Engine.IO 4 and Socket.IO 5 suites against our echo server.
#
#   gateway/src/test/protocol-suites/run.sh <checkout of socketio/socket.io> [port]
#
# The checkout is read only; the suites are copied to a directory below gateway/target. Needs node,
# and the classes of `mvn -pl gateway -am test-compile`.
set -euo pipefail

checkout=$(cd "${1:?path of a checkout of socketio/socket.io}" && pwd)
port=${2:-3456}
root=$(cd "$(dirname "$0")/../../../.." && pwd)
work=$root/gateway/target/protocol-suites

rm -rf "$work"
mkdir -p "$work"
cd "$root"
mvn -q -B -pl gateway -am -DskipTests test-compile dependency:build-classpath \
  -DincludeScope=test "-Dmdep.outputFile=$work/"'${project.artifactId}.txt'

classpath=gateway/target/test-classes:gateway/target/classes:$(cat "$work/gateway.txt")
java -Xmx256m -Dio.netty.leakDetection.level=paranoid -cp "$classpath" \
  com.napalmsky.gateway.socketio.EchoServer "$port" >"$work/server.log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
for _ in $(seq 60); do
  grep -q "echoes on port" "$work/server.log" && break
  sleep 1
done

suite() {
  cp -r "$checkout/docs/$1" "$work/$2"
  cd "$work/$2"
  # ws 8.18.3 without synchronous events: other combinations lose messages inside the suite itself.
  npm install --silent --no-audit --no-fund ws@8.18.3 2>/dev/null
  sed -i "s#http://localhost:3000#http://127.0.0.1:$port#" test-suite.js
  # Two cases give their client 5 ms to send a poll before they cancel or double it; on a busy
  # machine that poll never leaves, and the case fails without having asked the server anything.
  sed -i 's#sleep(5)#sleep(100)#' test-suite.js
  sed -i 's#^globalThis.WebSocket = WebSocket;#globalThis.WebSocket = class extends WebSocket { constructor(url) { super(url, { allowSynchronousEvents: false }); } };#' node-imports.js
  # Every case assumes that its client is done before the first ping, 300 ms after the start. One that
  # a busy machine delayed is tried again; one that the server fails, fails every time.
  npx mocha --retries 3 test-suite.js
}

suite engine.io-protocol/v4-test-suite engine
suite socket.io-protocol/v5-test-suite socket
if grep -q "ERROR\|LEAK" "$work/server.log"; then
  cat "$work/server.log"
  exit 1
fi
