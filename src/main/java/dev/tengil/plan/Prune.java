package dev.tengil.plan;

import dev.tengil.host.Command;
import dev.tengil.model.Address;
import dev.tengil.model.ByteSize;
import dev.tengil.resource.Action;
import dev.tengil.resource.Applied;
import dev.tengil.resource.Change;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.Step;
import dev.tengil.resource.container.KeptDisk;
import dev.tengil.resource.dataset.KeptSnapshot;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.image.KeptArchives;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What updates left behind, as a plan that removes it: old root disks with their configs, but for the newest of each container, and image
 * archives that no container, lock or kept generation of any stack names; and the snapshots of data that belong to no root disk which is
 * kept.
 */
public final class Prune {

    /** How many old root disks of each container stay. */
    public static final int GENERATIONS = 2;

    private Prune() {}

    /**
     * The plan; empty when there is nothing to remove.
     *
     * @param facts of everything that Proxmox has, templates among it
     * @param folder names in the stack's folder on the host
     * @param used texts in which digests of images stand that are needed: the states of all stacks of the host, the lock
     * @param snapshots what {@link KeptSnapshot#look} answers; empty leaves all snapshots alone
     */
    public static Plan plan(
            Facts facts,
            Applied applied,
            Collection<String> folder,
            Collection<String> used,
            String snapshots,
            int generations) {
        List<Step> steps = new ArrayList<>();
        List<KeptDisk> disks = KeptDisk.of(facts, folder, applied.stack());
        List<KeptDisk> old = KeptDisk.superfluous(disks, facts, applied, generations);
        for (KeptDisk disk : old) {
            List<Operation> operations = new ArrayList<>(List.of(Operation.Run.of(
                    "destroy the old root disk " + disk.dataset(),
                    Command.changes("zfs", "destroy", "-r", disk.dataset().value()))));
            boolean shared = disks.stream()
                    .anyMatch(other -> !other.equals(disk) && other.config().equals(disk.config()));
            if (!shared) {
                operations.add(new Operation.Remove("remove its config", disk.config()));
            }
            steps.add(step(
                    new Address("disk", disk.dataset().value()),
                    "the root disk that container " + disk.vmid() + " had before generation " + disk.generation() + ", "
                            + new ByteSize(disk.bytes()).rounded(),
                    operations));
        }
        Set<Integer> kept = new HashSet<>();
        disks.stream().filter(disk -> !old.contains(disk)).forEach(disk -> kept.add(disk.generation()));
        for (KeptSnapshot snapshot :
                KeptSnapshot.superfluous(KeptSnapshot.of(facts, applied, snapshots), kept, generations)) {
            steps.add(step(
                    new Address("snapshot", snapshot.name()),
                    "the data of " + snapshot.dataset() + " before generation " + snapshot.generation() + ", "
                            + new ByteSize(snapshot.bytes()).rounded() + " in it alone",
                    List.of(Operation.Run.of(
                            "destroy the snapshot " + snapshot.name(),
                            Command.changes("zfs", "destroy", snapshot.name())))));
        }
        for (KeptArchives.Archive archive : KeptArchives.superfluous(facts, used)) {
            steps.add(step(
                    new Address("image", archive.file()),
                    "no container is made from it any more",
                    List.of(Operation.Run.of(
                            "remove the archive " + archive.file(),
                            Command.changes("rm", "-f", "--", archive.path().value())))));
        }
        return new Plan(steps, List.of());
    }

    private static Step step(Address address, String note, List<Operation> operations) {
        return Step.of(
                new Change(address, Action.DESTROY, List.of(), List.of(note), null, null, null),
                Phase.CHANGE,
                operations,
                Set.of());
    }
}
