package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan asks of its host does not grow with the file. */
class ProcessStartsTest {

    /** Longer than what one argument on a Linux command line may hold, all together. */
    private static final String LONG = "a-name-that-makes-its-path-longer-than-most-are-and-still-has-to-fit";

    @TempDir
    Path folder;

    @Test
    void a_plan_starts_as_many_programs_for_a_thousand_resources_as_for_one() throws IOException {
        Tg tg = new Tg(folder);
        List<String> small = looks(tg.file(homelab(1)).run("plan", "-v"));
        List<String> large = looks(tg.file(homelab(500)).run("plan", "-v"));
        assertThat(large).hasSameSizeAs(small).hasSizeBetween(8, 30);
        assertThat(large).allSatisfy(line -> assertThat(line.length()).isLessThan(4_000));
        tg.run("apply", "--yes");
        List<String> converged = looks(tg.run("plan", "-v"));
        assertThat(converged).hasSizeLessThanOrEqualTo(small.size());
    }

    private static List<String> looks(Tg.Ran plan) {
        assertThat(plan.exit()).as(plan.err()).isZero();
        return plan.err().lines().filter(line -> line.startsWith("  $ ")).toList();
    }

    /** So many datasets, and half as many containers and shares each. */
    private static String homelab(int size) {
        StringBuilder text = new StringBuilder("pools:\n  tank:\n    datasets:\n");
        for (int i = 0; i < size; i++) {
            text.append("      ").append(LONG).append(i).append(":\n        mode: \"0750\"\n");
            if (i % 2 == 0) {
                text.append("        containers: [{name: c")
                        .append(i)
                        .append(", template: debian-13-standard, mount: /m}]\n");
                text.append("        shares: {smb: {name: s").append(i).append("}}\n");
            }
        }
        return text.append("users: {ann: {}}\n").toString();
    }
}
