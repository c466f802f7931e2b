package dev.tengil.oci;

import static dev.tengil.oci.RegistryClientTest.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Secret;
import dev.tengil.oci.credentials.AuthFile;
import dev.tengil.oci.credentials.Credential;
import dev.tengil.oci.credentials.Keychain;
import dev.tengil.oci.credentials.Login;
import dev.tengil.oci.image.Platform;
import dev.tengil.oci.image.RemoteImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the client to what skopeo, which does the pulling on the host, sees in the same registry. */
class SkopeoTest {
    private static final Login ANNA =
            Login.of("anna", Secret.of("test", "pa:ss wörd")).orThrow();

    @TempDir
    static Path directory;

    private static TestRegistry registry;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/skopeo")), "skipped: skopeo is missing");
        registry = TestRegistry.plain(directory);
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    private record Ran(int exit, String output) {}

    private static Ran skopeo(String... arguments) throws Exception {
        List<String> argv = new ArrayList<>(List.of("skopeo"));
        argv.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "skopeo", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("HOME", directory.toString());
        Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Ran(process.waitFor(), Files.readString(output));
    }

    private static String inspect(ImageReference image, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("inspect", "--tls-verify=false"));
        words.addAll(List.of(more));
        words.add("docker://" + image.forPull());
        return skopeo(words.toArray(String[]::new)).output();
    }

    @Test
    void both_see_the_same_image_and_skopeo_can_pull_it() throws Exception {
        TestImage image = TestImage.of(
                "amd64",
                run -> {
                    run.add("Env", TestImage.list("A=1"));
                    run.addProperty("User", "12:34");
                },
                TestLayer.gzip(TestLayer.busybox()),
                TestLayer.zstd(TestLayer.tar(new java.util.TreeMap<>(java.util.Map.of("bin/x", new byte[] {1})))));
        registry.push("same/app", "1", TestIndex.of(TestImage.of("arm64", run -> {}), image));
        ImageReference reference = registry.image("same/app:1");
        RemoteImage found;
        try (RegistryClient client = RegistryClientTest.insecure(registry.host())) {
            found = client.inspect(reference, Platform.LINUX_AMD64, soon());
        }
        assertThat(JsonParser.parseString(inspect(reference, "--no-tags"))
                        .getAsJsonObject()
                        .get("Digest")
                        .getAsString())
                .isEqualTo(found.digest());
        assertThat(JsonParser.parseString(inspect(reference, "--config"))
                        .getAsJsonObject()
                        .getAsJsonObject("config")
                        .get("User")
                        .getAsString())
                .isEqualTo(found.config().user());
        Path archive = directory.resolve("app.tar");
        Ran copy = skopeo(
                "copy", "--src-tls-verify=false", "docker://" + found.pinned().forPull(), "oci-archive:" + archive);
        assertThat(copy.exit()).as(copy.output()).isZero();
        assertThat(archive).isNotEmptyFile();
    }

    /** Why a key in other letters is refused: in the archive that Proxmox reads it stands as the one that counts. */
    @Test
    void skopeo_writes_a_key_in_other_letters_as_the_one_that_is_meant() throws Exception {
        TestImage image = TestImage.of(run -> run.add("Env", TestImage.list("A=1")))
                .replace("\"Env\":[\"A=1\"]", "\"env\":[\"A=1\\nlxc.hook.start=/x\"]")
                .inDockersForm();
        registry.push("letters", "1", image);
        String config = inspect(registry.image("letters:1"), "--config");
        assertThat(JsonParser.parseString(config)
                        .getAsJsonObject()
                        .getAsJsonObject("config")
                        .get("Env")
                        .getAsString())
                .contains("\nlxc.hook.start=/x");
        try (RegistryClient client = RegistryClientTest.insecure(registry.host())) {
            assertThat(RegistryClientTest.refusal(
                            () -> client.inspect(registry.image("letters:1"), Platform.LINUX_AMD64, soon())))
                    .hasMessageEndingWith("cannot be used: it writes Env in other letters");
        }
    }

    @Test
    void skopeo_takes_the_file_with_one_login_and_we_take_what_skopeo_kept() throws Exception {
        registry.push("private/app", "1", TestImage.of(run -> {}));
        try (TestRegistry locked = registry.withPassword("anna", ANNA.password().reveal())) {
            ImageReference image = locked.image("private/app:1");
            Path only = directory.resolve("only.json");
            Files.writeString(
                    only,
                    AuthFile.only(locked.host(), new Credential.Password(ANNA, "here"))
                            .reveal());
            assertThat(inspect(image, "--no-tags", "--authfile", only.toString()))
                    .contains("\"Digest\"");
            Files.writeString(
                    only,
                    AuthFile.only("other.lan", new Credential.Password(ANNA, "here"))
                            .reveal());
            assertThat(inspect(image, "--no-tags", "--authfile", only.toString()))
                    .contains("unauthorized");
            Path kept = directory.resolve("kept.json");
            Process login = new ProcessBuilder(
                            "skopeo",
                            "login",
                            "--tls-verify=false",
                            "--authfile",
                            kept.toString(),
                            "--username",
                            "anna",
                            "--password-stdin",
                            locked.host())
                    .redirectErrorStream(true)
                    .start();
            try (var stdin = login.outputWriter(java.nio.charset.StandardCharsets.UTF_8)) {
                stdin.append(ANNA.password().reveal());
            }
            String said = new String(login.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(login.waitFor()).as(said).isZero();
            try (RegistryClient client = new RegistryClient(
                    new Registries(List.of(new Registry(locked.host(), null, null, true, null))),
                    new Keychain(List.of(kept)))) {
                assertThat(client.digest(image, soon())).startsWith("sha256:");
            }
        }
    }
}
