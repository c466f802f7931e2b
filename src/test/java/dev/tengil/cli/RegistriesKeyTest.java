package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code registries:} in the file, and what the host gets of it. */
class RegistriesKeyTest {

    private static final String APP = """
            registries: {home: {host: registry.lan, %s}}
            containers: {app: {image: "registry.lan/app:1"}}
            """;

    private static final String PASSWORD = "c4n4ry-p4ssw0rd";
    private static final String BASIC =
            Base64.getEncoder().encodeToString(("anna:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final String HEX = HexFormat.of().formatHex(BASIC.getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{home: {insecure: true}} | error[registry.no-host]",
                "{a.lan: {}, b: {host: a.lan}} | error[registry.twice]",
                "{docker.io: {}, b: {host: index.docker.io}} | error[registry.twice]",
                "{a.lan: {username: me}} | username and password go together",
                "{a.lan: {password: x}} | username and password go together",
                "{a.lan: {username: 'm:e', password: x}} | without colons",
                "{a.lan: {insecure: true, ca: x.pem}} | keep one of them",
                "{a.lan: {mirror: 'b.lan/UPPER'}} | mirror",
                "{a: {host: nodots}} | those have a dot or a port",
                "{a.lan: {tls: no}} | there is no key \"tls\" in a registry"
            })
    void what_is_wrong_with_an_entry_is_said(String registries, String said) throws IOException {
        Tg.Ran ran = new Tg(folder).file("registries: " + registries + "\n").say("verify");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains(said).contains("tengil.yml:1:");
    }

    @Test
    void an_entry_for_which_nothing_is_pulled_is_in_nobodys_way() throws IOException {
        Tg tg = new Tg(folder)
                .file(Tg.SMALL + "registries: {r.lan: {username: a, password: !secret p}}\n"
                        + "secrets: {p: {env: P}}\n")
                .with("P", "secret-value");
        Tg.Ran ran = tg.say("apply --yes");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out() + ran.err()).doesNotContain("secret-value");
    }

    /** Nowhere but in the one call, whatever is shown, kept or printed. */
    @Test
    void a_login_of_the_file_gets_to_the_host_for_the_one_pull_and_is_seen_nowhere() throws IOException {
        Tg tg = new Tg(folder)
                .file(APP.formatted("username: anna, password: !secret p") + "secrets: {p: {env: P}}\n")
                .with("P", PASSWORD);
        Files.writeString(folder.resolve("world.yml"), """
                images: {"registry.lan/app:1": {access: login, config: {Cmd: [/app]}}}
                registries: {registry.lan: {password: %s}}
                """.formatted(PASSWORD));
        assertThat(tg.say("sim new w --world world.yml").exit()).isZero();
        for (String line : List.of(
                "plan",
                "plan -v",
                "plan --commands",
                "plan --script",
                "plan --json",
                "plan --out saved.plan",
                "apply --yes -v",
                "apply --yes --json",
                "update --check -v",
                "status -v --json",
                "state show")) {
            Tg.Ran ran = tg.say(line);
            assertThat(ran.exit()).as(line + "\n" + ran.out() + ran.err()).isZero();
            assertThat(ran.out() + ran.err()).as(line).doesNotContain(PASSWORD).doesNotContain(BASIC);
        }
        assertThat(tg.onHost("ls /var/lib/vz/template/cache").out()).contains("tengil-app-1-");
        assertThat(tg.onHost("ls /run").out()).doesNotContain("tengil-login");
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean described = file.endsWith("world.yml") || file.startsWith(folder.resolve("w"));
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(text.contains(BASIC) || text.contains(HEX))
                        .as(file.toString())
                        .isFalse();
                assertThat(text.contains(PASSWORD) && !described)
                        .as(file.toString())
                        .isFalse();
            }
        }
        assertThat(tg.onHost("find /var/lib/tengil -type f").out()).contains("state.json");
        for (String kept :
                tg.onHost("find /var/lib/tengil -type f").out().lines().toList()) {
            assertThat(tg.onHost("cat " + kept).out())
                    .as(kept)
                    .doesNotContain(PASSWORD)
                    .doesNotContain(BASIC);
        }
    }

    @Test
    void a_login_that_the_registry_does_not_take_is_no_image_and_shows_nothing() throws IOException {
        Tg tg = new Tg(folder).file(APP.formatted("username: anna, password: wrong-canary"));
        Files.writeString(folder.resolve("world.yml"), """
                images: {"registry.lan/app:1": {access: login, config: {Cmd: [/app]}}}
                registries: {registry.lan: {password: right}}
                """);
        assertThat(tg.say("sim new w --world world.yml").exit()).isZero();
        Tg.Ran ran = tg.say("plan -v");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("image.unknown").doesNotContain("wrong-canary");
    }

    @Test
    void what_the_file_says_of_a_registry_is_in_the_commands_of_the_pull() throws IOException {
        Files.writeString(folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n");
        Files.writeString(folder.resolve("world.yml"), """
                images:
                  "ghcr.io/app:1": {config: {Cmd: [/app]}}
                  "mirror.lan:5000/copies/app:1": {config: {Cmd: [/app]}}
                """);
        Tg tg = new Tg(folder);
        for (String[] each : new String[][] {
            {"insecure: true", "skopeo copy --src-tls-verify=false docker://ghcr.io/app@sha256:"},
            {"ca: ca.pem", "skopeo copy --src-cert-dir DIRECTORY docker://ghcr.io/app@sha256:"},
            {"mirror: 'mirror.lan:5000/copies'", "skopeo copy docker://mirror.lan:5000/copies/app@sha256:"},
        }) {
            tg.file(APP.formatted(each[0]).replace("registry.lan", "ghcr.io"));
            String host = each[0].substring(0, each[0].indexOf(':'));
            assertThat(tg.say("sim new " + host + " --world world.yml").exit()).isZero();
            Tg.Ran ran = tg.with("TENGIL_HOST", "sim:" + host).say("plan --commands");
            assertThat(ran.exit()).as(ran.err()).isZero();
            assertThat(ran.out()).contains(each[1]);
            Tg.Ran applied = tg.say("apply --yes");
            assertThat(applied.exit()).as(applied.err() + applied.out()).isZero();
        }
        tg.file(APP.formatted("ca: nowhere.pem").replace("registry.lan", "ghcr.io"));
        assertThat(tg.say("sim new w --world world.yml").exit()).isZero();
        assertThat(tg.with("TENGIL_HOST", "sim:w").say("plan").err()).contains("error[registry.ca]");
    }
}
