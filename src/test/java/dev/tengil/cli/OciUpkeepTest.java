package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tg oci install|pull|remove|prune|catalog}: what is written into the file, and what is brought to the host and away again. */
class OciUpkeepTest {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final String CACHE = "ls /var/lib/vz/template/cache";
    private static final String FILE = """
            # the apps of the house
            pools: {tank: {datasets: {appdata: {profile: appdata}, docs: {}}}}
            containers:
              web: {image: "app:1"}   # keep

            # end
            """;

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void host() throws IOException {
        tg = new Tg(folder);
        StringBuilder world = new StringBuilder("images:\n");
        for (int i = 1; i < 6; i++) {
            world.append("  app:" + i + ": {config: {Cmd: [/app], Env: [V=" + i + "]}}\n");
        }
        Files.writeString(tg.path("world.yml"), world);
        ok(tg.say("sim new w --world world.yml"));
        tg.file(FILE);
    }

    private static Tg.Ran ok(Tg.Ran ran) {
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        return ran;
    }

    private static void isAs(String shape, String printed) throws IOException {
        String schema = "{\"$ref\": \"#/$defs/" + shape + "\","
                + Files.readString(Path.of("docs/json-output.schema.json")).substring(1);
        assertThat(SCHEMAS.getSchema(schema).validate(printed, InputFormat.JSON))
                .as(printed)
                .isEmpty();
    }

    private String text() throws IOException {
        return Files.readString(tg.path("tengil.yml"));
    }

