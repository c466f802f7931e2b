package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of every source, at every place that takes one, are seen nowhere but where they are used. */
class SecretsTest {

    private static final String FROM_ENV = "Canary-Of-The-Environment";
    private static final String FROM_FILE = "Canary-Of-A-File";
    private static final String PLAIN = "Canary-In-Plain-Sight";
    private static final String FROM_ENV_FILE = "Canary-Of-An-Env-File";
    private static final String LATER = "Canary-Of-Another-Day";

    private static final String FILE = """
            secrets:
              env: {env: CANARY}
              file: {file: canary.txt}
              made: {generate: 24}
            users:
              anna: {uid: 2001, smb_password: !secret env}
              ben: {uid: 2002, smb_password: {secret: file}}
              cleo: {uid: 2003, smb_password: !secret made}
              dora: {uid: 2004, smb_password: Canary-In-Plain-Sight}
            pools:
              tank:
                datasets:
                  media:
                    shares: {smb: {name: Films, users: [anna, ben, cleo, dora]}}
                    containers:
                      - name: web
                        image: redis:7
                        env_file: canary.env
                        env:
                          FROM_ENV: !secret env
                          FROM_FILE: !secret file
                          MADE: !secret made
                          INSIDE: "redis://anna:${secret:env}@host"
            """;

    @TempDir
    Path folder;

    private Tg tg;
    private final StringBuilder seen = new StringBuilder();

    @BeforeEach
    void secrets() throws IOException {
        tg = new Tg(folder).with("CANARY", FROM_ENV).file(FILE);
        Files.writeString(tg.path("canary.txt"), FROM_FILE + "\n");
        Files.writeString(tg.path("canary.env"), "# of the app\nFROM_ENV_FILE=" + FROM_ENV_FILE + "\n");
    }

    private Tg.Ran seen(String line) {
        Tg.Ran ran = tg.say(line);
        seen.append("\n$ tg ").append(line).append('\n').append(ran.out()).append(ran.err());
        return ran;
    }

    private void seenToWork(String line) {
        assertThat(seen(line).exit()).as(seen.toString()).isZero();
    }

    /** The value that the host made. */
    private String made() {
        String kept = tg.onHost("cat /var/lib/tengil/main/secrets.json").out();
        return kept.replaceAll("(?s).*\"made\":\"([^\"]+)\".*", "$1");
    }

