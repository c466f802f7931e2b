package dev.tengil.cli;

import dev.tengil.model.Address;
import dev.tengil.model.Nearest;
import dev.tengil.model.Parsed;
import dev.tengil.plan.Plan;
import dev.tengil.resource.PlanOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Options that plan and apply share: what is allowed, and what is left out. */
record PlanArguments(PlanOptions options, Set<Address> targets, Set<Address> excluded) {

    static void describe(CommandSpec spec) {
        addresses(spec, "--target", "only this and what it needs");
        addresses(spec, "--exclude", "all but this and what needs it");
        addresses(spec, "--replace", "allow this to be replaced");
        addresses(spec, "--recreate", "make this again, which tengil had made and is gone");
        addresses(spec, "--allow-destroy", "allow this to be destroyed, once it left the file");
        spec.addOption(flag("--no-restart", "leave changes that need a restart pending"));
        spec.addOption(flag("--no-snapshot", "take no snapshot before something is destroyed or updated"));
        spec.addOption(flag("--with-data", "when an updated container does not work, bring back its data too"));
        spec.addOption(flag("--auto-volumes", "make datasets of what new containers' images declare as volumes"));
    }

    private static void addresses(CommandSpec spec, String name, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel("ADDRESS")
                .description(description)
                .build());
    }

    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    static PlanArguments of(ParseResult arguments, Output output) throws Stopped {
        PlanOptions options = new PlanOptions(
                read(arguments, "--replace", output),
                read(arguments, "--recreate", output),
                read(arguments, "--allow-destroy", output),
                !arguments.matchedOptionValue("--no-restart", false),
                !arguments.matchedOptionValue("--no-snapshot", false),
                arguments.matchedOptionValue("--with-data", false),
                arguments.matchedOptionValue("--auto-volumes", false));
        return new PlanArguments(options, read(arguments, "--target", output), read(arguments, "--exclude", output));
    }

    private static Set<Address> read(ParseResult arguments, String option, Output output) throws Stopped {
        Set<Address> addresses = new HashSet<>();
        for (String text : arguments.matchedOptionValue(option, List.<String>of())) {
            switch (Address.parse(text)) {
                case Parsed.Ok<Address>(Address address) -> addresses.add(address);
                case Parsed.Bad<Address>(String reason) -> {
                    output.error("cli.usage", option + " " + text + ": " + reason, null);
                    throw new Stopped(Exit.INVALID);
                }
            }
        }
        return addresses;
    }

    /** The plan without what the person left out; an address that nobody knows stops it. */
    Plan narrowed(Session session, Planned planned) throws Stopped {
        Set<Address> known = new TreeSet<>(session.applied().resources().keySet());
        planned.desired().all().forEach(resource -> known.add(resource.address()));
        refuseUnknown("--target", targets, known, session.output());
        refuseUnknown("--exclude", excluded, known, session.output());
        refuseUnknown("--replace", options.replace(), known, session.output());
        refuseUnknown("--recreate", options.recreate(), known, session.output());
        refuseUnknown("--allow-destroy", options.allowDestroy(), known, session.output());
        Plan plan = planned.plan();
        Plan targeted = targets.isEmpty() ? plan : plan.targeting(targets);
        return excluded.isEmpty() ? targeted : targeted.excluding(excluded);
    }

    private static void refuseUnknown(String option, Set<Address> asked, Set<Address> known, Output output)
            throws Stopped {
        for (Address address : asked) {
            if (!known.contains(address)) {
                output.error(
                        "cli.unknown-address",
                        option + " " + address + ": neither the file nor the state has it"
                                + Nearest.suggestion(
                                        address.toString(),
                                        known.stream().map(Address::toString).toList()),
                        "Addresses are what tg plan and tg status show: container:NAME, dataset:POOL/NAME, smb:NAME.");
                throw new Stopped(Exit.INVALID);
            }
        }
    }
}
