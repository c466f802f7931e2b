package dev.tengil.resource.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What our rules do to packets: the real nftables in a network namespace that stands for the node, with two containers on a bridge of
 * its own and somebody outside. Needs root, ip, nft and python3.
 */
class ForwardedPacketsTest {

    private static final String NODE = "10.9.0.1";
    private static final String ON_BRIDGE = "192.168.77.10";
    private static final String WEB = "192.168.77.50";
    private static final String OUTSIDE = "10.9.0.2";

    /** Answers each who comes by TCP or UDP with the address that it sees. */
    private static final String SERVER = """
            import socket, threading
            def tcp(listening):
                while True:
                    one, who = listening.accept()
                    one.sendall(('tcp ' + who[0]).encode())
                    one.close()
            for family, host in ((socket.AF_INET, ''), (socket.AF_INET6, 'fd77::50')):
                listening = socket.create_server((host, 80), family=family)
                threading.Thread(target=tcp, args=(listening,), daemon=True).start()
            datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            datagrams.bind(('', 53))
            print('ready', flush=True)
            while True:
                text, who = datagrams.recvfrom(99)
                datagrams.sendto(('udp ' + who[0]).encode(), who)
            """;

    private static final String ASK = """
            import socket, sys
            host, port, protocol = sys.argv[1], int(sys.argv[2]), sys.argv[3]
            try:
                if protocol == 'tcp':
                    one = socket.create_connection((host, port), 2)
                    print(one.recv(99).decode())
                else:
                    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                    one.settimeout(2)
                    one.sendto(b'?', (host, port))
                    print(one.recvfrom(99)[0].decode())
            except OSError as e:
                print('nothing')
            """;

    @TempDir
    Path folder;

    private final String tag = "tg" + Long.toString(ProcessHandle.current().pid(), 36);
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void network() throws IOException, InterruptedException {
        assumeTrue(possible(), "needs root, ip netns, nft and python3");
        for (String each : List.of("n", "o", "a", "b")) {
            ip("netns add " + tag + each);
            ip("-n " + tag + each + " link set lo up");
            // A router asks for neighbours from its link-local address, which would be on probation for two seconds.
            within(each, "sysctl", "-q", "-w", "net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0");
        }
        ip("-n " + tag + "n link add vmbr0 type bridge");
        ip("-n " + tag + "n addr add " + ON_BRIDGE + "/24 dev vmbr0");
        ip("-n " + tag + "n addr add fd77::10/64 dev vmbr0 nodad");
        ip("-n " + tag + "n link set vmbr0 up");
        for (String each : List.of("a", "b")) {
            ip("-n " + tag + "n link add v" + each + " type veth peer name eth0 netns " + tag + each);
            ip("-n " + tag + "n link set v" + each + " master vmbr0 up");
            ip("-n " + tag + each + " link set eth0 up");
        }
        ip("-n " + tag + "a addr add " + WEB + "/24 dev eth0");
        ip("-n " + tag + "a addr add fd77::50/64 dev eth0 nodad");
        ip("-n " + tag + "b addr add 192.168.77.51/24 dev eth0");
        ip("-n " + tag + "n link add out type veth peer name eth0 netns " + tag + "o");
        ip("-n " + tag + "n addr add " + NODE + "/24 dev out");
        ip("-n " + tag + "n addr add fd09::1/64 dev out nodad");
        ip("-n " + tag + "n link set out up");
        ip("-n " + tag + "o addr add " + OUTSIDE + "/24 dev eth0");
        ip("-n " + tag + "o addr add fd09::2/64 dev eth0 nodad");
        ip("-n " + tag + "o link set eth0 up");
        within("n", "sysctl", "-q", "-w", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
        Process server = in("a", "python3", "-c", SERVER).start();
        started.add(server);
        assertThat(server.inputReader().readLine()).isEqualTo("ready");
    }

    @AfterEach
    void gone() throws IOException, InterruptedException {
        started.forEach(Process::destroyForcibly);
        for (String each : List.of("n", "o", "a", "b")) {
            new ProcessBuilder("ip", "netns", "del", tag + each).start().waitFor();
        }
    }

    private static boolean possible() throws InterruptedException {
        try {
            return run(new ProcessBuilder("unshare", "-n", "nft", "add", "table", "ip", "x"))
                                    .exit()
                            == 0
                    && run(new ProcessBuilder("ip", "netns", "list")).exit() == 0
                    && run(new ProcessBuilder("python3", "-c", "1")).exit() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private record Ran(int exit, String out) {}

    private static Ran run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), out);
    }

