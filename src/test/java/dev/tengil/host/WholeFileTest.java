package dev.tengil.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    Path folder;

    @Test
    void a_private_file_is_nobody_elses_and_takes_the_place_of_one_that_was_open() throws IOException {
        Path file = Files.writeString(folder.resolve("plan"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        WholeFile.write(file, "new", WholeFile.PRIVATE);
        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertAlone(file);
    }

    @Test
    void a_link_is_refused_and_what_it_leads_to_stays() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "mine");
        Path link = Files.createSymbolicLink(folder.resolve("plan"), precious);
        assertThatThrownBy(() -> WholeFile.write(link, "new", WholeFile.PRIVATE))
                .isInstanceOfSatisfying(
                        FileSystemException.class,
                        e -> assertThat(WholeFile.why(e)).contains("symbolic link"));
        assertThat(precious).hasContent("mine");
        assertAlone(link, precious);
    }

    @Test
    void a_directory_is_no_file() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("plan"));
        assertThatThrownBy(() -> WholeFile.write(directory, "new")).hasMessageContaining("not a regular file");
        assertThatThrownBy(() -> WholeFile.write(folder.resolve("no/such"), "new"))
                .isInstanceOfSatisfying(
                        IOException.class, e -> assertThat(WholeFile.why(e)).isEqualTo("its folder does not exist"));
        assertAlone(directory);
    }

    private void assertAlone(Path... files) throws IOException {
        try (var all = Files.list(folder)) {
            assertThat(all).containsExactlyInAnyOrder(files);
        }
    }
}
