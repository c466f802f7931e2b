package dev.tengil.cli;

import dev.tengil.apply.Apply;
import dev.tengil.apply.Outcome;
import dev.tengil.apply.Stop;
import dev.tengil.cli.view.ApplyView;
import dev.tengil.cli.view.PlanJson;
import dev.tengil.cli.view.PlanView;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.sim.WayToSimulatedHost;
import dev.tengil.plan.Plan;
import dev.tengil.resource.Step;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.image.Image;
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
    private static final int MOST_PARALLEL = 64;
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
    public Exit run(ParseResult arguments, Output output) {
        try {
            PlanArguments asked = PlanArguments.of(arguments, output);
            String planFile = arguments.matchedPositionalValue(0, null);
            SavedPlan saved = planFile == null
                    ? null
                    : SavedPlan.read(output.io().directory().resolve(planFile), output);
            Output effective = saved == null ? output : output.with(saved.globals(output.globals()));
            Duration patience = patience(arguments, output);
            parallel(arguments, output);
            try (Session session = Session.open(effective)) {
                try (Host.LockAttempt.Held held = Locking.take(session, patience)) {
                    // The state may have changed until the lock was ours.
                    return locked(session.reloaded(), held, saved, asked, arguments);
                }
            }
        } catch (Stopped e) {
            return e.exit();
        }
    }

    private static Exit locked(
            Session session,
            Host.LockAttempt.Held held,
            @Nullable SavedPlan saved,
            PlanArguments given,
            ParseResult arguments)
            throws Stopped {
        Output output = session.output();
        PlanArguments effective = saved == null ? given : saved.arguments();
        Planned planned = new Planning(session).plan(effective.options(), saved == null ? null : saved.seed());
        Plan asked = effective.narrowed(session, planned);
        Plan plan = saved == null ? asked : saved.asShown(session, asked, output);
        if (!output.globals().json()) {
            output.diagnostics(planned.diagnostics().all(), session.file().source());
        }
        boolean agreed = saved != null || arguments.matchedOptionValue("--yes", false);
        if (output.talks() || !(agreed || plan.isEmpty() || output.globals().json())) {
            output.result(new PlanView(output.ink(), output.io().columns()).render(plan, false));
        }
        List<Step> steps = plan.runnable();
        if (steps.isEmpty() && plan.isEmpty()) {
            keepQuietly(session, plan);
            Outcome nothing = new Outcome(List.of(), List.of(), List.of(), false, true);
            finish(session, planned, nothing);
            if (output.globals().json()) {
                output.document(PlanJson.outcome(plan, nothing));
            }
            return Exit.OK;
        }
        agree(session, plan, agreed, arguments);
        try (Carrying carrying = new Carrying(session, held, parallel(arguments, output))) {
            Outcome outcome = carrying.out(steps, plan.unchanged());
            finish(session, planned, outcome);
            return exit(outcome, plan, output, carrying);
        }
    }

    /** Nothing to do, but the file may own what it did not own before: that is remembered without a word. */
    private static void keepQuietly(Session session, Plan plan) throws Stopped {
        boolean same = plan.unchanged().stream()
                .allMatch(each -> each.equals(session.applied().get(each.address())));
        if (!same || !session.applied().intended().isEmpty()) {
            try {
                new Apply(
                                session.host(),
                                session.store(),
                                event -> {},
                                new Stop(),
                                session.output().io().pauses(),
                                1)
                        .run(session.applied(), List.of(), plan.unchanged(), Carrying.rescue(session));
            } catch (HostException e) {
                throw Session.broken(session.output(), e);
            }
        }
    }

    private static void agree(Session session, Plan plan, boolean beforehand, ParseResult arguments) throws Stopped {
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
        Agreement.to("Do this?", beforehand, output);
    }

    private static Exit exit(Outcome outcome, Plan plan, Output output, Carrying carrying) {
        if (output.globals().json()) {
            output.document(PlanJson.outcome(plan, outcome));
        } else if (output.talks() || !outcome.isComplete()) {
            output.result(ApplyView.summary(outcome) + "\n");
        }
        if (outcome.interrupted() && !carrying.lost()) {
            return Exit.INTERRUPTED;
        }
        return outcome.isComplete() ? Exit.OK : Exit.PARTIAL;
    }

    /** Digests beside the file, and where the apps are to be found. */
    private static void finish(Session session, Planned planned, Outcome outcome) throws Stopped {
        LockedDigests.beside(session.file(), session.output())
                .keep(planned.desired().of(Image.class), session.output());
        if (outcome.saved() && !outcome.interrupted() && session.output().talks()) {
            // A simulated host gives an address at once or never.
            boolean waits = !outcome.done().isEmpty() && !(session.host() instanceof WayToSimulatedHost);
            session.output()
                    .result(Services.text(
                            session.host(),
                            planned.desired().of(Container.class),
                            waits ? Services.LEASE : Duration.ZERO,
                            session.output().io().pauses()));
        }
    }

    private static int parallel(ParseResult arguments, Output output) throws Stopped {
        int parallel = arguments.matchedOptionValue("--parallel", PARALLEL);
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            output.error("cli.usage", "--parallel takes a number from 1 to " + MOST_PARALLEL, null);
            throw new Stopped(Exit.INVALID);
        }
        return parallel;
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
