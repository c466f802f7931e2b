package dev.tengil.cli;

import dev.tengil.apply.Outcome;
import dev.tengil.cli.view.ApplyView;
import dev.tengil.cli.view.PlanJson;
import dev.tengil.cli.view.PlanView;
import dev.tengil.host.Host;
import dev.tengil.model.Address;
import dev.tengil.model.Parsed;
import dev.tengil.plan.Plan;
import dev.tengil.resource.Step;
import dev.tengil.resource.container.Adoption;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.Observer;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg adopt container:NAME}: takes over a container that exists and that the file would create. */
final class AdoptCommand implements CliCommand {

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(Words.container());
        spec.addOption(PlanArguments.flag("--yes", "do not ask"));
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        String word = arguments.matchedPositionalValue(0, "");
        if (word.contains(":") && !word.startsWith(Container.KIND + ":")) {
            output.error(
                    "cli.usage",
                    "only containers are adopted by name; " + word + " is taken over by declaring it in the file",
                    "See what that means: tg plan");
            return Exit.INVALID;
        }
        String name = word.substring(word.indexOf(':') + 1);
        if (name.isEmpty()) {
            output.error("cli.usage", "say which container: tg adopt container:NAME", null);
            return Exit.INVALID;
        }
        try (Session session = Session.open(output);
                Host.LockAttempt.Held held = Locking.take(session, Duration.ZERO)) {
            return adopt(session.reloaded(), held, Container.addressOf(name), arguments);
        } catch (Stopped e) {
            return e.exit();
        }
    }

    private static Exit adopt(Session session, Host.LockAttempt.Held held, Address address, ParseResult arguments)
            throws Stopped {
        Output output = session.output();
        if (session.applied().get(address) != null) {
            output.say(address + " is ours already.");
            output.json(List.of());
            return Exit.OK;
        }
        boolean declared = session.file().declared().containers().stream()
                .anyMatch(each -> each.name().equals(address.name()));
        if (!declared) {
            output.error(
                    "adopt.not-declared",
                    session.file().name() + " declares no container " + address.name(),
                    "Describe it there first; what it has and the file does not name stays as it is.");
            throw new Stopped(Exit.REFUSED);
        }
        ContainerSearch.Found found = ContainerSearch.find(session, number(session, address.name()));
        Facts facts = facts(session);
        Guest guest = facts.guests().get(found.vmid());
        Parsed<Step> adoption = guest == null
                ? Parsed.bad("it went away")
                : Adoption.step(
                        address, guest, facts.node().name(), session.applied().stack());
        Plan plan;
        switch (adoption) {
            case Parsed.Ok<Step>(Step step) -> plan = new Plan(List.of(step), List.of());
            case Parsed.Bad<Step>(String reason) -> {
                output.error(
                        "adopt.refused",
                        "container " + found.name() + " (" + found.vmid() + ") cannot be taken over: " + reason,
                        null);
                throw new Stopped(Exit.REFUSED);
            }
        }
        boolean agreed = arguments.matchedOptionValue("--yes", false);
        if (output.talks() || !(agreed || output.globals().json())) {
            output.result("Take over container " + found.name() + " (" + found.vmid() + "):\n"
                    + new PlanView(output.ink(), output.io().columns()).render(plan, false));
        }
        Agreement.to("Take it over?", agreed, output);
        try (Carrying carrying = new Carrying(session, held, 1)) {
            Outcome outcome =
                    carrying.out(plan.steps(), session.applied().intended().keySet(), List.of());
            if (output.globals().json()) {
                output.document(PlanJson.outcome(plan, outcome));
            } else if (output.talks() || !outcome.isComplete()) {
                output.result(ApplyView.summary(outcome) + "\n");
                output.say("What else the file asks of it: tg plan");
            }
            return outcome.isComplete() ? Exit.OK : Exit.PARTIAL;
        }
    }

    private static Facts facts(Session session) throws Stopped {
        Observer.Observation seen = new Planning(session).observe(true, 0);
        session.stopOn(seen.diagnostics(), Exit.ERROR);
        return seen.facts();
    }

    /** The file's vmid, if it names one: then another host name does not matter. */
    private static String number(Session session, String name) {
        return session.file().declared().containers().stream()
                .filter(each -> each.name().equals(name))
                .map(each -> each.fields().value(dev.tengil.resource.container.ContainerKeys.VMID))
                .filter(java.util.Objects::nonNull)
                .map(Object::toString)
                .findFirst()
                .orElse(name);
    }
}
