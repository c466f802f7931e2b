package dev.tengil.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tengil.cli.Tg;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogTest {

    @TempDir
    Path folder;

    static Stream<String> names() {
        return Catalog.builtIn().apps().stream().map(Catalog.App::name);
    }

    @Test
    void six_applications_prove_the_form() {
        assertThat(names()).containsExactly("jellyfin", "plex", "nextcloud", "home-assistant", "immich", "portainer");
        assertThat(Catalog.builtIn().search(List.of("photos", "family"))).hasSize(1);
        assertThat(Catalog.builtIn().search(List.of())).hasSize(6);
        assertThat(Catalog.builtIn().find("nothing")).isNull();
    }

    @Test
    void a_key_that_means_nothing_or_is_missing_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Catalog.read("a: {titel: x}"));
        assertThatIllegalArgumentException().isThrownBy(() -> Catalog.read("a: {title: x}"));
    }

    /** Each is put into a file by the command, planned and made on a simulated host, and nothing is left to do then. */
    @ParameterizedTest
    @MethodSource("names")
    void each_entry_is_installed_planned_and_made(String name) throws Exception {
        Tg tg = new Tg(folder);
        StringBuilder world = new StringBuilder("images:\n");
        Catalog.App app = Catalog.builtIn().find(name);
        assertThat(app).isNotNull();
        app.containers().stream()
                .filter(line -> line.startsWith("  image: "))
                .map(line -> line.substring("  image: ".length()))
                .forEach(image -> world.append("  \"").append(image).append("\": {config: {Cmd: [/app]}}\n"));
        assertThat(world.toString()).contains(app.image().toString());
        Files.writeString(tg.path("world.yml"), world);
        assertThat(tg.say("sim new w --world world.yml").exit()).isZero();
        tg.file("pools: {tank: {datasets: {appdata: {profile: appdata}}}}\n");
        Tg.Ran installed = tg.say("oci install " + name);
        assertThat(installed.exit()).as(installed.err()).isZero();
        assertThat(installed.out()).contains("containers:").doesNotContain("DATASET");
        Tg.Ran applied = tg.say("apply --yes");
        assertThat(applied.exit()).as(applied.out() + applied.err()).isZero();
        assertThat(tg.say("plan").out()).contains("No changes");
    }
}
