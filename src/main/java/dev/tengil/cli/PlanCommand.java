package dev.tengil.cli;

import dev.tengil.cli.view.PlanJson;
import dev.tengil.cli.view.PlanView;
import dev.tengil.model.Address;
import dev.tengil.plan.Plan;
import dev.tengil.plan.Script;
import dev.tengil.resource.FieldChange;
import java.util.List;
import java.util.SortedMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code tg plan}: shows what apply would do, and does nothing. */
final class PlanCommand implements CliCommand {

    @Override
    public void describe(CommandSpec spec) {
        PlanArguments.describe(spec);
        spec.addOption(PlanArguments.flag("--commands", "show the exact operations under each change"));
        spec.addOption(PlanArguments.flag("--script", "print the plan as a shell script"));
        spec.addOption(PlanArguments.flag("--detailed-exitcode", "exit with 2 when there are changes"));
        spec.addOption(PlanArguments.flag("--refresh-only", "show only what drifted from what was applied"));
        spec.addOption(OptionSpec.builder("--out")
                .type(String.class)
                .paramLabel("FILE")
                .description("save the plan, for tg apply FILE")
                .build());
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        try {
            PlanArguments asked = PlanArguments.of(arguments, output);
            try (Session session = Session.open(output)) {
                Planned planned = new Planning(session).plan(asked.options(), null);
                Plan plan = asked.narrowed(session, planned);
                if (arguments.matchedOptionValue("--refresh-only", false)) {
                    return drift(plan, planned, arguments, session);
                }
                show(plan, planned, arguments, session);
                String out = arguments.matchedOptionValue("--out", null);
                if (out != null) {
                    SavedPlan.of(session, planned, plan, asked)
                            .write(output.io().directory().resolve(out), output);
                }
                return !plan.isEmpty() && arguments.matchedOptionValue("--detailed-exitcode", false)
                        ? Exit.CHANGES
                        : Exit.OK;
            }
        } catch (Stopped e) {
            return e.exit();
        }
    }

    /** Only what somebody changed on the host since the last apply. */
    private static Exit drift(Plan plan, Planned planned, ParseResult arguments, Session session) {
        Output output = session.output();
        SortedMap<Address, List<FieldChange>> drift = Drift.of(plan, session.applied());
        if (output.globals().json()) {
            Plan drifted = new Plan(
                    plan.steps().stream()
                            .filter(step -> drift.containsKey(step.address()))
                            .toList(),
                    List.of());
            output.document(PlanJson.of(drifted, planned.diagnostics().all()));
        } else if (drift.isEmpty()) {
            output.result("No drift. Nothing that was applied was changed on the host.\n");
        } else {
            output.result("Changed on the host since the last apply:\n" + Drift.text(drift));
        }
        return !drift.isEmpty() && arguments.matchedOptionValue("--detailed-exitcode", false) ? Exit.CHANGES : Exit.OK;
    }

    private static void show(Plan plan, Planned planned, ParseResult arguments, Session session) {
        Output output = session.output();
        if (output.globals().json()) {
            output.document(PlanJson.of(plan, planned.diagnostics().all()));
            return;
        }
        output.diagnostics(planned.diagnostics().all(), session.file().source());
        if (arguments.matchedOptionValue("--script", false)) {
            output.result(Script.of(plan));
            return;
        }
        output.result(new PlanView(output.ink(), output.io().columns())
                .render(plan, arguments.matchedOptionValue("--commands", false)));
    }
}
