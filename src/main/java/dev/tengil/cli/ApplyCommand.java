package dev.tengil.cli;

import dev.tengil.host.Host;
import dev.tengil.plan.Plan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg apply}: plans, asks, and makes it so. */
final class ApplyCommand implements CliCommand {

    static final int PARALLEL = 4;
    private static final int MOST_PARALLEL = 64;

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
        boolean agreed = saved != null || arguments.matchedOptionValue("--yes", false);
        return new Applying(session, held, parallel(arguments, output))
                .carryOut(planned, plan, agreed, arguments.matchedOptionValue("--yes-remove", null));
    }

    static int parallel(ParseResult arguments, Output output) throws Stopped {
        int parallel = arguments.matchedOptionValue("--parallel", PARALLEL);
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            output.error("cli.usage", "--parallel takes a number from 1 to " + MOST_PARALLEL, null);
            throw new Stopped(Exit.INVALID);
        }
        return parallel;
    }

    static Duration patience(ParseResult arguments, Output output) throws Stopped {
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
