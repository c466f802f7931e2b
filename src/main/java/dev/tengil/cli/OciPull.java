package dev.tengil.cli;

import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.oci.image.ImageConfigRules;
import dev.tengil.plan.Plan;
import dev.tengil.resource.ImagePin;
import dev.tengil.resource.KindPlan;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.PlanOptions;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.ImageSource;
import dev.tengil.resource.facts.Storage;
import dev.tengil.resource.image.Image;
import dev.tengil.resource.image.ImageKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tg oci pull IMAGE}: brings an image onto the host under the name by which a later apply finds it. */
final class OciPull {

    private OciPull() {}

    static Exit run(String word, @Nullable String storageWord, Output output) throws Stopped {
        ImageReference asked = OciAsking.image(word, output);
        try (Session session = Session.open(output);
                Host.LockAttempt.Held held = Locking.take(session, Duration.ZERO)) {
            Session now = session.reloaded();
            Facts facts = OciList.look(now.host(), output);
            if (!facts.packages().contains("skopeo")) {
                output.error(
                        "image.no-skopeo", "the host has no skopeo", "Install it on the host: apt-get install skopeo");
                throw new Stopped(Exit.REFUSED);
            }
            Image image = image(asked, storage(storageWord, facts, output), now);
            Diagnostics diagnostics = new Diagnostics();
            KindPlan steps = new ImageKind()
                    .plan(
                            List.of(image),
                            List.of(),
                            new PlanContext(facts, now.applied(), PlanOptions.NONE, new HostPulls(now), diagnostics));
            now.stopOn(diagnostics, Exit.REFUSED);
            Plan plan = new Plan(steps.steps(), List.of());
            if (plan.isEmpty() && !output.globals().json()) {
                output.result(image.storage() + ":vztmpl/" + image.file() + " is there already.\n");
                return Exit.OK;
            }
            Exit exit = new Upkeep(now, held).carryOut(plan);
            if (exit == Exit.OK) {
                output.say(image.storage() + ":vztmpl/" + image.file() + " is "
                        + image.reference().shown() + ".");
            }
            return exit;
        } catch (HostException e) {
            throw Session.broken(output, e);
        }
    }

    /** The digest of the lock, else the registry's. */
    private static Image image(ImageReference asked, Storage storage, Session session) throws Stopped, HostException {
        Output output = session.output();
        ImagePin locked = LockedDigests.beside(session.file(), output).digests().get(asked);
        ImageReference wanted = locked == null ? asked : locked.of(asked);
        return switch (session.images().image(wanted)) {
            case Parsed.Ok<ImageSource.Seen>(ImageSource.Seen seen) -> {
                List<Diagnostic> problems = ImageConfigRules.problems(wanted, seen.config());
                Diagnostics found = new Diagnostics();
                found.addAll(problems);
                session.stopOn(found, Exit.REFUSED);
                yield new Image(wanted.withDigest(seen.digest()), storage.id(), seen.size(), null);
            }
            case Parsed.Bad<ImageSource.Seen>(String reason) -> {
                output.diagnostics(session.saidOfLogins(), null);
                output.error(
                        "image.unknown",
                        "the registry did not tell about " + wanted + ": " + reason,
                        "Check the name and the network. See what there is: tg oci tags " + asked.name());
                throw new Stopped(Exit.ERROR);
            }
        };
    }

    private static Storage storage(@Nullable String word, Facts facts, Output output) throws Stopped {
        if (word != null && !facts.storages().containsKey(word)) {
            output.error(
                    "container.no-template-storage",
                    "the storage \"" + word + "\" does not exist",
                    "See: pvesm status --content vztmpl");
            throw new Stopped(Exit.REFUSED);
        }
        Storage local = facts.storages().get(word == null ? "local" : word);
        if (local != null && (word != null || keeps(local))) {
            if (keeps(local)) {
                return local;
            }
            output.error(
                    "container.no-template-storage",
                    "the storage \"" + word + "\" does not keep container templates",
                    "It needs a path and the content vztmpl. See: pvesm status --content vztmpl");
            throw new Stopped(Exit.REFUSED);
        }
        for (Storage each : facts.storages().values()) {
            if (keeps(each)) {
                return each;
            }
        }
        output.error(
                "container.no-template-storage",
                "no storage of the host keeps container templates",
                "Allow it on one: pvesm set local --content vztmpl,iso,backup");
        throw new Stopped(Exit.REFUSED);
    }

    private static boolean keeps(Storage storage) {
        return storage.active() && storage.path() != null && storage.content().contains("vztmpl");
    }
}
