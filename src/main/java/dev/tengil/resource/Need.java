package dev.tengil.resource;

import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Located;
import dev.tengil.model.Span;
import dev.tengil.model.VmId;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Something that one kind's resource requires of another kind, so that kinds need not know each other. */
public sealed interface Need {

    /** Who needs it. */
    Address by();

    /** Where the file says so; null when it only follows. */
    @Nullable
    Span span();

    /**
     * A dataset that the file does not declare but a volume implies; made with profile {@code default} unless one is named, never
     * changed afterwards.
     *
     * @param owner id on disk of what is made; null when nobody said
     */
    record OfDataset(
            Address by,
            DatasetName name,
            @Nullable String profile,
            @Nullable Owner owner,
            @Nullable Span span) implements Need {}

    /**
     * An owner for a dataset that the file declares without one: of the ids that write there, when it is made.
     *
     * @param owner ids on disk
     */
    record OfOwner(
            Address by,
            DatasetName name,
            Owner owner,
            @Nullable Span span) implements Need {}

    /** A directory inside a dataset, made if missing; what exists is left as it is. */
    record OfDirectory(
            Address by,
            HostPath path,
            @Nullable Owner owner,
            @Nullable Integer mode,
            @Nullable Span span) implements Need {}

    /** A group that lends its name to an id on disk; Samba's {@code force group} knows names only. */
    record OfGroup(
            Address by, String name, int gid, @Nullable Span span) implements Need {}

    /**
     * Labels of a container, by which programs find what it offers.
     *
     * @param name the container's
     * @param address its IP address; null when it is only known once it runs
     * @param ports TCP ports that it is said to listen on
     */
    record OfDiscovery(
            Address by,
            String name,
            SortedMap<String, Located<String>> labels,
            @Nullable String address,
            List<String> ports,
            @Nullable Span span)
            implements Need {}

    /** A Debian package. */
    record OfPackage(Address by, String name, @Nullable Span span) implements Need {}

    /**
     * A port of the node that leads to a container.
     *
     * @param port of the node
     * @param inside of the container
     * @param v4 its address with the prefix of its network
     * @param gateway4 its router; null for none
     * @param v6 the same by IPv6; null where it has no address that stays
     */
    record OfForward(
            Address by,
            int port,
            String protocol,
            int inside,
            String v4,
            @Nullable String gateway4,
            @Nullable String v6,
            @Nullable String gateway6,
            @Nullable Span span)
            implements Need {}

    /** That a container is started again when its program ends by itself. */
    record OfRestart(Address by, VmId vmid, @Nullable Span span) implements Need {}

    /** An image archive on a template storage. */
    record OfImage(
            Address by,
            ImageReference image,
            String storage,
            @Nullable Span span) implements Need {}

    /** A container template on a template storage; {@code file} is the resolved file name. */
    record OfTemplate(
            Address by,
            String file,
            String storage,
            @Nullable Span span) implements Need {}

    /** A Proxmox storage over a pool or dataset, which the file names and the host has not. */
    record OfStorage(
            Address by,
            String id,
            DatasetName pool,
            @Nullable Span span) implements Need {}
}
