package dev.tengil.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tengil.model.ImageReference;
import dev.tengil.oci.image.Digest;
import dev.tengil.oci.image.Platform;
import dev.tengil.oci.image.RemoteImage;
import dev.tengil.oci.layer.LookedFor.Found;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in the layers of images of a real registry. */
class ImageFilesTest {

    private static final String PASSWD = "etc/passwd";

    @TempDir
    static Path folder;

    private static TestRegistry registry;

    @BeforeAll
    static void start() throws Exception {
        registry = TestRegistry.plain(folder);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static byte[] tar(String... namesAndTexts) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return TestLayer.tar(files);
    }

    private static TestLayer layer(String... namesAndTexts) {
        return TestLayer.gzip(tar(namesAndTexts));
    }

    private static Found read(TestLayer... layers) throws Exception {
        registry.push("files", "1", TestImage.of("amd64", run -> {}, layers));
        return read(registry.image("files:1"), PASSWD);
    }

    private static Found read(ImageReference reference, String path) throws RegistryException {
        Deadline deadline = Deadline.in(Duration.ofSeconds(30));
        try (RegistryClient client = RegistryClientTest.insecure(registry.host())) {
            RemoteImage image = client.inspect(reference, Platform.LINUX_AMD64, deadline);
            return new ImageFiles(client, image).read(List.of(path), deadline).get(path);
        }
    }

    private static String text(Found found) {
        return found instanceof Found.Content(String text) ? text : found.toString();
    }

    @Test
    void the_highest_layer_that_has_a_file_counts() throws Exception {
        assertThat(text(read(layer(PASSWD, "old"), layer(PASSWD, "new"), layer("etc/group", "x"))))
                .isEqualTo("new");
        assertThat(text(read(TestLayer.plain(tar("./etc/passwd", "plain"))))).isEqualTo("plain");
    }

    @Test
    void what_a_higher_layer_took_away_is_not_there() throws Exception {
        for (String whiteout :
                List.of("etc/.wh.passwd", ".wh.etc", "etc/.wh..wh..opq", ".wh..wh..opq", "./etc/.wh.passwd")) {
            assertThat(read(layer(PASSWD, "old"), layer(whiteout, "-")))
                    .as(whiteout)
                    .isInstanceOf(Found.Nothing.class);
            assertThat(text(read(layer(PASSWD, "old"), layer(whiteout, "-", PASSWD, "anew"))))
                    .as(whiteout)
                    .isEqualTo("anew");
        }
        assertThat(text(read(layer(PASSWD, "old"), layer("etc/.wh.group", "-", "srv/.wh..wh..opq", "-"))))
                .isEqualTo("old");
    }

    @Test
    void a_link_is_not_followed_and_neither_is_one_above() throws Exception {
        assertThat(read(layer(PASSWD, "old"), layer(PASSWD, ""))).isInstanceOf(Found.NoFile.class);
        assertThat(read(layer(PASSWD, "old"), layer("etc", ""))).isInstanceOf(Found.NoFile.class);
    }

    @Test
    void what_is_too_long_for_such_a_file_is_none() throws Exception {
        assertThat(read(layer(PASSWD, "x".repeat(1 << 20)))).isInstanceOf(Found.Content.class);
        assertThat(read(layer(PASSWD, "x".repeat((1 << 20) + 1)))).isInstanceOf(Found.NoFile.class);
    }

    @Test
    void archives_as_programs_make_them_are_read() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root/etc"));
        Files.writeString(root.resolve("passwd"), "of tar\n");
        String deep = "d".repeat(90) + "/" + "e".repeat(90) + "/" + "f".repeat(90);
        Files.createDirectories(folder.resolve("root/" + deep));
        Files.writeString(folder.resolve("root/" + deep + "/file"), "deep\n");
        for (String format : List.of("gnu", "pax", "ustar")) {
            List<String> words = new ArrayList<>(List.of(
                    "tar", "--format=" + format, "-C", folder.resolve("root").toString(), "-cf", "-"));
            words.addAll(format.equals("ustar") ? List.of("etc") : List.of("."));
            Process tar = new ProcessBuilder(words).start();
            byte[] bytes = tar.getInputStream().readAllBytes();
            assertThat(tar.waitFor(20, TimeUnit.SECONDS)).isTrue();
            registry.push("files", format, TestImage.of("amd64", run -> {}, TestLayer.gzip(bytes)));
            ImageReference image = registry.image("files:" + format);
            assertThat(text(read(image, PASSWD))).as(format).isEqualTo("of tar\n");
            if (!format.equals("ustar")) {
                assertThat(text(read(image, deep + "/file"))).as(format).isEqualTo("deep\n");
            }
        }
    }

    @Test
    void what_cannot_be_read_is_said() throws Exception {
        for (TestLayer broken : List.of(
                new TestLayer(new byte[0], "no gzip".getBytes(StandardCharsets.UTF_8), "gzip"),
                TestLayer.gzip("no tar".repeat(200).getBytes(StandardCharsets.UTF_8)),
                TestLayer.gzip(Arrays.copyOf(tar(PASSWD, "x".repeat(2000)), 2500)),
                TestLayer.zstd(tar(PASSWD, "packed")))) {
            RegistryException refused = catchThrowableOfType(RegistryException.class, () -> read(broken));
            assertThat(refused)
                    .isNotNull()
                    .hasMessageContaining("the files in the image")
                    .hasMessageContaining("layers");
        }
    }

    @Test
    void a_layer_that_is_not_what_its_digest_says_tells_nothing() throws Exception {
        TestLayer layer = layer(PASSWD, "good");
        registry.push("files", "spoiled", TestImage.of("amd64", run -> {}, layer));
        Path blob = registry.blob(Digest.of(layer.blob()));
        byte[] other = layer(PASSWD, "evil").blob();
        byte[] good = Files.readAllBytes(blob);
        try {
            Files.write(blob, Arrays.copyOf(other, good.length));
            assertThat(catchThrowableOfType(
                            RegistryException.class, () -> read(registry.image("files:spoiled"), PASSWD)))
                    .isNotNull();
        } finally {
            Files.write(blob, good);
        }
    }
}
