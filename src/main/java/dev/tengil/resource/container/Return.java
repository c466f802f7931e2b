package dev.tengil.resource.container;

import dev.tengil.model.DatasetName;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Undo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the old container comes back: the new one is taken away, then disk, config, rules, pool and rights are put where they were. */
final class Return {

    private final Container container;
    private final String stack;
    private final Aside aside;
    private final WayBack way;

    Return(Container container, String stack, Aside aside) {
        this.container = container;
        this.stack = stack;
        this.aside = aside;
        this.way = new WayBack(container.vmid());
    }

    /** Numbers of the operations of a step that make each part of the way back necessary. */
    record From(int stop, int rename, int rules, int destroy, int create, int start) {}

    /**
     * All of it, as far as it is necessary when a step failed.
     *
     * @param spare the new one's root disk, where it is worth keeping
     * @param data what brings the data back
     */
    List<Undo> undo(From from, @Nullable DatasetName spare, List<Operation> data) {
        List<Undo> undo = new ArrayList<>();
        add(undo, from.start(), Gate.witnesses(container));
        add(undo, from.create(), removal(spare));
        add(undo, from.destroy(), way.configBack(aside.config(stack)));
        add(undo, from.rename(), List.of(disk()));
        add(undo, from.rules(), List.of(way.rulesBack()));
        add(undo, from.destroy(), aside.belongings().back(container.vmid(), true));
        add(undo, from.start(), data);
        add(undo, from.stop(), aside.running() ? started() : List.of());
        return undo;
    }

    private static void add(List<Undo> undo, int from, List<Operation> operations) {
        operations.forEach(operation -> undo.add(new Undo(from, operation)));
    }

    /**
     * All of it now.
     *
     * @param made whether a new one stands there
     * @param gone whether the old one's config does not stand there
     */
    List<Operation> now(boolean made, boolean gone, @Nullable DatasetName spare) {
        List<Operation> operations = new ArrayList<>();
        if (made) {
            operations.addAll(removal(spare));
        }
        if (made || gone) {
            operations.addAll(way.configBack(aside.config(stack)));
        }
        operations.add(disk());
        operations.add(way.rulesBack());
        operations.addAll(aside.belongings().back(container.vmid(), true));
        if (aside.running() && !"stopped".equals(container.state())) {
            operations.addAll(started());
        }
        return operations;
    }

    private Operation disk() {
        return way.rename("put the old root disk back", aside.dataset(), aside.disk());
    }

    private List<Operation> started() {
        return List.of(way.start(), ContainerCommands.running(container));
    }

    /** Takes the new one away. */
    private List<Operation> removal(@Nullable DatasetName spare) {
        List<Operation> moves = new ArrayList<>();
        moves.add(new Operation.EnsureOurs(
                "check that container " + container.vmid() + " is the new one", container.vmid(), Mark.of(stack)));
        moves.add(way.stop("new "));
        moves.add(way.keepRules());
        if (spare != null) {
            DatasetName failed = spare.parent().child(aside.dataset().leaf() + "-failed");
            moves.add(way.rename("keep the root disk of the new container", spare, failed));
        }
        moves.add(way.destroy("new"));
        return moves;
    }
}
