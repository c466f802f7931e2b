package dev.tengil.cli;

import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.model.Address;
import dev.tengil.model.HostPath;
import dev.tengil.plan.Plan;
import dev.tengil.resource.Action;
import dev.tengil.resource.Change;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.Step;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Storage;
import dev.tengil.resource.facts.Template;
import dev.tengil.resource.image.KeptArchives;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** {@code tg oci remove ARCHIVE}: removes one archive that tengil pulled and no stack of the host names. */
final class OciRemove {

    private static final String VOLUME = ":vztmpl/";

    private OciRemove() {}

    static Exit run(String word, boolean yes, Output output) throws Stopped {
        try (Session session = Session.open(output);
                Host.LockAttempt.Held held = Locking.take(session, Duration.ZERO)) {
            Session now = session.reloaded();
            Facts facts = OciList.look(now.host(), output);
            Template template = find(word, facts, output);
            String volume = template.storage() + VOLUME + template.file();
            if (!KeptArchives.isOurs(template.file())) {
                throw refused(
                        output,
                        volume + " was not pulled by tengil",
                        "Somebody else may need it. If nobody does: pvesm free " + volume);
            }
            boolean unused = KeptArchives.superfluous(
                            facts, OciPrune.Kept.read(now).texts())
                    .stream()
                    .anyMatch(archive -> archive.file().equals(template.file()));
            if (!unused) {
                throw refused(
                        output,
                        "a container or an earlier generation was made from " + template.file(),
                        "See which: tg oci list. What nobody needs any more goes with tg oci prune.");
            }
            Storage storage = facts.storages().get(String.valueOf(template.storage()));
            HostPath path = HostPath.of(String.valueOf(storage == null ? null : storage.path()))
                    .resolve("template/cache/" + template.file());
            Agreement.to("Remove " + volume + "?", yes, output);
            Operation operation = Operation.Run.of(
                    "remove the archive " + template.file(), Command.changes("rm", "-f", "--", path.value()));
            Change change = new Change(
                    new Address("image", template.file()), Action.DESTROY, List.of(), List.of(), null, null, null);
            Step step = Step.of(change, Phase.CHANGE, List.of(operation), Set.of());
            return new Upkeep(now, held).carryOut(new Plan(List.of(step), List.of()));
        } catch (HostException e) {
            throw Session.broken(output, e);
        }
    }

    private static Template find(String word, Facts facts, Output output) throws Stopped {
        List<Template> found = facts.templates().stream()
                .filter(each -> each.storage() != null && each.file().endsWith(".tar"))
                .filter(each -> word.equals(each.file()) || word.equals(each.storage() + VOLUME + each.file()))
                .toList();
        if (found.size() != 1) {
            throw refused(
                    output,
                    found.isEmpty()
                            ? "no storage of the host has the archive " + word
                            : "more than one storage has the archive " + word,
                    found.isEmpty()
                            ? "See what there is: tg oci list"
                            : "Name its storage as well: " + found.getFirst().storage() + VOLUME + word);
        }
        return found.getFirst();
    }

    private static Stopped refused(Output output, String message, String help) {
        output.error("image.not-removed", message, help);
        return new Stopped(Exit.REFUSED);
    }
}
