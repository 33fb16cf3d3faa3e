package com.napalmsky.gateway;

import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.http.Pages;
import com.napalmsky.gateway.http.admin.Tallies;
import com.napalmsky.gateway.http.code.QrImages;
import com.napalmsky.gateway.http.health.SocketLoad;
import com.napalmsky.gateway.http.media.Places;
import com.napalmsky.gateway.http.pages.BrowserClient;
import com.napalmsky.gateway.ipban.BannedAddresses;
import com.napalmsky.gateway.limits.Windows;
import com.napalmsky.gateway.lobby.Views;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.memory.MemoryGuard;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all event loops of one gateway process have in common. Safe from any context.
 *
 * @param uploads how many may pass through, in all loops
 * @param downloads the same for files on their way to clients
 * @param edges the socket halves that are open
 * @param serving how many loops listen
 */
record GatewayShare(
    GatewayConfig config,
    Timers timers,
    SessionCache sessions,
    Windows limits,
    SocketEdge.Factory sockets,
    Views views,
    String openApi,
    MemoryGuard memory,
    BannedAddresses banned,
    QrImages qrImages,
    Pages browserClient,
    Tallies tallies,
    Places uploads,
    Places downloads,
    Set<SocketEdge> edges,
    AtomicInteger serving,
    AtomicInteger publicPort) {

  GatewayShare(
      GatewayConfig config,
      Timers timers,
      SessionCache sessions,
      Windows limits,
      SocketEdge.Factory sockets,
      Views views,
      String openApi,
      MemoryGuard memory) {
    this(
        config,
        timers,
        sessions,
        limits,
        sockets,
        views,
        openApi,
        memory,
        new BannedAddresses(timers, config.ipBans().most()),
        new QrImages(config.frontendUrl(), config.qrImagesMax()),
        BrowserClient.read(config.apiBase(), config.media().origins(), PublicApi::onWorker),
        new Tallies(timers),
        new Places(config.media().uploads(), () -> !memory.isShort()),
        new Places(config.media().downloads(), () -> true),
        ConcurrentHashMap.newKeySet(),
        new AtomicInteger(),
        new AtomicInteger());
  }

  SocketLoad socketLoad() {
    return edges.stream().map(SocketEdge::load).reduce(SocketLoad.NONE, SocketLoad::plus);
  }
}
