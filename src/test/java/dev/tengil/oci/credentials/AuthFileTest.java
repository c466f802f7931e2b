package dev.tengil.oci.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthFileTest {
    private static final Login ANNA =
            Login.of("anna", Secret.of("test", "s3cret:wörd")).orThrow();

    @TempDir
    Path directory;

    private static String who(AuthFile file, String host, String repository) {
        return switch (file.find(host, repository, "here")) {
            case null -> "nobody";
            case Credential.Password(Login login, String _) ->
                login.username() + "/" + login.password().reveal();
            case Credential.IdentityToken(Secret token, String _) -> "token " + token.reveal();
        };
    }

    @Test
    void every_way_of_writing_a_registry_is_understood() {
        // bTpuCg== and the like are name:password
        AuthFile file = AuthFile.parse("""
                        {"auths": {
                          "https://index.docker.io/v1/": {"auth": "aHViOjE="},
                          "ghcr.io": {"auth": "Z2hjcjoy"},
                          "ghcr.io/team": {"auth": "dGVhbToz"},
                          "https://old.lan:5000/v2/": {"username": "old", "password": "4"},
                          "token.lan": {"auth": "PHRva2VuPjo=", "identitytoken": "abc"},
                          "empty.lan": {}, "bad.lan": {"auth": "%%%"}, "odd.lan": 5
                        }, "HttpHeaders": {"X": "y"}}
                        """).orThrow();
        assertThat(who(file, "docker.io", "library/redis")).isEqualTo("hub/1");
        assertThat(who(file, "ghcr.io", "other/app")).isEqualTo("ghcr/2");
        assertThat(who(file, "ghcr.io", "team/sub/app")).isEqualTo("team/3");
        assertThat(who(file, "ghcr.io", "teamster/app")).isEqualTo("ghcr/2");
        assertThat(who(file, "old.lan:5000", "")).isEqualTo("old/4");
        assertThat(who(file, "old.lan", "")).isEqualTo("nobody");
        assertThat(who(file, "token.lan", "x")).isEqualTo("token abc");
        for (String none : List.of("empty.lan", "bad.lan", "odd.lan", "io", "evil.ghcr.io", "ghcr.io.evil")) {
            assertThat(who(file, none, "x")).as(none).isEqualTo("nobody");
        }
    }

    @Test
    void the_file_for_another_machine_holds_one_login_alone() {
        Secret text = AuthFile.only("docker.io", new Credential.Password(ANNA, "here"));
        assertThat(text).hasToString("‹secret›");
        AuthFile read = AuthFile.parse(text.reveal()).orThrow();
        assertThat(read.hosts()).containsExactly("docker.io");
        assertThat(who(read, "docker.io", "library/redis")).isEqualTo("anna/s3cret:wörd");
        Secret token = AuthFile.only("r.lan", new Credential.IdentityToken(Secret.of("t", "abc"), "here"));
        assertThat(who(AuthFile.parse(token.reveal()).orThrow(), "r.lan", "")).isEqualTo("token abc");
    }

    @Test
    void nothing_shows_a_password() {
        Credential credential = new Credential.Password(ANNA, "here");
        assertThat(List.of(
                        credential,
                        ANNA,
                        ANNA.basic(),
                        AuthFile.empty().with("a.lan", ANNA),
                        AuthFile.only("a", credential)))
                .allSatisfy(each -> assertThat(each.toString()).doesNotContain("s3cret", "czNjcmV0"));
        assertThat(AuthFile.parse("{\"auths\": {\"a\": {\"password\": \"s3cret\""))
                .isEqualTo(Parsed.bad("it is no JSON"));
    }

    @Test
    void a_login_is_kept_privately_and_taken_out_again() throws IOException {
        Path file = directory.resolve("config/tengil/auth.json");
        LoginStore store = new LoginStore(file);
        assertThat(store.remove("r.lan:5000")).isEmpty();
        assertThat(file).doesNotExist();
        assertThat(store.store("r.lan:5000", ANNA)).isEmpty();
        assertThat(store.store("docker.io", ANNA)).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(store.hosts()).containsExactly("docker.io", "r.lan:5000");
        assertThat(store.remove("index.docker.io")).isEmpty();
        assertThat(store.hosts()).containsExactly("r.lan:5000");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_file_that_is_not_understood_or_is_a_link_is_never_written_over() throws IOException {
        Path file = directory.resolve("auth.json");
        Files.writeString(file, "{\"auths\": {oops");
        assertThat(new LoginStore(file).store("r.lan", ANNA).map(Diagnostic::message))
                .hasValue("the logins in " + file + " cannot be changed: it is no JSON");
        assertThat(file).hasContent("{\"auths\": {oops");
        Path link = directory.resolve("link.json");
        Files.createSymbolicLink(link, directory.resolve("elsewhere.json"));
        assertThat(new LoginStore(link).store("r.lan", ANNA)).isPresent();
        assertThat(directory.resolve("elsewhere.json")).doesNotExist();
    }

    @Test
    void what_others_wrote_into_the_file_stays() throws IOException {
        Path file = directory.resolve("auth.json");
        Files.writeString(
                file, "{\"auths\": {\"a.lan\": {\"auth\": \"aHViOjE=\", \"email\": \"x\"}}, \"more\": [1, 2.50]}");
        assertThat(new LoginStore(file).store("b.lan", ANNA)).isEmpty();
        assertThat(Files.readString(file)).contains("\"email\": \"x\"", "2.50", "\"b.lan\"");
    }

    @Test
    void the_files_are_asked_in_order_and_one_that_is_broken_is_told_and_passed_over() throws IOException {
        Path first = Files.writeString(directory.resolve("1.json"), "nonsense {");
        Path second =
                Files.writeString(directory.resolve("2.json"), "{\"auths\": {\"r.lan\": {\"auth\": \"aHViOjE=\"}}}");
        Path third =
                Files.writeString(directory.resolve("3.json"), "{\"auths\": {\"r.lan\": {\"auth\": \"Z2hjcjoy\"}}}");
        Keychain keychain = new Keychain(List.of(directory.resolve("none.json"), first, second, third));
        assertThat(keychain.find("r.lan", "app"))
                .isInstanceOfSatisfying(
                        Credential.Password.class,
                        found -> assertThat(found.from()).isEqualTo(second.toString()));
        assertThat(keychain.find("other.lan", "app")).isNull();
        assertThat(keychain.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .isEqualTo("the logins in " + first + " are not used: it is no JSON"));
    }

    @Test
    void the_places_are_those_of_podman_and_docker() {
        Path home = Path.of("/home/anna");
        assertThat(AuthFilePlaces.all(Map.of(), home))
                .containsExactly(
                        Path.of("/home/anna/.config/tengil/auth.json"),
                        Path.of("/home/anna/.config/containers/auth.json"),
                        Path.of("/home/anna/.docker/config.json"));
        assertThat(AuthFilePlaces.all(
                        Map.of(
                                "REGISTRY_AUTH_FILE", "/a.json",
                                "XDG_RUNTIME_DIR", "/run/user/1",
                                "XDG_CONFIG_HOME", "/c",
                                "DOCKER_CONFIG", "relative"),
                        home))
                .containsExactly(
                        Path.of("/c/tengil/auth.json"),
                        Path.of("/a.json"),
                        Path.of("/run/user/1/containers/auth.json"),
                        Path.of("/c/containers/auth.json"),
                        Path.of("/home/anna/.docker/config.json"));
    }
}
