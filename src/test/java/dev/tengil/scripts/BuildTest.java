package dev.tengil.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {

    @TempDir
    Path folder;

    private Checkout checkout;

    @BeforeEach
    void a_machine_with_maven_and_java() throws IOException {
        checkout = new Checkout(folder);
        checkout.maven();
        checkout.jdk("jdk-25", "25.0.3");
    }

    private String jar() throws Exception {
        Checkout.Ran ran = checkout.tg("version");
        assertThat(ran.exit()).as(ran.text()).isZero();
        return Files.readString(Checkout.jars(ran).resolve("tengil.jar"));
    }

    @Test
    void the_first_call_builds_and_the_next_does_not() throws Exception {
        assertThat(checkout.tg("version", "--json").text())
                .startsWith("building tengil (the first time takes about a minute) …\n")
                .endsWith("dev.tengil.cli.Main\nversion\n--json\n");
        assertThat(checkout.tg("version").text()).startsWith("java of jdk-25\n");
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void many_first_calls_at_once_build_once() throws Exception {
        try (var callers = Executors.newFixedThreadPool(4)) {
            for (Future<Checkout.Ran> ran :
                    callers.invokeAll(Collections.nCopies(4, (Callable<Checkout.Ran>) () -> checkout.tg("version")))) {
                assertThat(ran.get().exit()).as(ran.get().text()).isZero();
            }
        }
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void a_changed_source_is_built() throws Exception {
        jar();
        checkout.source("src/main/java/A.java", "class A { int changed; }");
        assertThat(jar()).contains("int changed");
        assertThat(checkout.builds()).isEqualTo(2);
    }

    @Test
    void an_added_source_is_built_also_in_a_directory_of_its_own() throws Exception {
        jar();
        checkout.source("src/main/java/C.java", "class C {}");
        assertThat(jar()).contains("class C");
        checkout.source("src/main/resources/deep/down/d.txt", "text d");
        assertThat(jar()).contains("text d");
    }

    @Test
    void a_deleted_source_is_gone_from_the_jar() throws Exception {
        jar();
        Files.delete(checkout.clone.resolve("src/main/java/B.java"));
        assertThat(jar()).contains("class A").doesNotContain("class B");
        assertThat(checkout.builds()).isEqualTo(2);
    }

    @Test
    void a_source_that_moved_over_another_is_seen_even_when_it_is_older() throws Exception {
        jar();
        Path older = checkout.clone.resolve("older");
        Files.writeString(older, "class A { int older; }");
        Files.setLastModifiedTime(older, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Files.move(older, checkout.clone.resolve("src/main/java/A.java"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(jar()).contains("int older");
    }

    @Test
    void what_is_only_newer_or_an_editors_own_file_is_not_built() throws Exception {
        jar();
        checkout.source("src/main/java/A.java", "class A {}");
        checkout.source("src/main/java/.B.java.swp", "an editor's");
        jar();
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void a_broken_build_shows_its_errors_and_not_the_log() throws Exception {
        checkout.program("mvn", """
                echo '[INFO] Compiling 2 source files'
                echo '[ERROR] A.java:[1,7] cannot find symbol'
                echo '[INFO] BUILD FAILURE'
                exit 1
                """);
        Checkout.Ran ran = checkout.tg("version");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.text())
                .contains("the build failed")
                .endsWith("\n[ERROR] A.java:[1,7] cannot find symbol\n")
                .doesNotContain("[INFO]");
        checkout.maven();
        assertThat(jar()).contains("class A");
    }

    @Test
    void a_broken_source_does_not_take_away_what_was_built_before() throws Exception {
        Path before = Checkout.jars(checkout.tg("version"));
        checkout.source("src/main/java/A.java", "class");
        checkout.program("mvn", "echo '[ERROR] reached end of file'; exit 1\n");
        assertThat(checkout.tg("version").exit()).isEqualTo(1);
        // Another tengil may be running from it.
        assertThat(before.resolve("tengil.jar")).exists();
    }

    @Test
    void a_jdk_that_is_gone_is_replaced_by_another() throws Exception {
        jar();
        Files.move(checkout.jvms.resolve("jdk-25"), checkout.machine.resolve("gone"));
        checkout.jdk("jdk-26", "26");
        assertThat(checkout.tg("version").text()).startsWith("java of jdk-26\n");
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void a_clone_that_cannot_be_written_to_says_so() throws Exception {
        Files.writeString(checkout.clone.resolve(".tengil-build"), "in the way");
        Checkout.Ran ran = checkout.tg("version");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.text())
                .isEqualTo("tengil must be built first, and " + checkout.clone + " cannot be written to\n");
    }
}
