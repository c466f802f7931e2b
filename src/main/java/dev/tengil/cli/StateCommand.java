package dev.tengil.cli;

import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.Result;
import dev.tengil.model.Address;
import dev.tengil.model.HostPath;
import dev.tengil.model.Nearest;
import dev.tengil.model.Parsed;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.facts.Observer;
import dev.tengil.state.StateStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg state show|rebuild|forget}: what tengil remembers on the host, and its repair. */
final class StateCommand implements CliCommand {

    private static final DateTimeFormatter DATED =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .customSynopsis("tg state show", "tg state rebuild [--yes]", "tg state forget ADDRESS… [--yes]");
        spec.addPositional(Words.all("WORD", "show, rebuild, or forget and addresses"));
        spec.addOption(PlanArguments.flag("--yes", "do not ask"));
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        List<String> words = arguments.matchedPositionalValue(0, List.of());
        boolean yes = arguments.matchedOptionValue("--yes", false);
        String verb = words.isEmpty() ? "" : words.getFirst();
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        if (!List.of("show", "rebuild", "forget").contains(verb) || verb.equals("forget") == rest.isEmpty()) {
            output.error(
                    "cli.usage",
                    verb.equals("forget") ? "say what to forget" : "say what to do: show, rebuild or forget ADDRESS",
                    "See: tg state --help");
            return Exit.INVALID;
        }
        try {
            return switch (verb) {
                case "show" -> show(output);
                case "rebuild" -> rebuild(yes, output);
                default -> forget(addresses(rest, output), yes, output);
            };
        } catch (Stopped e) {
            return e.exit();
        }
    }

    private static Exit show(Output output) throws Stopped {
        try (Session session = Session.open(output)) {
            if (output.globals().json()) {
                output.document(StateStore.text(session.applied()));
            } else if (session.stateMissing()) {
                output.result("Nothing was applied yet: the stack \""
                        + session.applied().stack() + "\" has no state on "
                        + session.host().name() + ".\n");
            } else {
                output.result(StateText.of(
                        session.applied(),
                        session.store().files().state(),
                        output.ink(),
                        output.io().columns()));
            }
            return Exit.OK;
        }
    }

    private static Exit rebuild(boolean yes, Output output) throws Stopped {
        try (Session opened = Session.openWhateverTheState(output);
                Host.LockAttempt.Held held = Locking.take(opened, Duration.ZERO)) {
            Session session = opened.reloaded();
            Observer.Observation seen = new Planning(session).observe(true, new SecureRandom().nextLong());
            session.stopOn(seen.diagnostics(), Exit.ERROR);
            SortedMap<Address, AppliedResource> resources =
                    new TreeMap<>(session.applied().resources());
            int known = resources.size();
            new Planning(session).marked(seen.facts()).forEach(each -> resources.putIfAbsent(each.address(), each));
            int found = resources.size() - known;
            StateStore.Loaded.Unreadable damage = session.damage();
            if (found == 0 && damage == null) {
                output.say("Nothing on the host carries a mark of this stack that the state does not know.");
                return done(session.applied(), output);
            }
            output.say((damage == null
                            ? ""
                            : "The state in " + damage.file() + " cannot be used: " + damage.reason() + ".\n")
                    + "Found on the host by their marks: " + Count.of(found, "resource") + ".");
            Agreement.to("Write a new state of these?", yes, output);
            if (!held.alive()) {
                throw Session.broken(
                        output, new HostException(HostException.Kind.LOCK_LOST, "the lock is no longer ours"));
            }
            if (damage != null) {
                moveAside(session);
            }
            return save(session, resources, new TreeMap<>(session.applied().intended()));
        }
    }

    /** Never deleted: somebody may want to look at it, or to mend it. */
    private static void moveAside(Session session) throws Stopped {
        String date = DATED.format(Instant.now());
        HostPath state = session.store().files().state();
        HostPath journal = session.store().files().journal();
        try {
            for (HostPath path : session.host().read(List.of(state, journal)).keySet()) {
                String aside = path + ".unreadable-" + date;
                Result result = session.host().run(Command.changes("mv", path.value(), aside));
                if (result.exit() != 0) {
                    session.output()
                            .error(
                                    "state.not-moved",
                                    path + " could not be moved aside: "
                                            + result.err().strip(),
                                    "Nothing was done.");
                    throw new Stopped(Exit.ERROR);
                }
                session.output().say("The old one is kept as " + aside + ".");
            }
        } catch (HostException e) {
            throw Session.broken(session.output(), e);
        }
    }

    private static Exit forget(List<Address> addresses, boolean yes, Output output) throws Stopped {
        try (Session opened = Session.open(output);
                Host.LockAttempt.Held held = Locking.take(opened, Duration.ZERO)) {
            Session session = opened.reloaded();
            SortedMap<Address, AppliedResource> resources =
                    new TreeMap<>(session.applied().resources());
            SortedMap<Address, AppliedResource> intended =
                    new TreeMap<>(session.applied().intended());
            for (Address address : addresses) {
                boolean owned = resources.remove(address) != null;
                boolean meant = intended.remove(address) != null;
                if (!owned && !meant) {
                    output.error(
                            "state.not-there",
                            "the state has no " + address
                                    + Nearest.suggestion(
                                            address.toString(),
                                            session.applied().resources().keySet().stream()
                                                    .map(Address::toString)
                                                    .toList()),
                            "See: tg state show");
                    return Exit.REFUSED;
                }
            }
            output.say("Only the memory goes: on the host nothing changes, and marks stay there.");
            Agreement.to("Forget " + Count.of(addresses.size(), "resource") + "?", yes, output);
            if (!held.alive()) {
                throw Session.broken(
                        output, new HostException(HostException.Kind.LOCK_LOST, "the lock is no longer ours"));
            }
            return save(session, resources, intended);
        }
    }

    private static Exit save(
            Session session,
            SortedMap<Address, AppliedResource> resources,
            SortedMap<Address, AppliedResource> intended)
            throws Stopped {
        Applied before = session.applied();
        Applied after = new Applied(
                before.stack(), before.serial() + 1, before.generation(), before.salt(), resources, intended);
        try {
            session.store().save(after);
        } catch (HostException e) {
            throw Session.broken(session.output(), e);
        }
        return done(after, session.output());
    }

    private static Exit done(Applied state, Output output) {
        if (output.globals().json()) {
            output.document(StateStore.text(state));
        } else {
            output.say("The state knows " + Count.of(state.resources().size(), "resource") + ".");
        }
        return Exit.OK;
    }

    private static List<Address> addresses(List<String> words, Output output) throws Stopped {
        List<Address> addresses = new java.util.ArrayList<>();
        for (String word : words) {
            switch (Address.parse(word)) {
                case Parsed.Ok<Address>(Address address) -> addresses.add(address);
                case Parsed.Bad<Address>(String reason) -> {
                    output.error("cli.usage", word + ": " + reason, "See: tg state show");
                    throw new Stopped(Exit.INVALID);
                }
            }
        }
        return addresses;
    }
}
