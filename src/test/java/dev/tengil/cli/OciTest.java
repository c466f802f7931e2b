package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.sun.net.httpserver.HttpServer;
import dev.tengil.oci.DockerHubSearch;
import dev.tengil.oci.QuaySearch;
import dev.tengil.oci.TestCertificates;
import dev.tengil.oci.TestImage;
import dev.tengil.oci.TestIndex;
import dev.tengil.oci.TestRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tg oci …} against real registries: one for everybody, and one with TLS and a login. */
class OciTest {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @TempDir
    static Path registries;

    @TempDir
    Path folder;

    private static TestCertificates certificates;
    private static TestRegistry open;
    private static TestRegistry locked;
    private static String digest;

    private Tg tg;

    @BeforeAll
    static void start() throws Exception {
        open = TestRegistry.plain(registries);
        certificates = TestCertificates.make(registries);
        locked = open.withPassword(certificates, "anna", "p%ss w0rd");
        TestImage app = TestImage.of(OciTest::app);
        digest = open.push("demo/app", "1.0", TestIndex.of(app, TestImage.of("arm64", OciTest::app)));
        open.push("demo/app", "1.1", app);
        open.push("demo/odd_app.x", "1", TestImage.of(OciTest::odd));
        open.push("demo/evil", "1", TestImage.of(run -> run.add("Env", TestImage.list("A=b\nlxc.hook.start=/x"))));
    }

    @AfterAll
    static void stop() {
        for (TestRegistry each : new TestRegistry[] {open, locked}) {
            if (each != null) {
                each.close();
            }
        }
    }

    private static void app(JsonObject run) {
        run.add("Env", TestImage.list("PATH=/bin", "TITLE=" + "long ".repeat(30).strip()));
        run.add("Entrypoint", TestImage.list("/init", "a b"));
        run.add("Cmd", TestImage.list("serve"));
        run.addProperty("User", "1000:1000");
        run.addProperty("WorkingDir", "/srv");
        run.add("ExposedPorts", TestImage.keys("8096/tcp", "1900/udp"));
        run.add("Volumes", TestImage.keys("/config", "/data/"));
        JsonObject labels = new JsonObject();
        labels.addProperty("org.opencontainers.image.title", "Demo");
        run.add("Labels", labels);
        JsonObject health = new JsonObject();
        health.add("Test", TestImage.list("CMD-SHELL", "wget -q localhost"));
        health.addProperty("Interval", 30_000_000_000L);
        health.addProperty("Retries", 3);
        run.add("Healthcheck", health);
    }

    private static void odd(JsonObject run) {
        run.add("ExposedPorts", TestImage.keys("80", "81-90/tcp", "70000/tcp", "53/sctp"));
        run.add(
                "Volumes",
                TestImage.keys(
                        "/var/lib/x", "/var/lib/x/deep", "/srv/x", "/a,b", "/dev/shm", "/", "/with space", "/7"));
    }

    @BeforeEach
    void a_file_that_names_both() throws IOException {
        Files.copy(certificates.authority(), folder.resolve("ca.pem"));
        tg = new Tg(folder).file("""
                registries:
                  open: {host: "%s", insecure: true}
                  "%s": {ca: ca.pem}
                """.formatted(open.host(), locked.host()));
    }

    private static void isAs(String shape, String printed) throws IOException {
        String schema = "{\"$ref\": \"#/$defs/" + shape + "\","
                + Files.readString(Path.of("docs/json-output.schema.json")).substring(1);
        assertThat(SCHEMAS.getSchema(schema).validate(printed, InputFormat.JSON))
                .as(printed)
                .isEmpty();
    }

    @Test
    void info_shows_what_the_image_says_of_itself() {
        Tg.Ran ran = tg.say("oci info docker://" + open.host() + "/demo/app:1.0");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
        assertThat(ran.out().replaceAll("  +", " "))
                .contains(
                        open.host() + "/demo/app:1.0\n",
                        " architectures linux/amd64, linux/arm64\n",
                        " KiB in 1 layer\n",
                        " made 2026-01-02\n",
                        " env PATH=/bin\n",
                        " ports 1900/udp\n 8096/tcp\n",
                        " volumes /config\n /data/\n",
                        " user 1000:1000\n",
                        " entrypoint [\"/init\",\"a b\"]\n",
                        " command [\"serve\"]\n",
                        " health check wget -q localhost; every 30s; ill after 3 failures\n",
                        " labels org.opencontainers.image.title=Demo\n");
        assertThat(ran.out().replaceAll("\\s+", "")).contains(digest);
        assertThat(ran.out().lines()).allMatch(line -> line.length() <= 80, "fits 80 columns");
    }

