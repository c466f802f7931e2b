package dev.tengil.cli;

import dev.tengil.cli.view.PlanJson;
import dev.tengil.cli.view.PlanView;
import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import dev.tengil.plan.Plan;
import dev.tengil.plan.Prune;
import dev.tengil.resource.dataset.KeptSnapshot;
import dev.tengil.resource.image.ImageLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code tg oci prune}: removes what updates left behind and nobody needs, after showing it. */
final class OciPrune {

    private OciPrune() {}

    /** What lies in the folders of all stacks of a host. */
    record Kept(List<HostPath> files, List<String> texts, String stack) {

        /** Names in this stack's own folder. */
        List<String> names() {
            return files.stream()
                    .filter(file -> file.parent().value().endsWith("/" + stack))
                    .map(file -> file.value().substring(file.value().lastIndexOf('/') + 1))
                    .toList();
        }

        /** Reads the states and journals of all stacks, and the lock beside the file. */
        static Kept read(Session session) throws Stopped {
            HostPath top = session.store().files().directory().parent();
            Output output = session.output();
            try {
                Result found = session.host().run(Command.reads("find", top.value(), "-type", "f"));
                if (found.exit() != 0 && !session.stateMissing()) {
                    output.error(
                            "host.unreadable",
                            "nobody can say what lies in " + top + ": "
                                    + found.err().strip(),
                            "Nothing was done. Look there, then try again.");
                    throw new Stopped(Exit.ERROR);
                }
                List<HostPath> files = found.out().lines().map(HostPath::of).toList();
                List<HostPath> memory = files.stream()
                        // What programs printed is long, and says nothing of what is needed.
                        .filter(file -> !file.value().endsWith(".conf")
                                && !file.parent().value().endsWith("/console"))
                        .toList();
                List<String> texts = new ArrayList<>();
                for (HostFile file : session.host().read(memory).values()) {
                    texts.add(file.content().text());
                }
                texts.add(ImageLock.write(
                        LockedDigests.beside(session.file(), output).digests()));
                return new Kept(files, texts, session.store().stack());
            } catch (HostException e) {
                throw Session.broken(output, e);
            }
        }
    }

    static Exit run(boolean yes, boolean dry, Output output) throws Stopped {
        try (Session session = Session.open(output)) {
            if (dry) {
                Plan plan = plan(session);
                if (output.globals().json()) {
                    output.document(PlanJson.of(plan, List.of()));
                } else {
                    show(plan, output);
                }
                return Exit.OK;
            }
            try (Host.LockAttempt.Held held = Locking.take(session, Duration.ZERO)) {
                Session now = session.reloaded();
                Plan plan = plan(now);
                if (!output.globals().json()) {
                    show(plan, output);
                }
                if (!plan.isEmpty()) {
                    Agreement.to("Remove this?", yes, output);
                }
                return plan.isEmpty() && !output.globals().json() ? Exit.OK : new Upkeep(now, held).carryOut(plan);
            }
        }
    }

    private static Plan plan(Session session) throws Stopped {
        Kept kept = Kept.read(session);
        try {
            return Prune.plan(
                    OciList.look(session.host(), session.output()),
                    session.applied(),
                    kept.names(),
                    kept.texts(),
                    session.host().run(KeptSnapshot.look()).out(),
                    Prune.GENERATIONS);
        } catch (HostException e) {
            throw Session.broken(session.output(), e);
        }
    }

    private static void show(Plan plan, Output output) {
        if (plan.isEmpty()) {
            output.result("Nothing lies there that nobody needs.\n");
        } else {
            output.result(new PlanView(output.ink(), output.io().columns()).render(plan, false));
        }
    }
}
