package dev.tengil.check;

import dev.tengil.model.Diagnostic;
import dev.tengil.resource.Applied;
import dev.tengil.resource.Resource;
import dev.tengil.resource.facts.Facts;
import java.util.Collection;
import java.util.List;

/** All preflight rules. */
public final class Checks {
    private static final List<Rule> RULES = List.of(
            new PoolHealth(),
            new Mounted(),
            new NeverMounted(),
            new MountpointTwice(),
            new Limits(),
            new Memory(),
            new Cores(),
            new DiskSpace(),
            new ArchiveSpace(),
            new NetworkAddresses(),
            new Gateways(),
            new Hostnames(),
            new Capabilities(),
            new WhoWrites(),
            new Hardlinks());

    private Checks() {}

    /** What would fail or surprise if this were applied, in the order of the rules. */
    public static List<Diagnostic> run(Collection<? extends Resource> desired, Facts facts, Applied applied) {
        Preflight preflight = new Preflight(desired, facts, applied);
        return RULES.stream().flatMap(rule -> rule.check(preflight).stream()).toList();
    }
}
