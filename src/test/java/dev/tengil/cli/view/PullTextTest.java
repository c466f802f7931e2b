package dev.tengil.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.apply.Event;
import dev.tengil.host.ImagePull;
import dev.tengil.model.Address;
import dev.tengil.resource.Action;
import dev.tengil.resource.Change;
import dev.tengil.resource.Phase;
import dev.tengil.resource.PullSize;
import dev.tengil.resource.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How far a pull is, in the row of its step. */
class PullTextTest {

    private static final Step STEP = Step.of(
            new Change(
                    new Address("image", "tengil-app-1-0123456789ab.tar"),
                    Action.CREATE,
                    List.of(),
                    List.of(),
                    null,
                    null,
                    null),
            Phase.PREPARE,
            List.of(),
            Set.of());

    private static String text(long bytes, int layers, @Nullable PullSize of) {
        return PullText.of(new Event.Pulling(STEP, bytes, layers, of));
    }

    @Test
    void layers_and_bytes_are_told_as_parts_of_what_there_is() {
        PullSize all = new PullSize(480_000_000, 7);
        assertThat(text(120_000_000, 3, all)).isEqualTo("3 of 7 layers, 120 of 480 MB");
        assertThat(text(300_000, 0, all)).isEqualTo("0 of 7 layers, 0.3 of 480 MB");
        assertThat(text(480_000_000, 8, all)).isEqualTo("7 of 7 layers, 480 of 480 MB");
        assertThat(text(960_000_000, 8, all)).isEqualTo("all 7 layers, 480 MB, packing");
    }

    @Test
    void where_nobody_asked_the_registry_only_what_is_there_is_told() {
        assertThat(text(120_000_000, 3, null)).isEqualTo("120 MB");
    }

    @Test
    void only_our_own_lines_are_counts() {
        assertThat(ImagePull.Progress.read("tengil-pulled 120 3")).isEqualTo(new ImagePull.Progress(120, 3));
        for (String line :
                List.of("Copying blob sha256:0", "tengil-pulled x 3", "tengil-pulled 1", " tengil-pulled 1 2")) {
            assertThat(ImagePull.Progress.read(line)).as(line).isNull();
        }
    }

    @Test
    void without_a_terminal_no_line_is_spent_on_it() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ApplyView view = new ApplyView(
                new PrintStream(printed, true, StandardCharsets.UTF_8), Ink.PLAIN, ApplyView.Detail.USUAL, Rows.none());
        view.accept(new Event.Started(STEP));
        view.accept(new Event.Pulling(STEP, 1, 0, null));
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        ByteArrayOutputStream drawn = new ByteArrayOutputStream();
        PrintStream terminal = new PrintStream(drawn, true, StandardCharsets.UTF_8);
        ApplyView live = new ApplyView(
                terminal, Ink.PLAIN, ApplyView.Detail.USUAL, Rows.on(terminal, () -> new Rows.Window(80, 24)));
        live.accept(new Event.Started(STEP));
        live.accept(new Event.Pulling(STEP, 120_000_000, 3, new PullSize(480_000_000, 7)));
        assertThat(drawn.toString(StandardCharsets.UTF_8)).contains("3 of 7 layers, 120 of 480 MB");
    }
}
