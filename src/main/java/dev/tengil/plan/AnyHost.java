package dev.tengil.plan;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.Parsed;
import dev.tengil.model.Severity;
import dev.tengil.resource.Applied;
import dev.tengil.resource.PlanOptions;
import dev.tengil.resource.container.ContainerInputs;
import dev.tengil.resource.facts.Accounts;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Node;
import dev.tengil.resource.facts.ResourcePools;
import dev.tengil.resource.facts.SmbBaseline;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What is wrong with a file on any host, so that it is said together with the mistakes of writing and without asking a host. The file is
 * resolved as for a host of which nothing is known, and only what no host could put right is kept.
 */
public final class AnyHost {

    /** What follows from the file alone. */
    private static final Set<String> ALWAYS = Set.of(
            "container.conflict",
            "container.device-renamed",
            "container.env",
            "container.env-file",
            "container.gateway",
            "container.image-and-template",
            "container.ip6-auto",
            "container.keyctl",
            "container.memory",
            "container.not-yet",
            "container.privileged-image",
            "container.script",
            "container.swap",
            "container.target-nested",
            "container.target-twice",
            "container.vmid-twice",
            "container.words",
            "dataset.pool-root",
            "dataset.profile-circle",
            "dataset.property",
            "dataset.reserved-mountpoint",
            "dataset.reserved-name",
            "dataset.twice",
            "dataset.unknown-profile",
            "share.reserved-path",
            "smb.contradiction",
            "smb.duplicate");

    /** What follows from the file alone, but perhaps only because something in it could not be read. */
    private static final Set<String> OF_WHOLE_FILES = Set.of("container.auto-create", "container.depends-on");

    private AnyHost() {}

    /**
     * Adds what is wrong.
     *
     * @param file the text of a file named in the configuration, relative to it
     */
    public static void check(
            Fields fields,
            Declarations declared,
            Function<String, Parsed<String>> file,
            Diagnostics diagnostics) {
        Diagnostics found = new Diagnostics();
        Resolver.resolve(
                fields,
                declared,
                new ContainerInputs(fields.value(TengilFile.DEFAULTS), Map.of(), file),
                nothing(),
                Applied.empty("main", ""),
                PlanOptions.NONE,
                found);
        boolean whole = !diagnostics.hasErrors();
        for (Diagnostic each : found.of(Severity.ERROR)) {
            if (ALWAYS.contains(each.code()) || (whole && OF_WHOLE_FILES.contains(each.code()))) {
                diagnostics.add(each);
            }
        }
    }

    private static Facts nothing() {
        return new Facts(
                new Node("", true, Collections.emptySortedMap(), 0, 0, false),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                new ResourcePools(Map.of()),
                Collections.emptySortedMap(),
                Collections.emptySortedSet(),
                List.of(),
                Collections.emptySortedMap(),
                new Accounts(
                        Collections.emptySortedMap(),
                        Collections.emptySortedMap(),
                        Collections.emptySortedSet()),
                Collections.emptySortedSet(),
                List.of(),
                SmbBaseline.NONE,
                0);
    }
}
