/**
 * A whole cluster as processes on this machine: the shape that Kubernetes and compose run, without
 * containers. For developers by its command line, for cluster tests as a library.
 */
@NullMarked
package com.napalmsky.cluster;

import org.jspecify.annotations.NullMarked;
