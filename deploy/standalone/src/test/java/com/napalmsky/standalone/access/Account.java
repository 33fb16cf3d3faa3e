package com.napalmsky.standalone.access;

import java.util.UUID;

/**
 * A row of the table of users.
 *
 * @param email which it has once it is permanent
 */
record Account(UUID id, String name, String email) {}
