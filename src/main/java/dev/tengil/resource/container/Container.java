package dev.tengil.resource.container;

import dev.tengil.model.Address;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Secret;
import dev.tengil.model.Span;
import dev.tengil.model.VmId;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.HealthCheck;
import dev.tengil.resource.Resource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A container with every choice made.
 *
 * @param name as the file names it
 * @param hostname its host name; for an existing container the one that it has
 * @param vmidAsked whether the file names the vmid
 * @param origin what it is made from
 * @param root the root disk; null for an existing container
 * @param privileged whether its root is the host's; null when nobody said (existing containers)
 * @param options owned options of Proxmox by name, in canonical form
 * @param defaults options given at creation only
 * @param net owned eth0; null when not owned
 * @param mounts bind mounts, parents first
 * @param files raw mount entries of single files, by target
 * @param devices device strings by path on the host
 * @param raw raw lines that stand once, by key
 * @param tags owned tags without the mark
 * @param labels owned labels; they are kept in the state alone
 * @param postInstall programs to run inside after the first start
 * @param update how it is updated
 * @param health how to tell that it works; null when nobody said
 * @param healthyFirst those of {@code dependsOn} that must be healthy, and not only have been started
 * @param state {@code running}, {@code stopped}, or null
 * @param choices to be kept
 * @param notes what a person should know when it is made
 */
public record Container(
        Address address,
        String name,
        String hostname,
        VmId vmid,
        boolean vmidAsked,
        Origin origin,
        @Nullable Root root,
        @Nullable Boolean privileged,
        SortedMap<String, String> options,
        SortedMap<String, String> defaults,
        @Nullable PropertyString net,
        List<Mount> mounts,
        SortedMap<String, String> files,
        SortedMap<String, String> devices,
        List<Variable> env,
        SortedMap<String, String> raw,
        SortedSet<String> tags,
        SortedMap<String, String> labels,
        List<List<String>> postInstall,
        UpdateRule update,
        @Nullable HealthCheck health,
        Set<Address> healthyFirst,
        @Nullable String state,
        Set<Address> dependsOn,
        SortedMap<String, String> choices,
        List<String> notes,
        Span span)
        implements Resource {

    /** The kind's word in addresses. */
    public static final String KIND = "container";

    public Container {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        defaults = Collections.unmodifiableSortedMap(new TreeMap<>(defaults));
        mounts = List.copyOf(mounts);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        devices = Collections.unmodifiableSortedMap(new TreeMap<>(devices));
        env = List.copyOf(env);
        raw = Collections.unmodifiableSortedMap(new TreeMap<>(raw));
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        postInstall = List.copyOf(postInstall);
        healthyFirst = Set.copyOf(healthyFirst);
        dependsOn = Set.copyOf(dependsOn);
        choices = Collections.unmodifiableSortedMap(new TreeMap<>(choices));
        notes = List.copyOf(notes);
    }

    /** The address of the container of this name. */
    public static Address addressOf(String name) {
        return new Address(KIND, name);
    }

    /** The labels that it was given by the last apply. */
    public static SortedMap<String, String> labels(@Nullable AppliedResource applied) {
        SortedMap<String, String> labels = new TreeMap<>();
        if (applied != null) {
            applied.fields().forEach((name, value) -> {
                if (name.startsWith(ContainerFields.LABEL)) {
                    labels.put(name.substring(ContainerFields.LABEL.length()), value);
                }
            });
        }
        return labels;
    }

    /** What a container is made from. */
    public sealed interface Origin {
        /** An OCI image, pinned to a digest; {@code volid} is its archive. */
        record Image(ImageReference reference, String volid) implements Origin {}

        /** A template of Proxmox. */
        record Template(String file, String volid) implements Origin {}

        /** It exists already, and only what the file names is managed. */
        record Existing() implements Origin {}
    }

    /**
     * The root disk.
     *
     * @param bytes its size
     * @param owned whether the file gives the size
     */
    public record Root(String storage, long bytes, boolean owned) {}

    /** A variable: exactly one of value and secret is set. */
    public record Variable(
            String name, @Nullable String value, @Nullable Secret secret) {}
}
