package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThat(ran.err()).doesNotContain("registry.not-yet");
        assertThat(ran.out() + ran.err()).doesNotContain("secret-value");
    }

    @Test
    void a_login_that_the_host_would_need_is_refused_with_the_way_out() throws IOException {
        Tg.Ran ran =
                new Tg(folder).file(APP.formatted("username: a, password: x")).say("plan");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err())
                .contains("error[registry.not-yet]")
                .contains("tg oci login registry.lan")
                .contains("skopeo login --authfile /root/.config/containers/auth.json registry.lan");
    }

    @Test
    void settings_that_the_host_does_not_get_are_warned_of() throws IOException {
        Tg tg = new Tg(folder).file(APP.formatted("insecure: true").replace("registry.lan", "ghcr.io"));
        Files.writeString(folder.resolve("world.yml"), """
                images: {"ghcr.io/app:1": {config: {Cmd: [/app]}}}
                """);
        Tg.Ran made = tg.say("sim new w --world world.yml");
        assertThat(made.exit()).as(made.err()).isZero();
        Tg.Ran ran = tg.say("plan");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("warning[registry.not-yet]: insecure: of ghcr.io is for tg oci");
    }
}
