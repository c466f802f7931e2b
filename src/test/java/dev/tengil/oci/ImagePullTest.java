package dev.tengil.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tengil.host.Command;
import dev.tengil.host.ImagePull;
import dev.tengil.host.LocalHost;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Secret;
import dev.tengil.oci.credentials.AuthFile;
import dev.tengil.oci.credentials.Credential;
import dev.tengil.oci.credentials.Login;
import dev.tengil.oci.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls by real skopeo from real registries: with TLS and a login, without both, over a mirror, and what goes wrong. */
class ImagePullTest {

    private static final String PASSWORD = "c4n4ry-p4ssw0rd";
    private static final Login ANNA = new Login("anna", Secret.of("p", PASSWORD));

    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static TestRegistry open;
    private static TestRegistry locked;
    private static TestImage image;
    private static String digest;
    private static String pem;

    @TempDir
    Path target;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/skopeo")), "skipped: skopeo is missing");
        assumeTrue(Files.isWritable(Path.of("/run")), "skipped: only root writes to /run");
        certificates = TestCertificates.make(folder);
        pem = Files.readString(certificates.authority());
        open = TestRegistry.plain(folder);
        locked = open.withPassword(certificates, "anna", PASSWORD);
        image = TestImage.of("amd64", run -> {}, TestLayer.packedBusybox(), noise(1), noise(2));
        digest = open.push("demo/app", "1.0", image);
    }

    /** Bytes that do not get less by packing, so that a pull takes its time. */
    private static TestLayer noise(int seed) {
        byte[] bytes = new byte[24 << 20];
        new Random(seed).nextBytes(bytes);
        return TestLayer.gzip(TestLayer.tar(new TreeMap<>(java.util.Map.of("bin/noise" + seed, bytes))));
    }

    @AfterAll
    static void stop() {
        for (TestRegistry each : new TestRegistry[] {open, locked}) {
            if (each != null) {
                each.close();
            }
        }
    }

    private HostPath archive() {
        return HostPath.of(target.resolve("app.tar").toString());
    }

    private static ImagePull.From from(ImageReference image, boolean encrypted, @Nullable String trusted) {
        return new ImagePull.From("docker://" + image.withDigest(digest).forPull(), encrypted, trusted);
    }

    private static ImagePull.From theLocked() {
        return from(locked.image("demo/app:1.0"), true, pem);
    }

    private static ImagePull.Logins login(String password) {
        Login login = new Login("anna", Secret.of("p", password));
        return new ImagePull.Logins(
                AuthFile.only(locked.host(), new Credential.Password(login, "here")),
                Set.of(password, login.basic().reveal()));
    }

    private Result pull(ImagePull.@Nullable Logins logins, ImagePull.From... from) throws Exception {
        try (LocalHost host = new LocalHost()) {
            return host.run(ImagePull.command(archive(), List.of(from), logins));
        }
    }

    private static List<String> left() throws IOException {
        try (Stream<Path> run = Files.list(Path.of("/run"));
                Stream<Path> work = Files.list(Path.of("/var/tmp"))) {
            return Stream.concat(run, work)
                    .map(Path::toString)
                    .filter(name -> name.contains("tengil-login") || name.contains("tengil-pull"))
                    .toList();
        }
    }

    @Test
    void a_login_and_a_certificate_go_to_the_host_for_one_call_and_leave_nothing() throws Exception {
        Command command = ImagePull.command(archive(), List.of(theLocked()), login(PASSWORD));
        assertThat(String.join(" ", command.argv())).doesNotContain(PASSWORD);
        Result pulled = pull(login(PASSWORD), theLocked());
        assertThat(pulled.exit()).as(pulled.err()).isZero();
        assertThat(target.resolve("app.tar")).isNotEmptyFile();
        assertThat(pulled.out() + pulled.err())
                .doesNotContain(PASSWORD)
                .doesNotContain(ANNA.basic().reveal());
        assertThat(left()).isEmpty();
    }

    @Test
    void without_the_login_or_the_certificate_nothing_comes() throws Exception {
        Result stranger = pull(null, theLocked());
        assertThat(stranger.exit()).isNotZero();
        assertThat(stranger.err()).contains("unauthorized");
        Result wrong = pull(login("something else"), theLocked());
        assertThat(wrong.exit()).isNotZero();
        assertThat(wrong.err()).doesNotContain("something else");
        Result distrusting = pull(login(PASSWORD), from(locked.image("demo/app:1.0"), true, null));
        assertThat(distrusting.exit()).isNotZero();
        assertThat(distrusting.err()).contains("certificate");
        assertThat(target).isEmptyDirectory();
        assertThat(left()).isEmpty();
    }

    @Test
    void no_encryption_is_accepted_only_where_it_was_said() throws Exception {
        assertThat(pull(null, from(open.image("demo/app:1.0"), true, null)).exit())
                .isNotZero();
        Result pulled = pull(null, from(open.image("demo/app:1.0"), false, null));
        assertThat(pulled.exit()).as(pulled.err()).isZero();
    }

    @Test
    void a_mirror_is_asked_first_and_the_registry_itself_when_that_fails() throws Exception {
        ImagePull.From dead =
                from(ImageReference.parse("127.0.0.1:1/demo/app:1.0").orThrow(), false, null);
        Result pulled = pull(login(PASSWORD), dead, theLocked());
        assertThat(pulled.exit()).as(pulled.err()).isZero();
        assertThat(pulled.err()).contains("connection refused");
        Files.delete(target.resolve("app.tar"));
        pulled = pull(login(PASSWORD), from(open.image("demo/app:1.0"), false, null), dead);
        assertThat(pulled.exit()).as(pulled.err()).isZero();
        assertThat(pulled.err()).doesNotContain("refused");
    }

    @Test
    void bytes_and_layers_are_counted_while_it_runs() throws Exception {
        Result pulled = pull(null, from(open.image("demo/app:1.0"), false, null));
        List<ImagePull.Progress> told = pulled.out()
                .lines()
                .map(ImagePull.Progress::read)
                .filter(java.util.Objects::nonNull)
                .toList();
        assertThat(told).isNotEmpty();
        assertThat(told.getLast().bytes()).isGreaterThan(1 << 20);
        assertThat(told.getLast().blobs()).isPositive();
    }

    @Test
    void one_that_is_killed_leaves_no_login_and_the_next_one_clears_the_rest() throws Exception {
        try (LocalHost host = new LocalHost();
                SlowServer slow = new SlowServer()) {
            ImagePull.From stuck =
                    from(ImageReference.parse(slow.host() + "/demo/app:1.0").orThrow(), false, null);
            Result cut = host.run(ImagePull.command(archive(), List.of(stuck), login(PASSWORD))
                    .withDeadline(Duration.ofSeconds(2)));
            assertThat(cut.exit()).isEqualTo(Result.DEADLINE_EXIT);
        }
        assertThat(left()).noneMatch(name -> name.contains("tengil-login"));
        assertThat(pull(login(PASSWORD), theLocked()).exit()).isZero();
        assertThat(left()).isEmpty();
    }

    @Test
    void a_blob_that_is_not_what_its_digest_says_is_refused_and_so_is_half_of_one() throws Exception {
        byte[] layer = image.layers().getLast().blob();
        Path blob = open.blob(Digest.of(layer));
        byte[] good = Files.readAllBytes(blob);
        try {
            byte[] other = good.clone();
            other[other.length / 2] ^= 1;
            Files.write(blob, other);
            Result spoiled = pull(null, from(open.image("demo/app:1.0"), false, null));
            assertThat(spoiled.exit()).isNotZero();
            Files.write(blob, Arrays.copyOf(good, good.length / 2));
            Result half = pull(null, from(open.image("demo/app:1.0"), false, null));
            assertThat(half.exit()).isNotZero();
            assertThat(target).isEmptyDirectory();
            assertThat(left()).isEmpty();
        } finally {
            Files.write(blob, good);
        }
    }

    /** Takes connections and says nothing. */
    private static final class SlowServer implements AutoCloseable {
        private final java.net.ServerSocket socket = new java.net.ServerSocket(0);

        SlowServer() throws IOException {}

        String host() {
            return "127.0.0.1:" + socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
