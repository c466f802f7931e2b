package dev.tengil.cli;

import dev.tengil.check.Checks;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Severity;
import dev.tengil.plan.Desired;
import dev.tengil.plan.Kinds;
import dev.tengil.plan.Planner;
import dev.tengil.plan.Resolver;
import dev.tengil.plan.TengilFile;
import dev.tengil.resource.Applied;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.PlanOptions;
import dev.tengil.resource.container.ContainerInputs;
import dev.tengil.resource.facts.Facts;
import dev.tengil.state.SecretStore;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with a file whatever the host is like: a plan is made for a host that has everything, and what only that host would say is left out. */
final class FileAlone {

    /** Said by the file alone. What is not among these depends on what a host has. */
    private static final Set<String> CODES = Set.of(
            "container.auto-create",
            "container.conflict",
            "container.depends-on",
            "container.env",
            "container.env-file",
            "container.gateway",
            "container.hostname",
            "container.hostname-taken",
            "container.image-and-template",
            "container.implied-dataset",
            "container.ip-taken",
            "container.keyctl",
            "container.mac-taken",
            "container.memory",
            "container.no-mountpoint",
            "container.not-yet",
            "container.privileged-image",
            "container.script",
            "container.socket-volume",
            "container.target-nested",
            "container.target-twice",
            "container.user-of-template",
            "container.vmid-twice",
            "container.volume-needs-dataset",
            "container.words",
            "dataset.mountpoint-twice",
            "dataset.pool-root",
            "dataset.profile-circle",
            "dataset.property",
            "dataset.reserved-mountpoint",
            "dataset.reserved-name",
            "dataset.twice",
            "dataset.unknown-profile",
            "group.id-taken",
            "image.no-tag",
            "nfs.client-twice",
            "plan.circle",
            "share.reserved-path",
            "smb.contradiction",
            "smb.duplicate",
            "smb.grant-without-share",
            "user.id-taken",
            "user.plain-password",
            "user.powerful-group");

    private FileAlone() {}

    static List<Diagnostic> check(FileReading file, Io io) {
        Facts facts = AnyHost.facts(file);
        Applied nothing = Applied.empty(file.fields().valueOr(TengilFile.STACK, "main"), "");
        FileEnvironment environment = new FileEnvironment(io, file.directory(), new SecretStore());
        ContainerInputs inputs =
                new ContainerInputs(file.fields().value(TengilFile.DEFAULTS), Map.of(), environment::file);
        Diagnostics diagnostics = new Diagnostics();
        Desired desired = Resolver.resolve(
                file.fields(), file.declared(), inputs, facts, nothing, PlanOptions.NONE, diagnostics);
        if (!diagnostics.hasErrors()) {
            diagnostics.addAll(Checks.run(desired.all(), facts, nothing));
            new Planner(Kinds.ALL).plan(desired, new PlanContext(facts, nothing, PlanOptions.NONE, diagnostics));
        }
        return diagnostics.all().stream()
                .filter(each -> CODES.contains(each.code()) && each.severity() != Severity.NOTE)
                .toList();
    }
}
