/** The port to a machine: run a command, read files, write a file, hold the lock. Implementations: local, ssh, simulated. */
@NullMarked
package dev.tengil.host;

import org.jspecify.annotations.NullMarked;
