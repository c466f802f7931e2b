package dev.tengil.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Address;
import dev.tengil.resource.Action;
import dev.tengil.resource.Change;
import dev.tengil.resource.Phase;
import dev.tengil.resource.Step;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphTest {

    private static Address at(String name) {
        return new Address("dataset", name);
    }

    private static Step step(String name, Phase phase, String... after) {
        Change change = new Change(at(name), Action.CREATE, List.of(), List.of(), null, null, null);
        return Step.of(
                change,
                phase,
                List.of(),
                Set.copyOf(java.util.Arrays.stream(after).map(GraphTest::at).toList()));
    }

    @Test
    void a_step_waits_for_what_it_comes_after() {
        Step parent = step("a", Phase.CHANGE);
        Step child = step("a/b", Phase.CHANGE, "a");
        Graph graph = new Graph(List.of(child, parent));
        assertThat(graph.next()).isEqualTo(parent);
        assertThat(graph.next()).isNull();
        graph.succeeded(parent);
        assertThat(graph.next()).isEqualTo(child);
    }

    @Test
    void nothing_changes_before_everything_is_prepared() {
        Step pull = step("image", Phase.PREPARE);
        Step other = step("x", Phase.CHANGE);
        Graph graph = new Graph(List.of(other, pull));
        assertThat(graph.next()).isEqualTo(pull);
        assertThat(graph.next()).isNull();
        graph.succeeded(pull);
        assertThat(graph.next()).isEqualTo(other);
    }

    @Test
    void a_failed_step_takes_only_its_dependents_with_it() {
        Step a = step("a", Phase.CHANGE);
        Step b = step("a/b", Phase.CHANGE, "a");
        Step c = step("a/b/c", Phase.CHANGE, "a/b");
        Step other = step("x", Phase.CHANGE);
        Graph graph = new Graph(List.of(a, b, c, other));
        assertThat(graph.next()).isEqualTo(a);
        assertThat(graph.failed(a)).containsExactly(b, c);
        assertThat(graph.next()).isEqualTo(other);
        assertThat(graph.waiting()).isEmpty();
    }

    @Test
    void an_exclusive_thing_is_used_by_one_step_at_a_time() {
        Step one = step("a", Phase.CHANGE).exclusively("storage:local-zfs");
        Step two = step("b", Phase.CHANGE).exclusively("storage:local-zfs");
        Graph graph = new Graph(List.of(one, two));
        assertThat(graph.next()).isEqualTo(one);
        assertThat(graph.next()).isNull();
        graph.succeeded(one);
        assertThat(graph.next()).isEqualTo(two);
    }
}