    private ProcessBuilder in(String namespace, String... argv) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", tag + namespace));
        all.addAll(List.of(argv));
        return new ProcessBuilder(all);
    }

    private String within(String namespace, String... argv) throws IOException, InterruptedException {
        Ran ran = run(in(namespace, argv));
        assertThat(ran.exit()).as(String.join(" ", argv) + "\n" + ran.out()).isZero();
        return ran.out();
    }

    private static void ip(String line) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("ip"));
        argv.addAll(List.of(line.split(" ", -1)));
        Ran ran = run(new ProcessBuilder(argv));
        assertThat(ran.exit()).as(line + "\n" + ran.out()).isZero();
    }

    private String ask(String from, String host, int port, String protocol) throws IOException, InterruptedException {
        return within(from, "python3", "-c", ASK, host, Integer.toString(port), protocol)
                .strip();
    }

    private static List<Forward> forwards(boolean routed) {
        Forward.Target four = new Forward.Target(WEB + "/24", routed);
        return List.of(
                new Forward(8080, "tcp", "web", 80, four, new Forward.Target("fd77::50/64", routed), null),
                new Forward(5353, "udp", "web", 53, four, null, null));
    }

    private void load(List<Forward> forwards) throws IOException, InterruptedException {
        Path file = folder.resolve("main.nft");
        Files.writeString(file, new ForwardFile("main").render(forwards));
        within("n", "nft", "-c", "-f", file.toString());
        within("n", "nft", "-f", file.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void all_sides_reach_the_app_by_tcp_and_udp(boolean routed) throws IOException, InterruptedException {
        if (routed) {
            ip("-n " + tag + "a route add default via " + ON_BRIDGE);
            ip("-n " + tag + "a -6 route add default via fd77::10");
        }
        ip("-n " + tag + "b route add default via " + ON_BRIDGE);
        load(forwards(routed));
        String seen = routed ? OUTSIDE : ON_BRIDGE;
        assertThat(ask("o", NODE, 8080, "tcp")).isEqualTo("tcp " + seen);
        assertThat(ask("o", NODE, 5353, "udp")).isEqualTo("udp " + seen);
        assertThat(ask("o", "fd09::1", 8080, "tcp")).isEqualTo("tcp " + (routed ? "fd09::2" : "fd77::10"));
        for (String from : List.of("n", "b")) {
            for (String at : List.of(NODE, ON_BRIDGE)) {
                assertThat(ask(from, at, 8080, "tcp")).as(from + " at " + at).isEqualTo("tcp " + ON_BRIDGE);
                assertThat(ask(from, at, 5353, "udp")).as(from + " at " + at).isEqualTo("udp " + ON_BRIDGE);
            }
        }
        assertThat(within("n", "nft", "list", "table", "ip", "tengil_main"))
                .satisfies(text -> assertThat(
                                LoadedJudge.of(forwards(routed)).problem(dev.tengil.host.Result.of(0, text, "")))
                        .isNull());
        assertThat(ask("o", NODE, 8081, "tcp")).isEqualTo("nothing");
    }

    @Test
    void loading_again_and_taking_away_leaves_the_tables_of_others_byte_for_byte()
            throws IOException, InterruptedException {
        within(
                "n",
                "nft",
                "add table inet mine { chain input { type filter hook input priority 0; policy accept; }; }");
        within("n", "nft", "add rule inet mine input tcp dport 8080 accept comment \"somebody's\"");
        String before = within("n", "nft", "list", "ruleset");
        load(forwards(false));
        String loaded = within("n", "nft", "list", "ruleset");
        load(forwards(false));
        assertThat(within("n", "nft", "list", "ruleset")).isEqualTo(loaded);
        assertThat(within("n", "nft", "list", "table", "inet", "mine")).isEqualTo(before);
        load(forwards(false).subList(1, 2));
        assertThat(ask("o", NODE, 8080, "tcp")).isEqualTo("nothing");
        for (String line : new ForwardFile("main").unitText(List.of()).lines().toList()) {
            if (line.startsWith("ExecStop=-")) {
                run(in("n", line.substring("ExecStop=-".length()).split(" ", -1)));
            }
        }
        assertThat(within("n", "nft", "list", "ruleset")).isEqualTo(before);
        assertThat(ask("n", ON_BRIDGE, 5353, "udp")).isEqualTo("nothing");
    }
}
