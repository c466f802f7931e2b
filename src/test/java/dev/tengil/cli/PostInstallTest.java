package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is run once in a new container, and by which shell. */
class PostInstallTest {

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void host() {
        tg = new Tg(folder);
        assertThat(tg.say("sim new w").exit()).isZero();
    }

    private void container(String keys) throws IOException {
        tg.file("containers: {web: {" + keys + "}}\n");
    }

    @Test
    void a_script_runs_in_the_shell_that_its_first_line_names() throws IOException {
        Files.writeString(tg.path("a.sh"), "#!/usr/bin/env bash\n[[ -e /x ]] || echo\n");
        Files.writeString(tg.path("b.sh"), "#! /bin/bash\necho b\n");
        Files.writeString(tg.path("c.sh"), "echo c\n");
        container("template: debian-13-standard, post_install: [a.sh, ./b.sh, c.sh, echo d]");
        assertThat(tg.say("plan --commands").out())
                .contains(
                        "pct exec 100 -- bash -c '#!/usr/bin/env bash",
                        "pct exec 100 -- /bin/bash -c '#! /bin/bash",
                        "pct exec 100 -- sh -c 'echo c",
                        "pct exec 100 -- sh -c 'echo d'");
    }

    @Test
    void a_script_for_no_shell_is_refused() throws IOException {
        Files.writeString(tg.path("a.sh"), "#!/usr/bin/python3\nprint(1)\n");
        Files.writeString(tg.path("b.sh"), "#!/bin/bash -e\nfalse\n");
        container("template: debian-13-standard, post_install: [a.sh, b.sh]");
        Tg.Ran plan = tg.say("plan");
        assertThat(plan.exit()).isEqualTo(Exit.INVALID.code());
        assertThat(plan.err())
                .contains("a.sh begins with \"#!/usr/bin/python3\"", "b.sh begins with \"#!/bin/bash -e\"");
    }

    @Test
    void an_image_without_a_shell_is_told_from_a_command_that_failed() throws IOException {
        tg.faults("- {match: pct exec, do: fail, exit: 127, stderr: \"exec: sh: not found\"}\n");
        container("image: \"redis:7\", post_install: [echo]");
        Tg.Ran apply = tg.say("apply --yes");
        assertThat(apply.exit()).isEqualTo(Exit.PARTIAL.code());
        assertThat(apply.out() + apply.err())
                .contains("the image of web has no shell, so post_install: cannot run in it");
    }

    @Test
    void what_succeeded_once_is_not_run_again_and_what_failed_is() throws IOException {
        tg.faults("- {match: pct exec, nth: 2, do: fail, exit: 1, stderr: no network}\n");
        container("template: debian-13-standard, post_install: [echo a, echo b]");
        assertThat(tg.say("apply --yes").exit()).isEqualTo(Exit.PARTIAL.code());
        assertThat(tg.say("plan").out()).contains("post_install 2 commands");
        tg.faults("[]\n");
        assertThat(tg.say("apply --yes").exit()).isZero();
        assertThat(tg.say("plan").out()).startsWith("No changes.");
    }
}
