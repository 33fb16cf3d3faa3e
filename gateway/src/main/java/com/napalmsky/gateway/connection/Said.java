package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.event.ClientMessage;
import com.napalmsky.gateway.event.EventType;

/** An event of the right shape that waits for its turn. */
record Said(EventType<?> type, ClientMessage message, Reply reply) {}
