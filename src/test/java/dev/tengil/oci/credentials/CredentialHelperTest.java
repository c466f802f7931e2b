package dev.tengil.oci.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Parsed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs that speak the protocol of Docker's helpers, well and badly. */
class CredentialHelperTest {

    @TempDir
    Path directory;

    private Parsed<Optional<Credential>> get(String script) throws Exception {
        Path program = directory.resolve("docker-credential-test");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new CredentialHelper(program.toString(), Duration.ofSeconds(5)).get("r.lan:5000");
    }

    private static String reason(Parsed<Optional<Credential>> answer) {
        return answer instanceof Parsed.Bad<Optional<Credential>>(String reason)
                ? reason.replaceFirst("^.*/", "")
                : "" + answer;
    }

    @Test
    void it_is_asked_on_stdin_for_exactly_the_host() throws Exception {
        Parsed<Optional<Credential>> answer = get("""
                [ "$1" = get ] && [ $# = 1 ] && read -r host
                [ "$host" = r.lan:5000 ] && echo '{"ServerURL": "r.lan:5000", "Username": "anna", "Secret": "s3cret"}'""");
        assertThat(answer.orThrow().orElseThrow()).isInstanceOfSatisfying(Credential.Password.class, found -> {
            assertThat(found.login().username()).isEqualTo("anna");
            assertThat(found.login().password().reveal()).isEqualTo("s3cret");
        });
        assertThat(answer.toString()).doesNotContain("s3cret");
    }

    @Test
    void a_token_is_marked_by_its_name() throws Exception {
        assertThat(get("echo '{\"Username\": \"<token>\", \"Secret\": \"abc\"}'")
                        .orThrow())
                .containsInstanceOf(Credential.IdentityToken.class);
    }

    @Test
    void having_none_is_no_error() throws Exception {
        assertThat(get("echo 'credentials not found in native keychain'; exit 1")
                        .orThrow())
                .isEmpty();
    }

    @Test
    void what_goes_wrong_is_told_without_what_it_said() throws Exception {
        assertThat(reason(get("echo s3cret; exit 3"))).isEqualTo("docker-credential-test ended with exit code 3");
        assertThat(reason(get("echo s3cret")))
                .isEqualTo("docker-credential-test answered with something that is no login");
        assertThat(reason(get("echo '{\"Username\": [], \"Secret\": {}}'"))).endsWith("something that is no login");
        assertThat(reason(get("exec sleep 60"))).isEqualTo("docker-credential-test gave no answer within 5 s");
        assertThat(reason(new CredentialHelper("docker-credential-nowhere", Duration.ofSeconds(5)).get("x")))
                .isEqualTo("docker-credential-nowhere cannot be started");
    }

    @Test
    void a_name_that_leads_elsewhere_is_no_helper() {
        for (String name : List.of("../x", "a/b", "", "-x", "a b", "a\nb")) {
            assertThat(CredentialHelper.named(name, Duration.ofSeconds(1))).isInstanceOf(Parsed.Bad.class);
        }
    }

    @Test
    void only_the_host_that_is_named_has_a_helper_and_a_failure_is_a_warning() throws Exception {
        Path file = Files.writeString(
                directory.resolve("config.json"),
                "{\"credHelpers\": {\"r.lan\": \"nowhere-at-all\"}, \"auths\": {\"other.lan\": {\"auth\": \"aHViOjE=\"}}}");
        Keychain keychain = new Keychain(List.of(file));
        assertThat(keychain.find("other.lan", "")).isInstanceOf(Credential.Password.class);
        assertThat(keychain.find("sub.r.lan", "")).isNull();
        assertThat(keychain.warnings()).isEmpty();
        assertThat(keychain.find("r.lan", "")).isNull();
        assertThat(keychain.warnings().stream().map(Diagnostic::message))
                .containsExactly(
                        "the login for r.lan could not be fetched: docker-credential-nowhere-at-all cannot be started");
    }

    @Test
    void docker_hub_is_asked_for_by_its_name_of_old() {
        assertThat(AuthFile.helperKey("docker.io")).isEqualTo("https://index.docker.io/v1/");
        assertThat(AuthFile.helperKey("r.lan:5000")).isEqualTo("r.lan:5000");
    }
}
