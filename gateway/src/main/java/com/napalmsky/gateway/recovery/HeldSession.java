package com.napalmsky.gateway.recovery;

/** A session that a client can come back to. */
public sealed interface HeldSession permits OpenSession, LostSession {}
