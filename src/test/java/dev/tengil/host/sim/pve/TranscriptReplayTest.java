package dev.tengil.host.sim.pve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.Result;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import dev.tengil.model.HostPath;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replays what the real programs were recorded to answer, command by command, and counts how often the simulated ones say the same. */
class TranscriptReplayTest {

    private static final String LAB = """
            node: pvelab
            cpus: 2
            memory: 4G
            packages: {zfsutils-linux: 2.3.9-0+deb13u1}
            pools: {tank: {size: 7G}}
            datasets:
              tank/ct: {}
              tank/media: {}
            storage.cfg: |
              dir: local
              \tpath /var/lib/vz
              \tcontent rootdir,vztmpl,iso,backup,snippets,images

              zfspool: tank-ct
              \tpool tank/ct
              \tcontent rootdir,images
            bridges: {vmbr0: {cidr: 10.0.2.15/24, gateway: 10.0.2.2, ports: eth0}}
            images:
              localhost:5000/demo/app:latest: &app
                size: 1127424
                binary: false
                config:
                  Env: ['PATH=/usr/bin:/bin', 'APP_MODE=default', 'GREETING=hello world']
                  Entrypoint: [/bin/sh, /app/run.sh]
                  Cmd: [--port, '8080']
                  WorkingDir: /app
                  Volumes: {/config: {}, /data: {}}
              localhost:5000/demo/app:bare:
                size: 1127424
                binary: false
                config:
                  WorkingDir: /app
                  Volumes: {/config: {}, /data: {}}
              localhost:5000/demo/app:user:
                size: 1127424
                binary: false
                config:
                  Entrypoint: [/bin/sh, /app/run.sh]
                  Cmd: [--port, '8080']
                  WorkingDir: /app
                  User: app
                users: {app: '1000:1001:2000'}
              localhost:5000/demo/app:1.0: *app
            files:
              /srv: {directory: true}
            """;

    /** One recorded command. */
    private record Entry(String line, String stdout, String stderr, int exit) {}

    @ParameterizedTest
    @CsvSource({
        "02-oci-pull, 16",
        "03-pct-create-env-bind, 6",
        "04-pvesh-create-errors, 17",
        "05-vm-lifecycle, 16",
        "08-native-pct-pvesh, 46",
        "14-vm-start-hostmanaged-zfsbusy, 2",
        "19-vm-update-u1, 7",
        "20-vm-idmap-pending, 4",
        "21-vm-idmap-ranges, 2"
    })
    void the_simulated_programs_answer_as_recorded(String file, int floor) throws Exception {
        try (SimulatedHost host = SimulatedHost.inMemory(LAB, Faults.none()).orThrow()) {
            prepare(host, file);
            int agree = 0;
            int counted = 0;
            for (Entry entry : entries(file)) {
                if (entry.line().startsWith("mkdir -p /var/lib/vz/snippets")) {
                    host.run(Command.changes("mkdir", "-p", "/var/lib/vz/snippets"));
                    host.write(
                            new FileWrite(HostPath.of("/var/lib/vz/snippets/x.sh"), Bytes.utf8("#!/bin/sh\n"), 0755));
                }
                List<List<String>> commands = Arrays.stream(entry.line().split("; ", -1))
                        .map(TranscriptReplayTest::words)
                        .toList();
                StringBuilder out = new StringBuilder();
                StringBuilder err = new StringBuilder();
                int exit = 0;
                for (List<String> argv : commands) {
                    if (!argv.isEmpty() && !isFuzzy(argv)) {
                        Result result = host.run(Command.changes(argv));
                        out.append(result.out());
                        err.append(result.err());
                        exit = result.exit();
                    }
                }
                if (commands.stream().anyMatch(argv -> argv.isEmpty() || isFuzzy(argv))) {
                    continue;
                }
                List<String> argv = commands.getLast();
                counted++;
                boolean same = normal(out.toString(), argv).equals(normal(entry.stdout(), argv))
                        && normal(err.toString(), argv).equals(normal(entry.stderr(), argv))
                        && (exit == 0) == (entry.exit() == 0);
                agree += same ? 1 : 0;
                if (!same && System.getenv("TRANSCRIPTS_VERBOSE") != null) {
                    System.out.println("$ " + entry.line() + "\n  recorded " + entry.exit() + "\n" + entry.stdout()
                            + entry.stderr() + "  simulated " + exit + "\n" + out + err);
                }
            }
            System.out.println("transcripts: " + file + ": " + agree + " of " + counted + " agree");
            assertThat(agree).as(file).isGreaterThanOrEqualTo(floor);
        }
    }

