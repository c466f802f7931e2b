package dev.tengil.cli;

import dev.tengil.check.Checks;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.Severity;
import dev.tengil.plan.AnyHost;
import dev.tengil.plan.Declarations;
import dev.tengil.plan.Desired;
import dev.tengil.plan.Kinds;
import dev.tengil.plan.Planner;
import dev.tengil.plan.Resolver;
import dev.tengil.plan.TengilFile;
import dev.tengil.resource.Applied;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.PlanOptions;
import dev.tengil.resource.Pulls;
import dev.tengil.resource.container.ContainerInputs;
import dev.tengil.resource.facts.Facts;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong with a file whatever the host is like: it is resolved for a host that has everything, and what only that host would say is
 * left out.
 */
final class FileAlone {

    /** Wrong on every host, even where other parts of the file could not be read. */
    private static final Set<String> ALWAYS = Set.of(
            "container.conflict",
            "container.device-renamed",
            "container.env",
            "container.env-file",
            "container.gateway",
            "container.image-and-template",
            "container.health",
            "container.ip6-auto",
            "container.keyctl",
            "container.memory",
            "container.needs-address",
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
            "forward.twice",
            "share.reserved-path",
            "smb.contradiction",
            "smb.duplicate");

    /** Wrong on every host, or perhaps only because something else in the file could not be read. */
    private static final Set<String> OF_WHOLE_FILES = Set.of(
            "container.auto-create",
            "container.depends-on",
            "container.hostname",
            "container.hostname-taken",
            "container.implied-dataset",
            "container.ip-taken",
            "container.mac-taken",
            "container.no-health",
            "container.no-mountpoint",
            "container.socket-volume",
            "container.user-of-template",
            "container.volume-needs-dataset",
            "dataset.mountpoint-twice",
            "group.id-taken",
            "image.no-tag",
            "nfs.client-twice",
            "plan.circle",
            "smb.grant-without-share",
            "user.id-taken",
            "user.plain-password",
            "user.powerful-group");

    private FileAlone() {}

    /** Problems and warnings of a file that could be read to its end. */
    static List<Diagnostic> check(Fields fields, Declarations declared, FileEnvironment environment) {
        Facts facts = AnyHost.facts(fields, declared);
        Applied nothing = Applied.empty(fields.valueOr(TengilFile.STACK, "main"), "");
        Diagnostics diagnostics = new Diagnostics();
        Desired desired = resolve(fields, declared, environment, facts, diagnostics);
        if (!diagnostics.hasErrors()) {
            diagnostics.addAll(Checks.run(desired.all(), facts, nothing));
            new Planner(Kinds.ALL)
                    .plan(desired, new PlanContext(facts, nothing, PlanOptions.NONE, Pulls.PLAIN, diagnostics));
        }
        return diagnostics.byPlace().stream()
                .filter(each -> each.severity() != Severity.NOTE)
                .filter(each -> ALWAYS.contains(each.code()) || OF_WHOLE_FILES.contains(each.code()))
                .toList();
    }

    /** Further mistakes of a file that has some, so that all are seen at once. */
    static List<Diagnostic> more(Fields fields, Declarations declared, FileEnvironment environment) {
        Diagnostics diagnostics = new Diagnostics();
        resolve(fields, declared, environment, AnyHost.facts(fields, declared), diagnostics);
        return diagnostics.of(Severity.ERROR).stream()
                .filter(each -> ALWAYS.contains(each.code()))
                .toList();
    }

    private static Desired resolve(
            Fields fields, Declarations declared, FileEnvironment environment, Facts facts, Diagnostics diagnostics) {
        ContainerInputs inputs = new ContainerInputs(fields.value(TengilFile.DEFAULTS), Map.of(), environment::file);
        Applied nothing = Applied.empty(fields.valueOr(TengilFile.STACK, "main"), "");
        return Resolver.resolve(fields, declared, inputs, facts, nothing, PlanOptions.NONE, diagnostics);
    }
}
