package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** tengil installed on the machine that it sets up: a Debian without Proxmox. */
@Tag("vm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalOnRealHostTest {

    /** What our classes and libraries use of the JDK; the machine has no network to fetch a whole one. */
    private static final String MODULES = "java.base,java.net.http,java.sql";

    private static final String FILE = "examples/nas/tengil.yml";

    private static final String TG = """
            tg() {
                /opt/tengil/jre/bin/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '/opt/tengil/classes:/opt/tengil/lib/*' \\
                    dev.tengil.cli.Main "$@" 2>&1
            }
            cd /root
            """;

    @TempDir
    static Path folder;

    private TestMachine machine;

    @BeforeAll
    void install() throws Exception {
        machine = TestMachine.fresh();
        Path product = Files.createDirectory(folder.resolve("tengil"));
        run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--add-modules",
                MODULES,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--generate-cds-archive",
                "--output",
                product.resolve("jre").toString()));
        Path libraries = Files.createDirectory(product.resolve("lib"));
        for (String part : System.getProperty("java.class.path").split(":", -1)) {
            Path path = Path.of(part);
            if (part.matches(".*/(picocli|snakeyaml-engine|gson|jspecify)-[0-9.]+\\.jar")) {
                Files.copy(path, libraries.resolve(path.getFileName()));
            } else if (Files.exists(path.resolve("dev/tengil/cli/Main.class"))) {
                copy(path, product.resolve("classes"));
            }
        }
        Files.copy(Path.of(FILE), product.resolve("nas.yml"));
        Path archive = folder.resolve("tengil.tar.gz");
        run(List.of("tar", "-C", folder.toString(), "-czf", archive.toString(), "tengil"));
        machine.copyIn(archive, "tar -xz -C /opt -f -").succeeded();
    }

    @AfterAll
    void giveBack() throws Exception {
        if (machine != null) {
            machine.giveBack();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        }
    }

    private static void run(List<String> words) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "said", ".txt");
        int exit = new ProcessBuilder(new ArrayList<>(words))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        assertThat(exit).as(words + "\n" + Files.readString(said)).isZero();
    }

    @Test
    void the_example_is_applied_from_within_and_nothing_is_left_to_do_neither_there_nor_from_elsewhere()
            throws Exception {
        String seen = machine.sh(TG + """
                tg plan --host local -c /opt/tengil/nas.yml
                tg apply --host local --yes -c /opt/tengil/nas.yml
                tg plan --host local --detailed-exitcode -c /opt/tengil/nas.yml
                zfs get -Hp -o value,source recordsize tank/media
                pdbedit -L | cut -d: -f1 | sort
                """).succeeded();
        assertThat(seen).contains("Plan: ").endsWith("""
                No changes. The host matches tengil.yml.
                1048576\tlocal
                anna
                ben
                """);
        assertThat(machine.tg("plan", "-c", FILE).succeeded()).contains("No changes.");
    }

    @Test
    void a_file_with_containers_is_answered_by_one_sentence_and_nothing_is_done() throws Exception {
        TestMachine.Ran plan = machine.sh(TG + """
                cat > homelab.yml <<'END'
                version: 3
                pools:
                  tank:
                    datasets:
                      pictures:
                        containers:
                          - {name: web, template: debian-13-standard, mount: /pictures}
                          - {name: app, image: docker.io/library/redis:7}
                      others: {}
                END
                code=0
                tg apply --host local --yes -c homelab.yml || code=$?
                zfs list -H -o name -r tank | grep -c -E 'pictures|others' || true
                exit $code
                """);
        assertThat(plan.exit()).as(plan.text()).isEqualTo(3);
        assertThat(plan.text())
                .contains("error[host.no-proxmox]: this host has no Proxmox VE")
                .contains("homelab.yml:")
                .endsWith("\n0\n");
        assertThat(plan.text().lines().filter(line -> line.startsWith("error"))).hasSize(1);
    }
}
