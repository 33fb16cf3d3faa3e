package com.napalmsky.loadtest.net;

import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.time.Timer;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Keep-alive HTTP connections of one event loop, each with one request at a time. What finds no
 * free connection waits; the wait counts as part of the answer time.
 *
 * <p>Confined to its loop.
 */
public final class HttpPool {

  private static final int LARGEST = 8 << 20;
  private static final int MOST_WAITING = 50_000;
  private static final long LIMIT_MILLIS = 30_000;

  private final Network network;
  private final EventLoop loop;
  private final int most;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private int connections;

  private record Pending(FullHttpRequest request, Promise<Answer> answer) {}

  HttpPool(Network network, EventLoop loop, int most) {
    this.network = network;
    this.loop = loop;
    this.most = most;
  }

  /**
   * One request; on the loop's thread.
   *
   * @param token the session, null for none
   * @param tag If-None-Match, null for none
   * @param body JSON text, null for a GET
   */
  public Future<Answer> send(
      String path,
      String forwardedFor,
      String acceptEncoding,
      @Nullable String token,
      @Nullable String tag,
      @Nullable String body) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            body == null ? HttpMethod.GET : HttpMethod.POST,
            path,
            body == null
                ? Unpooled.EMPTY_BUFFER
                : Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8)));
    HttpHeaders headers =
        request
            .headers()
            .set("x-forwarded-for", forwardedFor)
            .set(HttpHeaderNames.USER_AGENT, "loadtest");
    if (!acceptEncoding.isEmpty()) {
      headers.set(HttpHeaderNames.ACCEPT_ENCODING, acceptEncoding);
    }
    if (token != null) {
      headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
    }
    if (tag != null) {
      headers.set(HttpHeaderNames.IF_NONE_MATCH, tag);
    }
    if (body != null) {
      headers
          .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
          .set(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes());
    }
    return enqueue(new Pending(request, Promise.promise()));
  }

  private Future<Answer> enqueue(Pending pending) {
    if (waiting.size() >= MOST_WAITING) {
      return Future.failedFuture(new Trouble("HTTP backlog of the generator is full"));
    }
    waiting.addLast(pending);
    serve();
    return pending.answer().future();
  }

  private void serve() {
    while (!waiting.isEmpty()) {
      Connection connection = idle.pollFirst();
      if (connection != null) {
        connection.start(waiting.removeFirst());
      } else if (connections < most) {
        connections++;
        new Connection().open(waiting.removeFirst());
      } else {
        return;
      }
    }
  }

  private final class Connection extends SimpleChannelInboundHandler<FullHttpResponse> {

    private final Target target = network.nextTarget();
    private @Nullable Channel channel;
    private @Nullable Pending current;
    private @Nullable Timer limit;
    private boolean gone;

    void open(Pending first) {
      ChannelInitializer<Channel> pipeline =
          new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel opened) {
              opened
                  .pipeline()
                  .addLast(
                      new HttpClientCodec(), new HttpObjectAggregator(LARGEST), Connection.this);
            }
          };
      current = first;
      var unused =
          network
              .connect(target, loop, pipeline, false)
              .onComplete(
                  opened -> {
                    channel = opened;
                    start(first);
                  },
                  cause -> end(Trouble.of(cause)));
    }

    void start(Pending pending) {
      current = pending;
      Channel open = channel;
      if (open == null) {
        return;
      }
      limit =
          Clock.after(
              loop,
              LIMIT_MILLIS,
              () -> end(new Trouble("no HTTP answer within " + LIMIT_MILLIS / 1_000 + " s")));
      pending.request().headers().set(HttpHeaderNames.HOST, target.authority());
      var unused = open.writeAndFlush(pending.request());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      Pending answered = current;
      current = null;
      if (limit != null) {
        limit.cancel();
      }
      if (HttpUtil.isKeepAlive(response)) {
        idle.addFirst(this);
      } else {
        end(new Trouble("HTTP connection closed by the server"));
      }
      if (answered != null) {
        answered.answer().complete(answer(response));
      }
      serve();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      end(new Trouble("HTTP connection closed by the server"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      end(Trouble.of(cause));
    }

    private void end(Trouble why) {
      if (gone) {
        return;
      }
      gone = true;
      connections--;
      idle.remove(this);
      if (limit != null) {
        limit.cancel();
      }
      if (channel != null) {
        var unused = channel.close();
      }
      Pending unanswered = current;
      current = null;
      if (unanswered != null) {
        unanswered.answer().fail(why);
      }
      serve();
    }
  }

  private static Answer answer(FullHttpResponse response) {
    HttpHeaders headers = response.headers();
    return new Answer(
        response.status().code(),
        headers.get(HttpHeaderNames.CONTENT_ENCODING),
        headers.get(HttpHeaderNames.ETAG),
        headers.getInt(HttpHeaderNames.RETRY_AFTER, -1),
        ByteBufUtil.getBytes(response.content()));
  }
}