    private void assertUnseen() throws IOException {
        String made = made();
        assertThat(made).hasSize(24);
        for (String name : tg.onHost("ls /var/lib/tengil/main").out().split("\n", -1)) {
            if (!name.isEmpty() && !name.equals("secrets.json")) {
                seen.append("\n$ cat ")
                        .append(name)
                        .append('\n')
                        .append(tg.onHost("cat /var/lib/tengil/main/" + name).out());
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!List.of("tengil.yml", "canary.txt", "canary.env")
                        .contains(file.getFileName().toString())) {
                    seen.append("\n$ cat ")
                            .append(file)
                            .append('\n')
                            .append(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        assertThat(seen.toString()).doesNotContain(FROM_ENV, FROM_FILE, FROM_ENV_FILE, PLAIN, LATER, made);
        assertThat(tg.onHost("cat /var/lib/tengil/main/secrets.json").out())
                .doesNotContain(FROM_ENV, FROM_FILE, FROM_ENV_FILE, PLAIN, LATER);
    }

    private void assertUsed() {
        String conf = tg.onHost("cat /etc/pve/lxc/100.conf").out();
        assertThat(conf)
                .contains("FROM_ENV=" + FROM_ENV)
                .contains("FROM_FILE=" + FROM_FILE)
                .contains("FROM_ENV_FILE=" + FROM_ENV_FILE)
                .contains("MADE=" + made())
                .contains("INSIDE=redis://anna:" + FROM_ENV + "@host");
    }

    @Test
    void no_command_shows_a_secret_and_no_file_keeps_one() throws IOException {
        for (String line : List.of(
                "plan",
                "plan --commands",
                "plan --script",
                "plan --json",
                "plan -v --commands",
                "validate",
                "plan --out saved",
                "apply --yes -v saved")) {
            seen(line);
        }
        seenToWork("plan");
        assertUsed();
        for (String line : List.of(
                "plan --refresh-only",
                "status",
                "status --json",
                "state show",
                "explain container:web",
                "explain user:anna",
                "doctor",
                "ps",
                "verify")) {
            seen(line);
        }
        assertUnseen();
    }

    @Test
    void an_apply_with_json_shows_none() throws IOException {
        seenToWork("apply --yes --json");
        assertUsed();
        assertUnseen();
    }

    @Test
    void a_failing_apply_shows_none_even_if_the_program_does() throws IOException {
        tg.faults("- {match: 'smbpasswd -a -s anna', do: fail, exit: 1, stderr: 'no: " + FROM_ENV + "'}\n"
                + "- {match: 'smbpasswd -a -s ben', do: fail, exit: 1, stderr: 'no: " + FROM_FILE + "'}\n"
                + "- {match: 'smbpasswd -a -s dora', do: fail, exit: 1, stderr: 'no: " + PLAIN + "'}\n"
                + "- {match: flock, do: fail, exit: 3, stderr: 'no: " + FROM_ENV + " " + FROM_FILE + " " + FROM_ENV_FILE
                + "'}\n");
        for (String line : List.of("apply --yes", "apply --yes -v", "apply --yes --json", "plan --commands")) {
            seen(line);
        }
        assertThat(seen).contains("‹secret›", "smbpasswd failed");
        assertUnseen();
    }

    @Test
    void neither_the_journal_of_a_dead_run_nor_a_rescued_state_holds_one() throws Exception {
        tg.faults("- {match: pct start, do: die-after}\n");
        Tg.Ran died = tg.shell("tg apply --yes -v --parallel 1");
        seen.append(died.out()).append(died.err());
        assertThat(died.exit()).as(seen.toString()).isEqualTo(137);
        assertThat(tg.onHost("ls /var/lib/tengil/main").out()).contains("journal.jsonl");
        assertUnseen();
        tg.faults("- {match: write /var/lib/tengil/main/state.json, nth: 2, do: full}\n");
        assertThat(seen("apply --yes").exit()).isEqualTo(Exit.PARTIAL.code());
        assertThat(tg.path("tengil-state-rescued.json")).isRegularFile();
        assertUnseen();
    }

    @Test
    void a_secret_that_would_become_more_than_one_line_is_refused_where_it_is_used() throws IOException {
        Files.writeString(tg.path("canary.txt"), FROM_FILE + "\nlxc.hook.start: /evil\n");
        assertThat(seen("apply --yes").exit()).isEqualTo(Exit.INVALID.code());
        assertThat(seen)
                .contains("error[container.env]: the variable FROM_FILE has a line break or control character")
                .contains("error[user.no-password]: the secret \"file\" is no password")
                .doesNotContain(FROM_FILE, "evil");
        assertThat(tg.onHost("getent passwd ben").exit()).isNotZero();
    }

    @Test
    void an_empty_secret_is_no_password() {
        tg.with("CANARY", "");
        assertThat(seen("apply --yes").exit()).isEqualTo(Exit.INVALID.code());
        assertThat(seen).contains("error[user.no-password]: the secret \"env\" is no password: it is empty");
    }

    @Test
    void neither_a_former_nor_a_drifted_value_is_shown() throws IOException {
        seenToWork("apply --yes");
        tg.with("CANARY", LATER);
        seen("plan --commands");
        seen("plan --json");
        seen("plan --refresh-only");
        seenToWork("apply --yes -v");
        tg.file(FILE.replaceAll("(?m)^ +(FROM_ENV|INSIDE): .*\n", ""));
        seen("plan --commands");
        seen("plan --json");
        seenToWork("apply --yes -v");
        assertUnseen();
    }

    @Test
    void a_line_with_a_password_is_shown_without_it() throws IOException {
        for (String line : List.of(
                "  dora: {uid: x, smb_password: Canary-In-Plain-Sight}",
                "  dora: {smb_password: \"Canary-In-Plain-Sight\", uid: x}",
                "  dora: {'smb_password': 'Canary-In-Plain-Sight', uid: x}",
                "  dora: {\"smb_password\":  Canary-In-Plain-Sight , uid: x}",
                "  dora:\n    smb_password: Canary-In-Plain-Sight # keep")) {
            tg.file("users:\n" + line + "\n");
            seen("plan");
        }
        assertThat(seen.toString()).contains("•••").doesNotContain(PLAIN);
    }
}
