package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file and which host are meant when several could be. */
class SearchOrderTest {

    @TempDir
    Path folder;

    private void stack(String file, String name, String more) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "stack: " + name + "\n" + more);
    }

    private String stack(Tg tg, String... words) {
        Tg.Ran ran = tg.run(words);
        assertThat(ran.exit()).as(ran.err()).isZero();
        return ran.out().lines().findFirst().orElse("");
    }

    @Test
    void the_option_then_the_variable_then_the_directory_then_the_home_say_which_file() throws IOException {
        stack("home/tengil-configs/tengil.yml", "home", "");
        Tg tg = new Tg(folder).with("HOME", folder.resolve("home").toString());
        assertThat(stack(tg, "status")).startsWith("Stack home on ");
        stack("tengil.yml", "directory", "");
        assertThat(stack(tg, "status")).startsWith("Stack directory on ");
        stack("variable.yml", "variable", "");
        tg.with("TENGIL_CONFIG", "variable.yml");
        assertThat(stack(tg, "status")).startsWith("Stack variable on ");
        stack("option.yml", "option", "");
        assertThat(stack(tg, "status", "-c", "option.yml")).startsWith("Stack option on ");
        assertThat(stack(tg, "--config", "option.yml", "status")).startsWith("Stack option on ");
        tg.with("TENGIL_CONFIG", "");
        assertThat(stack(tg, "status")).startsWith("Stack directory on ");
    }

    @Test
    void the_option_then_the_mock_then_the_variable_then_the_file_say_which_host() throws IOException {
        stack("tengil.yml", "main", "host: sim:of-the-file\n");
        Tg tg = new Tg(folder).without("TENGIL_HOST");
        assertThat(stack(tg, "status")).startsWith("Stack main on sim:of-the-file:");
        tg.with("TENGIL_HOST", "sim:of-the-variable");
        assertThat(stack(tg, "status")).startsWith("Stack main on sim:of-the-variable:");
        tg.with("TG_MOCK", "1");
        assertThat(stack(tg, "status")).startsWith("Stack main on sim:");
        assertThat(folder.resolve(".local/share/tengil/sim/state.json")).exists();
        assertThat(stack(tg, "status", "--host", "sim:of-the-option")).startsWith("Stack main on sim:of-the-option:");
        assertThat(stack(tg, "--host=sim:of-the-option", "status")).startsWith("Stack main on sim:of-the-option:");
    }

    @Test
    void without_a_file_all_places_are_named() {
        Tg.Ran ran = new Tg(folder).say("plan");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err())
                .contains("error[config.none]")
                .contains(folder.resolve("tengil.yml").toString())
                .contains(folder.resolve("tengil-configs/tengil.yml").toString())
                .contains("/etc/tengil/tengil.yml")
                .contains("-c FILE");
    }
}