    @Test
    void info_as_json_is_as_its_schema_says_for_the_platform_that_is_asked_for() throws IOException {
        String printed = tg.say("oci info " + open.host() + "/demo/app:1.0 --json --platform linux/arm64")
                .out();
        isAs("ociInfo", printed);
        JsonObject json = JsonParser.parseString(printed).getAsJsonObject();
        assertThat(json.get("digest").getAsString()).isEqualTo(digest);
        assertThat(json.get("layers").getAsInt()).isZero();
        Tg.Ran none = tg.say("oci info " + open.host() + "/demo/app:1.1 --platform linux/riscv64");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.err()).contains("error[image.no-platform]").contains("linux/amd64");
    }

    @Test
    void the_lines_for_the_file_are_right_for_the_file() throws IOException {
        for (String image : List.of("/demo/app:1.0", "/demo/odd_app.x:1")) {
            String snippet = JsonParser.parseString(tg.say("oci info " + open.host() + image + " --json")
                            .out())
                    .getAsJsonObject()
                    .get("snippet")
                    .getAsString();
            Files.writeString(
                    folder.resolve("made.yml"),
                    "version: 3\npools: {tank: {datasets: {appdata: {profile: appdata}}}}\n" + snippet);
            Tg.Ran ran = tg.say("verify -c made.yml");
            assertThat(ran.exit()).as(snippet + ran.err()).isZero();
            assertThat(ran.err()).doesNotContain("warning[");
        }
        assertThat(tg.say("oci info " + open.host() + "/demo/odd_app.x:1").out())
                .endsWith("""

                For tengil.yml:

                containers:
                  odd-app-x:
                    image: HOST/demo/odd_app.x:1
                    in: tank/appdata  # the dataset that shall hold its volumes
                    ports: [80]
                    volumes:
                      - data:/7
                      - x:/srv/x
                      - x-2:/var/lib/x
                """.replace("HOST", open.host()));
    }

    @Test
    void an_image_that_proxmox_must_not_be_given_is_shown_and_gets_no_lines() {
        Tg.Ran ran = tg.say("oci info " + open.host() + "/demo/evil:1");
        assertThat(ran.exit()).isEqualTo(6);
        assertThat(ran.out()).contains("A=b␊lxc.hook.start=/x").doesNotContain("tengil.yml");
        assertThat(ran.err()).contains("error[image.control-characters]");
    }

    @Test
    void tags_are_listed() throws IOException {
        assertThat(tg.say("oci tags " + open.host() + "/demo/app")).isEqualTo(new Tg.Ran(0, "1.0\n1.1\n", ""));
        isAs("ociTags", tg.say("oci tags " + open.host() + "/demo/app --json").out());
        Tg.Ran none = tg.say("oci tags " + open.host() + "/demo/nothing");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.err()).contains("error[registry.not-there]");
    }

    @Test
    void a_login_is_tried_kept_for_this_user_alone_used_and_forgotten() throws IOException {
        String image = locked.host() + "/demo/app";
        assertThat(tg.say("oci tags " + image).err()).contains("error[registry.login-needed]");
        String[] login = {"oci", "login", locked.host(), "-u", "anna", "--password-stdin", "--json"};
        Path file = folder.resolve(".config/tengil/auth.json");

        Tg.Ran wrong = tg.answering("wrong\n", login);
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.err()).contains("error[registry.login-refused]").doesNotContain("wrong");
        assertThat(file).doesNotExist();

        Tg.Ran right = tg.answering("p%ss w0rd\n", login);
        assertThat(right.exit()).as(right.err()).isZero();
        assertThat(right.out() + right.err()).doesNotContain("p%ss");
        isAs("ociLogin", right.out());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(tg.say("oci tags " + image).out()).isEqualTo("1.0\n1.1\n");

        Tg.Ran out = tg.say("oci logout " + locked.host() + " --json");
        isAs("ociLogout", out.out());
        assertThat(out.out()).contains("\"removed\":true");
        assertThat(tg.say("oci tags " + image).err()).contains("error[registry.login-needed]");
        assertThat(tg.say("oci logout " + locked.host()).err()).contains("tg had no login");
    }

    @Test
    void a_login_that_cannot_be_tried_or_lies_elsewhere_is_said() throws IOException {
        Tg.Ran untried = tg.answering("x", "oci", "login", open.host(), "-u", "me", "--password-stdin");
        assertThat(untried.exit()).isZero();
        assertThat(untried.err()).contains("warning[registry.login-untried]");
        Files.createDirectories(folder.resolve(".docker"));
        String docker = "{\"auths\": {\"%s\": {\"auth\": \"bWU6eA==\"}}}".formatted(open.host());
        Files.writeString(folder.resolve(".docker/config.json"), docker);
        assertThat(tg.say("oci logout " + open.host()).err())
                .contains("Logged out of " + open.host(), "warning[registry.login-left]", ".docker/config.json");
        assertThat(folder.resolve(".docker/config.json")).hasContent(docker);
        for (String nothing : List.of("", "\n", "two\nlines\n")) {
            Tg.Ran ran = tg.answering(nothing, "oci", "login", open.host(), "-u", "me", "--password-stdin");
            assertThat(ran.exit()).isEqualTo(3);
            assertThat(ran.err()).contains("error[registry.no-password]");
        }
    }

    @Test
    void a_login_of_the_file_is_used_and_a_plain_one_is_warned_of() throws IOException {
        tg.file("""
                secrets: {pw: {file: pw.txt}}
                registries:
                  home: {host: "%s", ca: ca.pem, username: anna, password: !secret pw}
                """.formatted(locked.host()));
        Files.writeString(folder.resolve("pw.txt"), "p%ss w0rd\n");
        assertThat(tg.say("oci tags " + locked.host() + "/demo/app").out()).isEqualTo("1.0\n1.1\n");
        Tg.Ran hidden = tg.answering("p%ss w0rd", "oci", "login", locked.host(), "-u", "anna", "--password-stdin");
        assertThat(hidden.err()).contains("warning[registry.login-hidden]");
        tg.file("registries: {r.lan: {username: a, password: 12345}}\n");
        Tg.Ran plain = tg.say("verify");
        assertThat(plain.exit()).isZero();
        assertThat(plain.err()).contains("warning[registry.plain-password]").doesNotContain("12345");
        for (String field : List.of("registries", "registries.r.lan.password")) {
            assertThat(tg.say("explain " + field).out()).contains("•••••").doesNotContain("12345");
        }
    }

    @Test
    void the_password_that_is_typed_is_not_shown() throws Exception {
        String typing = """
                declare -p TG > tg.sh; declare -f tg >> tg.sh
                shown() { for ((i = 0; i < 600; i++)); do grep -qs "$1" screen && return; sleep 0.1; done; }
                { shown 'User name'; echo anna; shown 'Password of'; sleep 1; echo 'p%ss w0rd'; shown 'Logged in\\|error'; } |
                  SHELL=/bin/bash script -qefc 'unset CI; . ./tg.sh; tg oci login HOST' screen
                """.replace("HOST", locked.host());
        Tg.Ran ran =
                tg.with("TENGIL_STDIN_TTY", "1").with("TENGIL_STDOUT_TTY", "1").shell(typing);
        assertThat(ran.out())
                .contains("User name for " + locked.host() + ":", "Password of anna:", "Logged in to")
                .doesNotContain("w0rd");
    }

    @Test
    void a_file_that_is_wrong_is_said_and_one_that_was_named_has_to_be_right() throws IOException {
        tg.file("registries: {\"" + open.host() + "\": {insecure: true}}\npool: {}\n");
        Tg.Ran found = tg.say("oci tags " + open.host() + "/demo/app");
        assertThat(found.exit()).isEqualTo(1);
        assertThat(found.err()).contains("warning[registry.file-unused]");
        Tg.Ran named = tg.say("oci tags " + open.host() + "/demo/app -c tengil.yml");
        assertThat(named.exit()).isEqualTo(3);
        assertThat(named.err()).contains("error[config.unknown-key]");
    }

    private Tg.Ran search(OciSearch search, String... words) throws Stopped {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Io io = new Io(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("HOME", folder.toString()),
                folder,
                false,
                false,
                80);
        boolean json = words[0].equals("--json");
        Globals globals = new Globals(null, null, "auto", false, false, json);
        Exit exit = search.run(List.of(words).subList(json ? 1 : 0, words.length), new Output(io, globals));
        return new Tg.Ran(exit.code(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void search_asks_the_services_and_the_lists_of_own_registries_and_says_who_was_silent() throws Exception {
        HttpServer hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/", exchange -> {
            JsonObject hit = new JsonObject();
            hit.addProperty("repo_name", "demo/app-server");
            hit.addProperty("short_description", "word ".repeat(40));
            hit.addProperty("star_count", 950);
            JsonObject all = new JsonObject();
            JsonArray results = new JsonArray();
            results.add(hit);
            all.add("results", results);
            byte[] body = all.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        hub.start();
        try {
            URI base = URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
            OciSearch search = new OciSearch(
                    List.of(new DockerHubSearch(base), new QuaySearch(URI.create("https://quay.invalid"))));
            Tg.Ran ran = search(search, "demo", "APP");
            assertThat(ran.exit()).isZero();
            assertThat(ran.out())
                    .contains(
                            open.host() + "/demo/app\n",
                            open.host() + "/demo/odd_app.x\n",
                            "docker.io/demo/app-server  950 stars\n    word word")
                    .doesNotContain("evil");
            assertThat(ran.out().lines()).allMatch(line -> line.length() <= 80, "fits 80 columns");
            assertThat(ran.err())
                    .contains("quay.io was not searched: no address is known for quay.invalid")
                    .contains(locked.host() + " was not searched: ");
            isAs("ociSearch", search(search, "--json", "app").out());
        } finally {
            hub.stop(0);
        }
    }

    @Test
    void without_anybody_to_ask_search_says_so() throws Exception {
        Files.delete(folder.resolve("tengil.yml"));
        OciSearch nobody = new OciSearch(List.of(
                new DockerHubSearch(URI.create("https://hub.invalid")),
                new QuaySearch(URI.create("https://quay.invalid"))));
        Tg.Ran known = search(nobody, "jellyfin");
        assertThat(known.exit()).isZero();
        assertThat(known.out()).contains("docker.io/jellyfin/jellyfin");
        assertThat(known.err()).contains("No registry could be asked; this is what the catalog has.");
        Tg.Ran ran = search(nobody, "nonsense");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("docker.io was not searched", "quay.io was not searched", "error[registry.nobody-answered]");
    }

    @Test
    void list_shows_the_archives_and_who_was_made_from_them() throws IOException {
        tg.file("""
                pools: {tank: {datasets: {apps: {profile: appdata}}}}
                containers: {cache: {image: "redis:7"}}
                """);
        assertThat(tg.say("oci list").err()).contains("No storage of sim:w holds the archive of an image.");
        assertThat(tg.say("apply --yes -q").exit()).isZero();
        assertThat(tg.onHost("skopeo copy docker://redis:7 oci-archive:/var/lib/vz/template/cache/by-hand.tar")
                        .exit())
                .isZero();
        Tg.Ran ran = tg.say("oci list");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .containsPattern(
                        "local:vztmpl/tengil-redis-7-[0-9a-f]{12}\\.tar\n    docker.io/library/redis:7\n    container:cache \\(\\d+\\)\n")
                .contains("local:vztmpl/by-hand.tar\n    no container of the stack \"main\" was made from it\n")
                .doesNotContain("debian");
        String printed = tg.say("oci list --json").out();
        isAs("ociList", printed);
        assertThat(printed).contains("\"containers\":[\"cache\"]");
    }

    private Tg.Ran status(String packages, String... more) throws IOException {
        Files.writeString(folder.resolve("world.yml"), packages);
        Tg.Ran made = tg.say("sim new other --world world.yml");
        assertThat(made.exit()).as(made.err()).isZero();
        String[] argv = new String[4 + more.length];
        System.arraycopy(new String[] {"oci", "status", "--host", "sim:other"}, 0, argv, 0, 4);
        System.arraycopy(more, 0, argv, 4, more.length);
        return tg.run(argv);
    }

    @Test
    void status_of_a_new_host_has_everything() throws IOException {
        Tg.Ran ran = tg.say("oci status");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).contains("Proxmox VE 9.2.11\n", "Everything that tengil uses is there.\n");
    }

    @Test
    void status_of_a_host_before_images_says_what_brings_them() throws IOException {
        Tg.Ran ran = status(
                "packages: {pve-manager: 8.4.1, pve-container: 5.2.6, libpve-storage-perl: 8.3.6, skopeo: null}");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .contains(
                        "missing import      pve-container 6.0.15 brings it; 5.2.6 is installed",
                        "fallback: lxc",
                        "absent  /dev/shm    pve-container 6.1.10 brings it",
                        "apt-get install skopeo",
                        "They need Proxmox VE 9.1 or later");
        String printed = tg.say("oci status --host sim:other --json").out();
        isAs("ociStatus", printed);
        assertThat(printed).contains("\"possible\":false", "\"skopeo\":false");
    }

    @Test
    void status_warns_of_the_versions_that_change_owners_and_names_what_is_absent() throws IOException {
        Tg.Ran ran = status("packages: {pve-container: 6.1.0}");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .contains(
                        "ok      user",
                        "absent  idmap       pve-container 6.1.6 brings it; 6.1.0 is installed",
                        "apt dist-upgrade");
        assertThat(ran.err()).contains("warning[container.mounts-change-owner]").contains("6.1.1");
    }

    @Test
    void a_host_without_proxmox_is_said() throws IOException {
        Tg.Ran ran = status("proxmox: false");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("error[host.no-proxmox]");
    }

    @Test
    void other_commands_load_nothing_of_the_client() throws Exception {
        tg.file(Tg.SMALL);
        Tg.Ran ran = tg.shell("JAVA_TOOL_OPTIONS=-Xlog:class+load:file=classes.txt tg plan -q");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(Files.readString(folder.resolve("classes.txt")))
                .contains("dev.tengil.cli.PlanCommand")
                .doesNotContain(
                        "dev.tengil.oci.Regist",
                        "dev.tengil.oci.Mirror",
                        "dev.tengil.oci.credentials",
                        "dev.tengil.cli.OciAsking",
                        "java.net.http");
    }
}
