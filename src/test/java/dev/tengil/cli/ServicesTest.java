package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import dev.tengil.model.Span;
import dev.tengil.model.VmId;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.UpdateRule;
import dev.tengil.resource.facts.GuestAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Proxmox answers about interfaces, told without lies. */
class ServicesTest {

    private static final String LO = "{\"name\":\"lo\",\"inet\":\"127.0.0.1/8\",\"inet6\":\"::1/128\"}";
    private static final String STARTING = "[" + LO + ",{\"name\":\"eth0\",\"inet6\":\"fe80::be24:11ff:fe00:1/64\"}]";
    private static final String LEASED = "[" + LO + ",{\"name\":\"eth0\",\"inet\":\"192.168.1.7/24\"}]";
    private static final String SIX = "[" + LO + ",{\"name\":\"eth0\",\"inet6\":\"2001:db8::7/64\"}]";

    @TempDir
    Path folder;

    @Test
    void one_that_does_not_run_is_told_from_one_that_waits_for_its_address() throws HostException {
        VmId vmid = new VmId(100);
        assertThat(GuestAddress.of(new Answering("null"), vmid)).isEqualTo(new GuestAddress(false, null));
        assertThat(GuestAddress.of(new Answering("[]"), vmid)).isEqualTo(new GuestAddress(true, null));
        assertThat(GuestAddress.of(new Answering(STARTING), vmid)).isEqualTo(new GuestAddress(true, null));
        assertThat(GuestAddress.of(new Answering(LEASED), vmid)).isEqualTo(new GuestAddress(true, "192.168.1.7"));
        assertThat(GuestAddress.of(new Answering(SIX), vmid)).isEqualTo(new GuestAddress(true, "2001:db8::7"));
    }

    @Test
    void a_lease_is_waited_for_a_while_and_no_longer() {
        List<Duration> paused = new ArrayList<>();
        Answering host = new Answering(STARTING, STARTING, LEASED);
        assertThat(Services.text(host, List.of(web()), Set.of(), Duration.ofSeconds(5), paused::add))
                .isEqualTo("\n  web  http://192.168.1.7:8080\n");
        assertThat(paused).hasSize(2);
        assertThat(Services.text(new Answering(STARTING), List.of(web()), Set.of(), Duration.ofSeconds(5), paused::add))
                .isEqualTo("\n  web  no address yet\n");
        assertThat(paused).hasSize(7);
    }

    @Test
    void addresses_stand_below_each_other_and_a_database_is_no_web_page() throws IOException {
        Tg tg = new Tg(folder).file("""
                containers:
                  a: {template: debian-13-standard, ports: [8443, 80]}
                  database: {template: debian-13-standard, ports: [5432]}
                """);
        assertThat(tg.say("apply --yes").out())
                .contains("\n  a         https://192.168.1.100:8443  http://192.168.1.100\n"
                        + "  database  192.168.1.101:5432\n");
        assertThat(tg.say("status").out()).contains("  192.168.1.101:5432\n");
    }

    @Test
    void where_nothing_hands_out_addresses_a_running_container_is_not_called_stopped() throws IOException {
        Tg tg = new Tg(folder).file(Tg.SMALL);
        Files.writeString(tg.path("world.yml"), "bridges: {vmbr0: {cidr: 192.168.1.10/24, dhcp: false}}\n");
        tg.run("sim", "new", "w", "--world", tg.path("world.yml").toString());
        assertThat(tg.say("apply --yes").out()).contains("web  no address yet");
    }

    @Test
    void a_declared_port_that_nobody_listens_on_is_told() throws IOException {
        Tg tg = new Tg(folder).file("""
                containers:
                  web: {image: "localhost:5000/demo/app:1.0", ports: [8080, 9090, 53/udp]}
                """);
        Files.writeString(
                tg.path("world.yml"),
                "images: {\"localhost:5000/demo/app:1.0\": {config: {Cmd: [app]}, listens: [8080]}}\n");
        tg.run("sim", "new", "w", "--world", tg.path("world.yml").toString());
        assertThat(tg.say("apply --yes").out()).contains("""
                  web  http://192.168.1.100:8080  http://192.168.1.100:9090
                       nothing listens on port 9090
                """);
        assertThat(tg.say("apply --yes").out()).doesNotContain("nothing listens");
    }

    private static Container web() {
        return new Container(
                Container.addressOf("web"),
                "web",
                "web",
                new VmId(100),
                false,
                new Container.Origin.Existing(),
                null,
                null,
                new TreeMap<>(),
                new TreeMap<>(),
                null,
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeMap<>(),
                List.of(),
                UpdateRule.USUAL,
                null,
                Set.of(),
                null,
                Set.of(),
                new TreeMap<>(Map.of("ports", "8080/tcp")),
                List.of(),
                new Span("tengil.yml", 1, 1, 0, 0));
    }

    /** A host that answers one thing after the other, and the last for ever. */
    private static final class Answering implements Host {

        private final Deque<String> answers;

        Answering(String... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        @Override
        public String name() {
            return "answering";
        }

        @Override
        public Result run(Command command) {
            return Result.of(0, answers.size() > 1 ? answers.remove() : answers.element(), "");
        }

        @Override
        public Result run(Command command, Consumer<String> eachLine) {
            return run(command);
        }

        @Override
        public SortedMap<HostPath, HostFile> read(Collection<HostPath> paths) {
            return new TreeMap<>();
        }

        @Override
        public void write(FileWrite file) {
            throw new UnsupportedOperationException("only asked");
        }

        @Override
        public void remove(HostPath file) {
            throw new UnsupportedOperationException("only asked");
        }

        @Override
        public LockAttempt lock(HostPath stateDirectory, String holder, Duration patience) {
            throw new UnsupportedOperationException("only asked");
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
