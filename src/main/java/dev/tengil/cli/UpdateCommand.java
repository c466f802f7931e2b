package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.cli.view.PlanJson;
import dev.tengil.cli.view.PlanView;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.model.Address;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Nearest;
import dev.tengil.plan.Plan;
import dev.tengil.resource.ImagePin;
import dev.tengil.resource.PlanOptions;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.Updatable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg update}: gives containers newer images, as far as their policies let it. It is an apply of these alone. */
final class UpdateCommand implements CliCommand {

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel("NAME")
                .description("containers of the file")
                .build());
        spec.addOption(PlanArguments.flag("--all", "all containers of the file that are made from images"));
        spec.addOption(PlanArguments.flag("--check", "only say what is newer, and what differs"));
        spec.addOption(PlanArguments.flag("--dry-run", "only show the plan"));
        spec.addOption(PlanArguments.flag(
                "--update-lock", "only write down in tengil.lock what is newest; the next apply goes by it"));
        spec.addOption(PlanArguments.flag("--no-snapshot", "take no snapshot of the data before"));
        spec.addOption(PlanArguments.flag("--with-data", "when one does not work, bring back its data too"));
        spec.addOption(PlanArguments.flag("--yes", "do not ask"));
        spec.addOption(OptionSpec.builder("--parallel")
                .type(Integer.class)
                .paramLabel("N")
                .description("how many steps run at once (default " + ApplyCommand.PARALLEL + ")")
                .build());
        spec.addOption(OptionSpec.builder("--lock-timeout")
                .type(String.class)
                .paramLabel("TIME")
                .description("how long to wait for another apply: 30s, 5m (default: not at all)")
                .build());
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        try {
            Duration patience = ApplyCommand.patience(arguments, output);
            int parallel = ApplyCommand.parallel(arguments, output);
            try (Session session = Session.open(output)) {
                if (flag(arguments, "--check")) {
                    return check(session, chosen(session, arguments, true));
                }
                if (flag(arguments, "--dry-run") || flag(arguments, "--update-lock")) {
                    return flag(arguments, "--update-lock")
                            ? lock(session, chosen(session, arguments, false))
                            : dry(session, arguments);
                }
                try (Host.LockAttempt.Held held = Locking.take(session, patience)) {
                    Session now = session.reloaded();
                    Updated updated = updated(now, arguments);
                    return new Applying(now, held, parallel)
                            .carryOut(updated.planned(), updated.plan(), flag(arguments, "--yes"), null);
                }
            }
        } catch (Stopped e) {
            return e.exit();
        }
    }

    private static boolean flag(ParseResult arguments, String name) {
        return arguments.matchedOptionValue(name, false);
    }

    /** The containers that the person means. */
    private static List<Updatable> chosen(Session session, ParseResult arguments, boolean allByDefault) throws Stopped {
        Output output = session.output();
        List<String> names = arguments.matchedPositionalValue(0, List.<String>of());
        List<Updatable> all = Updatable.of(
                session.file().declared().containers(),
                LockedDigests.beside(session.file(), output).digests(),
                session.applied());
        if (names.isEmpty()) {
            if (!allByDefault && !flag(arguments, "--all")) {
                output.error(
                        "cli.usage",
                        "say which containers to update, or --all",
                        "See what is newer: tg update --check");
                throw new Stopped(Exit.INVALID);
            }
            return all;
        }
        List<Updatable> chosen = new ArrayList<>();
        for (String name : new TreeSet<>(names)) {
            String asked = name.startsWith("container:") ? name.substring("container:".length()) : name;
            Updatable found = all.stream()
                    .filter(each -> each.name().equals(asked))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                List<String> known = all.stream().map(Updatable::name).toList();
                output.error(
                        "update.unknown-container",
                        "the file has no container " + asked + " that is made from an image"
                                + Nearest.suggestion(asked, known),
                        known.isEmpty() ? "None of its containers is." : "It has: " + String.join(", ", known) + ".");
                throw new Stopped(Exit.INVALID);
            }
            chosen.add(found);
        }
        return chosen;
    }

    private static NewerImages newer(Session session, Diagnostics diagnostics) {
        return new NewerImages(session.images(), diagnostics);
    }

    private static List<NewerImages.Found> find(Session session, NewerImages newer, List<Updatable> chosen)
            throws Stopped {
        try {
            return newer.find(chosen);
        } catch (HostException e) {
            throw Session.broken(session.output(), e);
        }
    }

    /** What the names stand for from now on; stops when that cannot be said. */
    private static SortedMap<ImageReference, ImagePin> moved(Session session, List<Updatable> chosen) throws Stopped {
        Diagnostics diagnostics = new Diagnostics();
        NewerImages newer = newer(session, diagnostics);
        List<NewerImages.Found> found = find(session, newer, chosen);
        SortedMap<ImageReference, ImagePin> moved = newer.moved(found);
        diagnostics.addAll(session.saidOfLogins());
        session.output().diagnostics(diagnostics.all(), null);
        if (moved == null) {
            throw new Stopped(Exit.REFUSED);
        }
        // Where the registry does not answer for any, nothing was found out.
        if (found.isEmpty() && chosen.stream().anyMatch(Updatable::isFree)) {
            throw new Stopped(Exit.ERROR);
        }
        chosen.stream()
                .filter(each -> !each.isFree())
                .forEach(each -> session.output()
                        .say(each.name() + " stays as it is: "
                                + (each.asked().digest() != null
                                        ? "the file names its digest."
                                        : "its policy is pin.")));
        return moved;
    }

    private record Updated(Planned planned, Plan plan) {}

    private static Updated updated(Session session, ParseResult arguments) throws Stopped {
        List<Updatable> chosen = chosen(session, arguments, false);
        SortedMap<ImageReference, ImagePin> moved = moved(session, chosen);
        PlanOptions options = new PlanOptions(
                Set.of(),
                Set.of(),
                Set.of(),
                true,
                !flag(arguments, "--no-snapshot"),
                flag(arguments, "--with-data"),
                false);
        Planned planned = new Planning(session, moved).plan(options, null);
        // An image name stands for one digest: who has the same one moves along.
        Set<Address> targets = new TreeSet<>();
        Map<ImageReference, String> names = new TreeMap<>();
        chosen.forEach(each -> {
            targets.add(Container.addressOf(each.name()));
            names.put(each.asked(), each.name());
        });
        for (Updatable other : Updatable.of(session.file().declared().containers(), Map.of(), session.applied())) {
            ImagePin pin = moved.get(other.asked());
            if (pin != null && other.isFree() && targets.add(Container.addressOf(other.name()))) {
                session.output()
                        .say(other.name() + " has the same image as " + names.get(other.asked()) + " and moves along.");
            }
        }
        return new Updated(planned, planned.plan().targeting(targets));
    }

    private static Exit dry(Session session, ParseResult arguments) throws Stopped {
        Output output = session.output();
        Updated updated = updated(session, arguments);
        if (output.globals().json()) {
            output.document(
                    PlanJson.of(updated.plan(), updated.planned().diagnostics().all()));
        } else {
            output.diagnostics(
                    updated.planned().diagnostics().all(), session.file().source());
            output.result(new PlanView(output.ink(), output.io().columns()).render(updated.plan(), false));
        }
        return Exit.OK;
    }

    private static Exit lock(Session session, List<Updatable> chosen) throws Stopped {
        Output output = session.output();
        LockedDigests lock = LockedDigests.beside(session.file(), output);
        SortedMap<ImageReference, ImagePin> moved = new TreeMap<>(moved(session, chosen));
        moved.entrySet().removeIf(each -> each.getValue().equals(lock.digests().get(each.getKey())));
        lock.move(moved, output);
        if (output.globals().json()) {
            JsonObject json = new JsonObject();
            json.addProperty("format", 1);
            JsonArray lines = new JsonArray();
            moved.forEach((reference, pin) -> lines.add(pin.of(reference).toString()));
            json.add("locked", lines);
            output.document(json);
        } else if (moved.isEmpty()) {
            output.result("tengil.lock has the newest already.\n");
        } else {
            moved.forEach((reference, pin) -> output.result(
                    "tengil.lock: " + reference + " is now " + pin.of(reference).shown() + "\n"));
            output.say("Nothing was changed on the host. To carry it out: tg apply");
        }
        return Exit.OK;
    }

    private static Exit check(Session session, List<Updatable> chosen) throws Stopped {
        Output output = session.output();
        Diagnostics diagnostics = new Diagnostics();
        NewerImages newer = newer(session, diagnostics);
        List<NewerImages.Found> found = find(session, newer, chosen);
        diagnostics.addAll(session.saidOfLogins());
        output.diagnostics(diagnostics.all(), null);
        List<UpdateCheck> rows = new ArrayList<>();
        try {
            for (Updatable each : chosen) {
                NewerImages.Found of = found.stream()
                        .filter(one -> one.container().equals(each))
                        .findFirst()
                        .orElse(null);
                rows.add(new UpdateCheck(each, of, difference(newer, of)));
            }
        } catch (HostException e) {
            throw Session.broken(output, e);
        }
        if (output.globals().json()) {
            output.document(UpdateCheck.json(rows, diagnostics.all()));
        } else {
            output.result(UpdateCheck.text(rows));
        }
        return found.isEmpty() && chosen.stream().anyMatch(Updatable::isFree) ? Exit.ERROR : Exit.OK;
    }

    private static @Nullable ImageDifference difference(NewerImages newer, NewerImages.@Nullable Found found)
            throws HostException {
        var present = found == null || !found.isNewer() ? null : newer.present(found.container());
        return found == null || present == null ? null : ImageDifference.between(present, found.image());
    }
}
