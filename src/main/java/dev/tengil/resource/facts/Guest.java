package dev.tengil.resource.facts;

import dev.tengil.model.VmId;
import org.jspecify.annotations.Nullable;

/**
 * A container or virtual machine of the cluster.
 *
 * @param container a container, not a virtual machine
 * @param node the node that it lives on
 * @param name its host name or name
 * @param running whether it runs now
 * @param pid of its first process on the host, another one after every start; 0 when it does not run or lives elsewhere
 * @param pool the resource pool that it is in; null for none
 * @param conf the container's config; null for virtual machines and for guests of other nodes
 */
public record Guest(
        VmId vmid,
        boolean container,
        String node,
        String name,
        boolean running,
        long pid,
        @Nullable String pool,
        @Nullable GuestConf conf) {}
