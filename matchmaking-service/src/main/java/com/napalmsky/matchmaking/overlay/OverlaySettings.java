package com.napalmsky.matchmaking.overlay;

import java.time.Duration;

/**
 * @param max how many overlays are kept; one of many entries counts as several
 * @param idle how long an overlay is kept that nobody asks for
 * @param refresh after which an overlay in use is loaded again, in case an event was lost
 */
public record OverlaySettings(int max, Duration idle, Duration refresh) {}