    /** What had been done on the machine before the recording began. */
    private static void prepare(SimulatedHost host, String file) {
        if (!file.startsWith("02")) {
            for (String tag : List.of("1.0", "bare", "user")) {
                host.run(Command.changes(
                        "skopeo",
                        "copy",
                        "docker://localhost:5000/demo/app:" + tag,
                        "oci-archive:/var/lib/vz/template/cache/app_" + tag + ".tar"));
            }
        }
        if (file.startsWith("04") || file.startsWith("05") || file.startsWith("14")) {
            for (String line : List.of(
                    "pct create 101 local:vztmpl/app_1.0.tar --rootfs tank-ct:1 --hostname app --memory 256"
                            + " --net0 name=eth0,bridge=vmbr0,ip=dhcp,hwaddr=BC:24:11:C3:23:E8 --onboot 1"
                            + " --features nesting=1 --tags demo --description line",
                    "pct set 101 --mp0 /tank/media,mp=/media,ro=1",
                    "pct create 102 local:vztmpl/app_bare.tar --rootfs tank-ct:1 --hostname bare"
                            + " --net0 name=eth0,bridge=vmbr0,ip=10.0.2.60/24,gw=10.0.2.2 --env FOO=bar")) {
                host.run(Command.changes(words(line)));
            }
        }
        if (file.startsWith("14")) {
            host.run(Command.changes(
                    words("pct create 111 local:vztmpl/app_1.0.tar --rootfs tank-ct:1 --hostname app2 --memory 128")));
            host.run(Command.changes(words("pct set 111 --mp0 /nonexistent,mp=/x")));
        }
        if (file.startsWith("05") || file.startsWith("14")) {
            host.run(Command.changes(
                    "pvesh",
                    "create",
                    "/nodes/localhost/execute",
                    "--commands",
                    "[{\"path\":\"lxc/101/config\",\"method\":\"PUT\",\"args\":{\"description\":\"line one\\nline two\","
                            + "\"env\":\"A=1\\u0000B=two words\\u0000C=\\u0000D=appended\\u0000E=x=y\"}}]"));
            for (String line : List.of(
                    "pct create 111 local:vztmpl/app_1.0.tar --rootfs tank-ct:1 --hostname app2 --memory 128",
                    "pct create 114 local:vztmpl/app_1.0.tar --rootfs tank-ct:999999")) {
                host.run(Command.changes(words(line)));
            }
        }
        if (file.startsWith("20")) {
            entriesOf("19-vm-update-u1").stream().limit(4).forEach(entry -> {
                if (!words(entry.line()).isEmpty()) {
                    host.run(Command.changes(words(entry.line())));
                }
            });
        }
        if (file.startsWith("21")) {
            host.run(Command.changes("zfs", "create", "-o", "acltype=posixacl", "-o", "xattr=sa", "tank/photos"));
        }
    }

    private static List<Entry> entriesOf(String file) {
        try {
            return entries(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Entry> entries(String file) throws java.io.IOException {
        try (InputStream in = TranscriptReplayTest.class.getResourceAsStream("/transcripts/" + file + ".txt")) {
            String text = new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            List<Entry> entries = new ArrayList<>();
            for (String block : text.split("(?m)^\\$ ", -1)) {
                int out = block.indexOf("\n--- stdout\n");
                int err = block.indexOf("--- stderr\n", out);
                int exit = block.indexOf("--- exit ", err);
                if (out > 0 && err > 0 && exit > 0) {
                    entries.add(new Entry(
                            block.substring(0, out),
                            block.substring(out + 12, err),
                            block.substring(err + 11, exit),
                            Integer.parseInt(block.substring(exit + 9).split("\\D", 2)[0])));
                }
            }
            return entries;
        }
    }

    /** Commands of the programs that are simulated, as a shell would split them; empty for anything a shell would have to do. */
    private static List<String> words(String line) {
        List<String> known = List.of("pvesh ", "pct ", "pveam ", "pvesm ", "pveversion", "zfs ", "cat /etc/pve");
        if (known.stream().noneMatch(line::startsWith)
                || line.matches("(?s).*(\\$\\(|\\$'|\\$U|[^\\\\]\\| |>|&&|-A ).*")) {
            return List.of();
        }
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean any = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == 0 && c == ' ') {
                if (any) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                any = true;
            } else if (c == quote) {
                quote = 0;
            } else {
                boolean escape = c == '\\'
                        && quote != '\''
                        && i + 1 < line.length()
                        && "\"\\$`".indexOf(line.charAt(i + 1)) >= 0;
                word.append(escape ? line.charAt(++i) : c);
                any = true;
            }
        }
        if (any) {
            words.add(word.toString());
        }
        return words;
    }

    /** Commands whose answer is the machine's business, not the program's. */
    private static boolean isFuzzy(List<String> argv) {
        return argv.size() > 1 && (argv.get(1).equals("exec") || argv.get(1).equals("help"));
    }

    /** Takes out what differs from run to run: times, process numbers, UPIDs, MACs, digests, sizes of disks, order of lines. */
    private static String normal(String text, List<String> argv) {
        String plain = text.replaceAll("UPID:[^\"\\s]*", "UPID")
                .replaceAll("BC:24:11(:[0-9A-F]{2}){3}", "MAC")
                .replaceAll("bc:24:11(:[0-9a-f]{2}){3}", "mac")
                .replaceAll("fe80::[0-9a-f:]+/64", "LL")
                .replaceAll("\\{\"ip-address\":\"f[^}]*\\},?", "")
                .replaceAll("sha256:[0-9a-f]{64}", "DIGEST")
                .replaceAll("\"digest\":\"[0-9a-f]{40}\"|\"key\":\"digest\",\"value\":\"[0-9a-f]{40}\"", "DIGEST")
                .replaceAll("time=\"[^\"]*\"", "TIME")
                .replaceAll("UUID: \\S+", "UUID")
                .replaceAll("tmp\\.\\d+", "tmp")
                .replaceAll("/[0-9a-f]{16}", "/REPO")
                .replaceAll("\"repoid\":\"[0-9a-f]+\"", "REPO")
                .replaceAll("\"ctime\":\\d+", "CTIME")
                .replaceAll("\"?(mem|disk|diskread|pid|uptime|netin|netout|cpu|pressure\\w+)\"?: ?\"?[\\d.]+\"?", "$1")
                .replace("\u0000", "^@")
                .replace("^I", "\t");
        if (argv.contains("/nodes/pvelab/lxc/300/pending") || argv.contains("/nodes/pvelab/lxc")) {
            String[] items = plain.split("[{}]", -1);
            Arrays.sort(items);
            return String.join("\n", items).strip();
        }
        return plain.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList()
                .toString();
    }
}
