package dev.tengil.cli;

import dev.tengil.apply.Apply;
import dev.tengil.apply.Outcome;
import dev.tengil.apply.Pauses;
import dev.tengil.apply.Saving;
import dev.tengil.apply.Stop;
import dev.tengil.cli.view.ApplyView;
import dev.tengil.cli.view.PlanJson;
import dev.tengil.cli.view.PlanView;
import dev.tengil.cli.view.Rows;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.plan.Plan;
import dev.tengil.resource.Step;
import dev.tengil.resource.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg apply}: plans, asks, and makes it so. */
final class ApplyCommand implements CliCommand {

    private static final int PARALLEL = 4;
    /** Below this many, a file that loses everything is more likely meant than a mistake. */
    private static final int FEW = 3;

    @Override
    public void describe(CommandSpec spec) {
        PlanArguments.describe(spec);
        spec.addOption(PlanArguments.flag("--yes", "do not ask"));
        spec.addOption(OptionSpec.builder("--yes-remove")
                .type(Integer.class)
                .paramLabel("N")
                .description("agree that so many resources leave, when it is more than half of them")
                .build());
        spec.addOption(OptionSpec.builder("--parallel")
                .type(Integer.class)
                .paramLabel("N")
                .description("how many steps run at once (default " + PARALLEL + ")")
                .build());
        spec.addOption(OptionSpec.builder("--lock-timeout")
                .type(String.class)
                .paramLabel("TIME")
                .description("how long to wait for another apply: 30s, 5m (default: not at all)")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .type(String.class)
                .arity("0..1")
                .paramLabel("PLANFILE")
                .description("a plan saved by tg plan --out")
                .build());
    }

    @Override
    public Exit run(ParseResult arguments, Globals globals, Io io) {
        Output output = new Output(io, globals);
        try {
            PlanArguments asked = PlanArguments.of(arguments, output);
            String planFile = arguments.matchedPositionalValue(0, null);
            SavedPlan saved =
                    planFile == null ? null : SavedPlan.read(io.directory().resolve(planFile), output);
            Output effective = saved == null ? output : new Output(io, saved.globals(globals));
            Duration patience = patience(arguments, output);
            try (Session session = Session.open(effective)) {
                return switch (lock(session, patience)) {
                    case Host.LockAttempt.Busy(String holder) -> {
                        output.error(
                                "lock.held",
                                "another apply is at work: " + holder,
                                "Wait for it, or let tg wait: --lock-timeout 5m");
                        yield Exit.LOCKED;
                    }
                    case Host.LockAttempt.Held held -> {
                        try (held) {
                            // The state may have changed until the lock was ours.
                            yield locked(session.reloaded(), saved, asked, arguments);
                        }
                    }
                };
            }
        } catch (Stopped e) {
            return e.exit();
        }
    }

    private static Exit locked(Session session, @Nullable SavedPlan saved, PlanArguments asked, ParseResult arguments)
            throws Stopped {
        Output output = session.output();
        PlanArguments effective = saved == null ? asked : saved.arguments();
        Session.Planned planned = session.plan(effective.options(), saved == null ? null : saved.seed());
        Plan plan = effective.narrowed(planned.plan());
        if (saved != null) {
            saved.refuseIfStale(session, plan, output);
        }
        if (!output.globals().json()) {
            output.diagnostics(planned.diagnostics().all(), session.file().source());
            output.result(new PlanView(output.ink(), output.io().columns()).render(plan, false));
        }
        List<Step> steps = plan.runnable();
        if (steps.isEmpty() && plan.isEmpty()) {
            keepQuietly(session, plan);
            finish(session, planned, new Outcome(List.of(), List.of(), List.of(), false, true));
            return Exit.OK;
        }
        agree(session, plan, saved != null, arguments);
        return carryOut(session, planned, plan, steps, arguments);
    }

    /** Nothing to do, but the file may own what it did not own before: that is remembered without a word. */
    private static void keepQuietly(Session session, Plan plan) throws Stopped {
        boolean same = plan.unchanged().stream()
                .allMatch(each -> each.equals(session.applied().get(each.address())));
        if (!same || !session.applied().intended().isEmpty()) {
            try {
                new Apply(session.host(), session.store(), event -> {}, new Stop(), Pauses.REAL, 1)
                        .run(session.applied(), List.of(), plan.unchanged(), rescue(session));
            } catch (HostException e) {
                throw Session.broken(session.output(), e);
            }
        }
    }

