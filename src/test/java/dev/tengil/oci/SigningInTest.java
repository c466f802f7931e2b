package dev.tengil.oci;

import static dev.tengil.oci.RegistryClientTest.insecure;
import static dev.tengil.oci.RegistryClientTest.refusal;
import static dev.tengil.oci.RegistryClientTest.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Secret;
import dev.tengil.oci.credentials.Credential;
import dev.tengil.oci.credentials.Keychain;
import dev.tengil.oci.credentials.Login;
import dev.tengil.oci.credentials.LoginStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the ways of signing in to real registries that want them. */
class SigningInTest {
    private static final String PASSWORD = "pa:ss wörd\"";
    private static final Login RIGHT =
            Login.of("anna", Secret.of("test", PASSWORD)).orThrow();
    private static final Login WRONG =
            Login.of("anna", Secret.of("test", "wrong")).orThrow();

    @TempDir
    static Path directory;

    private static TestCertificates certificates;
    private static TestRegistry registry;
    private static TestRegistry locked;
    private static TestTokenServer tokens;
    private static TestRegistry tokened;
    private static String digest;

    @BeforeAll
    static void start() throws Exception {
        registry = TestRegistry.plain(directory);
        digest = registry.push("team/app", "1", TestImage.of(run -> {}));
        registry.push("open/app", "1", TestImage.of(run -> {}));
        certificates = TestCertificates.make(directory);
        locked = registry.withPassword(certificates, "anna", PASSWORD);
        tokens = new TestTokenServer(certificates)
                .login("anna", PASSWORD)
                .login("<token>", "a refresh token")
                .open("open/app");
        tokened = registry.withTokens(tokens);
    }

    @AfterAll
    static void stop() {
        for (TestRegistry each : new TestRegistry[] {registry, locked, tokened}) {
            if (each != null) {
                each.close();
            }
        }
        if (tokens != null) {
            tokens.close();
        }
    }

    private static RegistryClient trusting(Login login) {
        return new RegistryClient(
                new Registries(List.of(new Registry(locked.host(), login, null, false, certificates.authority()))),
                Keychain.empty());
    }

    private static RegistryClient withTokens(Login login) {
        return new RegistryClient(
                new Registries(List.of(new Registry(tokened.host(), login, null, true, null))), Keychain.empty());
    }

    @Test
    void a_password_lets_in() throws Exception {
        try (RegistryClient client = trusting(RIGHT)) {
            assertThat(client.digest(locked.image("team/app:1"), soon())).isEqualTo(digest);
            assertThat(client.catalog(locked.host(), soon()).names()).contains("team/app");
            client.ping(locked.host(), soon());
        }
    }

    @Test
    void without_a_login_and_with_a_wrong_one_it_is_said_what_to_do() {
        try (RegistryClient nobody = trusting(null);
                RegistryClient wrong = trusting(WRONG)) {
            RegistryException unknown = refusal(() -> nobody.digest(locked.image("team/app:1"), soon()));
            assertThat(unknown.diagnostic().code()).isEqualTo("registry.login-needed");
            assertThat(unknown.diagnostic().help()).contains("tg oci login " + locked.host());
            assertThat(refusal(() -> {
                        nobody.ping(locked.host(), soon());
                        return "in";
                    }))
                    .hasMessage(locked.host() + " lets in only those who log in");
            RegistryException refused = refusal(() -> wrong.digest(locked.image("team/app:1"), soon()));
            assertThat(refused.diagnostic().code()).isEqualTo("registry.login-refused");
            assertThat(refused.diagnostic().help()).contains("tengil.yml");
            assertThat(refusal(() -> nobody.catalog(locked.host(), soon()))
                            .diagnostic()
                            .code())
                    .isEqualTo("registry.no-catalog");
        }
    }

    @Test
    void a_login_is_tried_before_it_is_kept() throws Exception {
        try (RegistryClient client = trusting(null);
                RegistryClient tokenClient = withTokens(null);
                RegistryClient open = insecure(registry.host())) {
            assertThat(client.accepts(locked.host(), RIGHT, soon())).isTrue();
            assertThat(refusal(() -> client.accepts(locked.host(), WRONG, soon()))
                            .kind())
                    .isEqualTo(RegistryException.Kind.NOT_ALLOWED);
            assertThat(tokenClient.accepts(tokened.host(), RIGHT, soon())).isTrue();
            assertThat(refusal(() -> tokenClient.accepts(tokened.host(), WRONG, soon()))
                            .diagnostic()
                            .code())
                    .isEqualTo("registry.login-refused");
            assertThat(open.accepts(registry.host(), WRONG, soon())).isFalse();
        }
    }

