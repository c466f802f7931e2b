/** The file programs of the simulated host: GNU coreutils, acl, as far as tengil sends them. */
@NullMarked
package dev.tengil.host.sim.files;

import org.jspecify.annotations.NullMarked;