    private static void agree(Session session, Plan plan, boolean saved, ParseResult arguments) throws Stopped {
        Output output = session.output();
        long leaving = plan.leaving();
        int applied = session.applied().resources().size();
        Integer agreed = arguments.matchedOptionValue("--yes-remove", null);
        if (leaving > FEW && leaving * 2 > applied && (agreed == null || agreed != leaving)) {
            output.error(
                    "apply.much-leaves",
                    leaving + " of " + applied + " resources leave the file, more than half",
                    "If that is meant: --yes-remove " + leaving);
            throw new Stopped(Exit.REFUSED);
        }
        if (saved || arguments.matchedOptionValue("--yes", false)) {
            return;
        }
        if (!output.io().interactive() || output.globals().json()) {
            output.error("apply.not-agreed", "nobody is there to agree to this", "Agree beforehand: --yes");
            throw new Stopped(Exit.REFUSED);
        }
        output.io().out().print("Do this? [y/N] ");
        output.io().out().flush();
        String answer = Question.line(output.io().in());
        if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
            output.say("Nothing was done.");
            throw new Stopped(Exit.REFUSED);
        }
    }

    private static Exit carryOut(
            Session session, Session.Planned planned, Plan plan, List<Step> steps, ParseResult arguments)
            throws Stopped {
        Output output = session.output();
        Stop stop = new Stop();
        Rows rows = output.io().terminal() && !output.globals().json()
                ? Rows.on(output.io().out(), output.io().columns())
                : Rows.none();
        ApplyView view = new ApplyView(
                output.globals().json() ? output.io().err() : output.io().out(),
                output.ink(),
                output.globals().verbose(),
                rows);
        Interrupts interrupts = Interrupts.install(stop, output);
        try {
            session.secrets().save(session.host(), session.store().files());
            Outcome outcome = new Apply(
                            session.host(),
                            session.store(),
                            view,
                            stop,
                            Pauses.REAL,
                            Math.max(1, arguments.matchedOptionValue("--parallel", PARALLEL)))
                    .run(session.applied(), steps, plan.unchanged(), rescue(session));
            finish(session, planned, outcome);
            return exit(outcome, plan, output);
        } catch (HostException e) {
            throw Session.broken(output, e);
        } finally {
            interrupts.remove();
        }
    }

    private static Exit exit(Outcome outcome, Plan plan, Output output) {
        if (output.globals().json()) {
            output.result(PlanJson.outcome(plan, outcome) + "\n");
        } else {
            output.result(ApplyView.summary(outcome) + "\n");
        }
        if (outcome.interrupted()) {
            return Exit.INTERRUPTED;
        }
        return outcome.isComplete() ? Exit.OK : Exit.PARTIAL;
    }

    /** Digests beside the file, and where the apps are to be found. */
    private static void finish(Session session, Session.Planned planned, Outcome outcome) throws Stopped {
        LockedDigests.beside(session.file(), session.output())
                .keep(planned.desired().of(Image.class), session.output());
        if (outcome.isComplete() && !session.output().globals().json()) {
            session.output().result(Services.text(session.host(), planned.desired()));
        }
    }

    /** The state goes to the host; if it cannot, beside the file; if it cannot, onto the screen. */
    private static Saving rescue(Session session) {
        Output output = session.output();
        return Saving.orElse((text, reason) -> {
            Path beside = session.file().directory().resolve("tengil-state-rescued.json");
            output.error("state.not-saved", "the state could not be saved on the host: " + reason, null);
            try {
                Files.writeString(beside, text);
                output.say("It was saved in " + beside + ". Bring it to "
                        + session.store().files().state() + ".");
            } catch (IOException e) {
                output.say("It could not be saved beside the file either. Keep this text:");
                output.io().err().print(text);
            }
        });
    }

    private static Host.LockAttempt lock(Session session, Duration patience) throws Stopped {
        try {
            return session.host()
                    .lock(
                            session.store().files().directory(),
                            Holder.line(session.output().io()),
                            patience);
        } catch (HostException e) {
            throw Session.broken(session.output(), e);
        }
    }

    private static Duration patience(ParseResult arguments, Output output) throws Stopped {
        String text = arguments.matchedOptionValue("--lock-timeout", "0s");
        if (!text.matches("\\d{1,6}[smh]?")) {
            output.error("cli.usage", "--lock-timeout " + text + " is not a time; write for example 30s or 5m", null);
            throw new Stopped(Exit.INVALID);
        }
        long number = Long.parseLong(text.replaceAll("[smh]", ""));
        return text.endsWith("m")
                ? Duration.ofMinutes(number)
                : text.endsWith("h") ? Duration.ofHours(number) : Duration.ofSeconds(number);
    }
}
