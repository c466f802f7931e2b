package dev.tengil.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.Command;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import dev.tengil.model.Address;
import dev.tengil.resource.Action;
import dev.tengil.resource.Applied;
import dev.tengil.resource.Change;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.Step;
import dev.tengil.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ApplyTest {

    private static Step creating(String dataset) {
        Address address = Address.parse("dataset:" + dataset).orThrow();
        Change change = new Change(address, Action.CREATE, List.of(), List.of(), null, null, null);
        Operation create = Operation.Run.of("create dataset " + dataset, Command.changes("zfs", "create", dataset));
        return Step.of(change, Phase.CHANGE, List.of(create), Set.of());
    }

    @Test
    @Timeout(20)
    void a_mistake_of_ours_ends_its_step_and_neither_the_others_nor_the_saving() throws Exception {
        Faults faults = Faults.parse("[{match: zfs create tank/a, do: die-before}]", () -> {
                    throw new IllegalStateException("a mistake");
                })
                .orThrow();
        SimulatedHost host = SimulatedHost.inMemory("", faults).orThrow();
        host.run(Command.changes("mkdir", "-p", "/var/lib/tengil/main"));
        List<Event> events = new ArrayList<>();
        Apply apply = new Apply(host, new StateStore(host, "main"), events::add, new Stop(), time -> {}, 1);
        Outcome outcome = apply.run(
                Applied.empty("main", "salt"),
                List.of(creating("tank/a"), creating("tank/b")),
                List.of(),
                List.of(),
                Saving.orElse((text, reason) -> {}));
        assertThat(outcome.failed()).hasSize(1);
        assertThat(outcome.done()).hasSize(1);
        assertThat(outcome.saved()).isTrue();
        assertThat(events)
                .filteredOn(event -> event instanceof Event.Failed)
                .singleElement()
                .isInstanceOfSatisfying(
                        Event.Failed.class,
                        event -> assertThat(event.failure().reason())
                                .contains("tengil itself made a mistake", "a mistake"));
    }
}