    @Test
    void what_was_kept_is_found_again() throws Exception {
        Path file = directory.resolve("kept/auth.json");
        assertThat(new LoginStore(file).store(locked.host(), RIGHT)).isEmpty();
        try (RegistryClient client = new RegistryClient(
                new Registries(List.of(new Registry(locked.host(), null, null, false, certificates.authority()))),
                new Keychain(List.of(file)))) {
            assertThat(client.digest(locked.image("team/app:1"), soon())).isEqualTo(digest);
            assertThat(client.login(locked.image("team/app:1")))
                    .isInstanceOfSatisfying(
                            Credential.Password.class,
                            found -> assertThat(found.from()).isEqualTo(file.toString()));
        }
    }

    @Test
    void a_token_is_fetched_for_each_repository_once_and_again_when_it_has_run_out() throws Exception {
        try (RegistryClient client = withTokens(RIGHT)) {
            int before = tokens.asked().size();
            for (int i = 0; i < 3; i++) {
                assertThat(client.digest(tokened.image("team/app:1"), soon())).isEqualTo(digest);
            }
            client.digest(tokened.image("open/app:1"), soon());
            assertThat(tokens.asked().subList(before, tokens.asked().size()))
                    .containsExactly(
                            "GET service=test+registry&scope=repository%3Ateam%2Fapp%3Apull",
                            "GET service=test+registry&scope=repository%3Aopen%2Fapp%3Apull");
        }
        tokens.seconds(1);
        try (RegistryClient client = withTokens(RIGHT)) {
            int before = tokens.asked().size();
            client.digest(tokened.image("team/app:1"), soon());
            Thread.sleep(1100);
            client.digest(tokened.image("team/app:1"), soon());
            assertThat(tokens.asked()).hasSize(before + 2);
        } finally {
            tokens.seconds(300);
        }
    }

    @Test
    void what_is_open_needs_no_login_and_what_is_not_says_so() throws Exception {
        try (RegistryClient nobody = withTokens(null);
                RegistryClient wrong = withTokens(WRONG)) {
            assertThat(nobody.digest(tokened.image("open/app:1"), soon())).startsWith("sha256:");
            assertThat(refusal(() -> nobody.digest(tokened.image("team/app:1"), soon()))
                            .diagnostic()
                            .code())
                    .isEqualTo("registry.login-needed");
            assertThat(refusal(() -> wrong.digest(tokened.image("open/app:1"), soon()))
                            .diagnostic()
                            .code())
                    .isEqualTo("registry.login-refused");
        }
    }

    @Test
    void a_refresh_token_that_a_login_left_is_used() throws Exception {
        Path file = directory.resolve("identity.json");
        Files.writeString(
                file,
                // language=json
                "{\"auths\": {\"%s\": {\"auth\": \"Og==\", \"identitytoken\": \"a refresh token\"}}}"
                        .formatted(tokened.host()));
        try (RegistryClient client = new RegistryClient(
                new Registries(List.of(new Registry(tokened.host(), null, null, true, null))),
                new Keychain(List.of(file)))) {
            assertThat(client.digest(tokened.image("team/app:1"), soon())).isEqualTo(digest);
            assertThat(tokens.asked().getLast()).startsWith("POST ").contains("grant_type=refresh_token");
        }
    }

    @Test
    void a_login_goes_to_no_other_server_than_its_own() throws Exception {
        try (TestRegistry plain = registry.withPassword("anna", PASSWORD);
                TestProxy store = TestProxy.before(registry.uri());
                TestProxy front = TestProxy.before(plain.uri());
                RegistryClient client = RegistryClientTest.plain(new Registry(front.host(), RIGHT, null, true, null))) {
            front.trick((request, exchange) -> {
                if (request.isFor("/blobs/") && request.authorization() != null) {
                    exchange.getResponseHeaders()
                            .add("Location", store.uri().resolve(request.path()).toString());
                    return TestProxy.send(exchange, 307, new byte[0]);
                }
                return false;
            });
            client.inspect(front.image("team/app:1"), dev.tengil.oci.image.Platform.LINUX_AMD64, soon());
            assertThat(front.requests()).anyMatch(request -> request.authorization() != null);
            assertThat(store.requests())
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.authorization()).isNull());
        }
    }

    @Test
    void a_password_is_sent_to_no_token_service_without_encryption() throws Exception {
        try (TestProxy front = TestProxy.before(registry.uri(), certificates);
                RegistryClient client = new RegistryClient(
                        new Registries(
                                List.of(new Registry(front.host(), RIGHT, null, false, certificates.authority()))),
                        Keychain.empty())) {
            int before = tokens.asked().size();
            front.trick((request, exchange) -> {
                exchange.getResponseHeaders()
                        .add("WWW-Authenticate", "Bearer realm=\"" + tokens.realm() + "\",service=\"x\"");
                return TestProxy.send(exchange, 401, new byte[0]);
            });
            assertThat(refusal(() -> client.digest(front.image("team/app:1"), soon()))
                            .diagnostic()
                            .code())
                    .isEqualTo("registry.token-service");
            assertThat(tokens.asked()).hasSize(before);
        }
    }
}
