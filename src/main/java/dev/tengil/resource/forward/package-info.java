/** Ports of the node that lead to containers: one table of ours in nftables, loaded by one unit of ours. */
@NullMarked
package dev.tengil.resource.forward;

import org.jspecify.annotations.NullMarked;