    @Test
    void install_adds_lines_and_changes_no_other_byte_nor_the_mode() throws IOException {
        Files.setPosixFilePermissions(tg.path("tengil.yml"), PosixFilePermissions.fromString("rw-rw-r--"));
        Tg.Ran ran = ok(tg.say("oci install jellyfin"));
        assertThat(ran.out()).startsWith("containers:\n  jellyfin:\n");
        assertThat(text().replaceFirst("(?s)  jellyfin:.*?/cache\n", "")).isEqualTo(FILE);
        assertThat(text()).contains("    in: tank/appdata\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tg.path("tengil.yml"))))
                .isEqualTo("rw-rw-r--");
        Tg.Ran twice = tg.say("oci install jellyfin");
        assertThat(twice.exit()).isEqualTo(6);
        assertThat(twice.err()).contains("error[install.there-already]");
        isAs(
                "ociInstall",
                ok(tg.say("oci install portainer --in tank/docs --json")).out());
        assertThat(text()).contains("    in: tank/docs\n");
    }

    @Test
    void a_link_stays_a_link() throws IOException {
        Files.move(tg.path("tengil.yml"), tg.path("real.yml"));
        Files.createSymbolicLink(tg.path("tengil.yml"), Path.of("real.yml"));
        ok(tg.say("oci install plex"));
        assertThat(tg.path("tengil.yml")).isSymbolicLink();
        assertThat(Files.readString(tg.path("real.yml"))).contains("plex:");
    }

    @Test
    void a_file_that_cannot_be_added_to_stays_and_the_lines_are_shown() throws IOException {
        String flow = "pools: {tank: {datasets: {appdata: {profile: appdata}}}}\ncontainers: {web: {image: 'app:1'}}\n";
        tg.file(flow);
        Tg.Ran ran = tg.say("oci install immich");
        assertThat(ran.exit()).isEqualTo(6);
        assertThat(ran.err())
                .contains("error[install.by-hand]")
                .contains("not written line by line")
                .contains("  immich-database: {generate: 32}")
                .contains("  immich:\n");
        assertThat(text()).isEqualTo(flow);
    }

    @Test
    void without_a_dataset_for_the_volumes_it_says_what_to_do() throws IOException {
        String none = "pools: {tank: {datasets: {docs: {}}}}\n";
        Tg.Ran ran = tg.file(none).say("oci install jellyfin");
        assertThat(ran.exit()).isEqualTo(6);
        assertThat(ran.err())
                .contains("error[install.no-dataset]")
                .contains("--in DATASET")
                .contains("tank/docs");
        assertThat(tg.say("oci install jellyfin --in tank/nope").err()).contains("the file has no dataset tank/nope");
        assertThat(text()).isEqualTo(none);
    }

    @Test
    void the_catalog_is_told_without_asking_anybody() throws IOException {
        assertThat(ok(tg.say("oci catalog")).out()).contains("jellyfin", "immich", "home-assistant");
        assertThat(ok(tg.say("oci catalog photos")).out()).contains("immich").doesNotContain("plex");
        assertThat(ok(tg.say("oci catalog nonsense-word")).err()).contains("nothing like nonsense-word");
        isAs("ociCatalog", ok(tg.say("oci catalog --json")).out());
        assertThat(ok(tg.say("oci catalog")).out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void what_was_pulled_is_used_by_a_later_apply() throws IOException {
        Tg.Ran pulled = ok(tg.say("oci pull app:1"));
        assertThat(pulled.out() + pulled.err()).contains("local:vztmpl/tengil-app-1-");
        assertThat(ok(tg.say("oci pull app:1")).out()).contains("is there already");
        assertThat(ok(tg.say("plan")).out()).doesNotContain("image:").contains("container:web");
        isAs("outcome", ok(tg.say("oci pull app:2 --json")).out());
        Tg.Ran unknown = tg.say("oci pull app:9");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("error[image.unknown]").contains("tg oci tags");
        assertThat(tg.say("oci pull app:1 --storage local-zfs").err())
                .contains("\"local-zfs\" does not keep container templates");
        assertThat(tg.say("oci pull app:1 --storage nope").err()).contains("\"nope\" does not exist");
    }

    @Test
    void a_pull_that_breaks_off_leaves_nothing_that_looks_like_an_archive() throws IOException {
        tg.faults("[{match: skopeo copy, do: fail, exit: 1, stderr: 'level=fatal msg=\"unexpected EOF\"'}]");
        Tg.Ran ran = tg.say("oci pull app:1");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out() + ran.err())
                .contains("skopeo failed with exit code 1")
                .contains("unexpected EOF");
        assertThat(tg.onHost(CACHE).out()).doesNotContain(".tar\n");
        tg.faults("[]");
        ok(tg.say("oci pull app:1"));
    }

    @Test
    void remove_takes_only_what_nobody_needs() throws IOException {
        ok(tg.say("apply --yes"));
        ok(tg.say("oci pull app:2"));
        ok(tg.onHost("skopeo copy docker://app:3 oci-archive:/var/lib/vz/template/cache/mine.tar"));
        String used = archive("tengil-app-1-");
        String free = archive("tengil-app-2-");
        assertThat(tg.say("oci remove " + used + " --yes").err()).contains("a container or an earlier generation");
        assertThat(tg.say("oci remove mine.tar --yes").err())
                .contains("not pulled by tengil")
                .contains("pvesm free");
        assertThat(tg.say("oci remove nope.tar --yes").err()).contains("no storage of the host has the archive");
        Tg.Ran unasked = tg.say("oci remove " + free);
        assertThat(unasked.exit()).isEqualTo(6);
        assertThat(archive("tengil-app-2-")).isEqualTo(free);
        ok(tg.say("oci remove local:vztmpl/" + free + " --yes"));
        assertThat(tg.onHost(CACHE).out()).doesNotContain(free).contains(used, "mine.tar");
    }

    private String archive(String begin) {
        return tg.onHost(CACHE)
                .out()
                .lines()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void prune_shows_first_and_leaves_what_somebody_uses() throws IOException {
        for (int i = 1; i < 6; i++) {
            ok(tg.file(FILE.replace("app:1", "app:" + i)).say("apply --yes"));
        }
        // Another stack of the same host has a container of its own.
        ok(tg.onHost("skopeo copy docker://app:3 oci-archive:/var/lib/vz/template/cache/mine.tar"));
        ok(tg.say("oci pull app:2"));
        String disks = "zfs list -H -o name -r rpool/data";
        String before = tg.onHost(disks).out();
        Tg.Ran dry = ok(tg.say("oci prune --dry-run"));
        assertThat(dry.out()).contains("disk:rpool/data/tengil-aside-100-g2", "2 to destroy");
        isAs("plan", ok(tg.say("oci prune --dry-run --json")).out());
        Tg.Ran unasked = tg.say("oci prune");
        assertThat(unasked.exit()).isEqualTo(6);
        assertThat(tg.onHost(disks).out()).isEqualTo(before);
        ok(tg.say("oci prune --yes"));
        assertThat(tg.onHost(disks).out())
                .doesNotContain("aside-100-g2\n", "aside-100-g3\n")
                .contains("aside-100-g4", "aside-100-g5", "subvol-100-disk");
        assertThat(tg.onHost(CACHE).out()).contains("mine.tar");
        assertThat(ok(tg.say("oci prune")).out()).contains("Nothing lies there that nobody needs.");
        assertThat(ok(tg.say("plan")).out()).contains("No changes");
    }
}
