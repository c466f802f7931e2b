package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.cli.Tg;
import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.SshHost;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a whole homelab, with simulated containers on real datasets: every bind leads to a real place with the right owner. */
@Tag("vm")
class WholeFileOnRealHostTest {

    /** The disk of the machine is small. */
    private static final List<List<String>> SMALLER = List.of(List.of("reservation: 100G", "reservation: 1G"));

    private static final Pattern BIND = Pattern.compile("(?m)^mp\\d+: (/[^,]+),mp=([^,\n]+)(?:,idmap=([^,\n]+))?.*$");

    @TempDir
    Path folder;

    @Test
    void the_homelab_is_applied_and_every_bind_leads_to_a_directory_of_its_owner() throws Exception {
        TestMachine machine = TestMachine.fresh();
        try (SshHost real = machine.host()) {
            machine.sh(
                            "mkdir -p /dev/dri; mknod /dev/dri/renderD128 c 226 128; mknod /dev/dri/card0 c 226 0; mkdir -p /etc/exports.d")
                    .succeeded();
            check(real);
        } finally {
            machine.giveBack();
        }
    }

    private void check(Host real) throws Exception {
        Tg tg = new Tg(folder);
        Files.writeString(
                folder.resolve("world.yml"),
                "packages: {samba: '2:4.22.11', nfs-kernel-server: '1:2.8.3-1'}\n"
                        + "devices: [/dev/dri/renderD128, /dev/dri/card0]\n");
        assertThat(tg.say("sim new w --world " + folder.resolve("world.yml")).exit())
                .isZero();
        SimulatedHost proxmox =
                SimulatedHost.in(folder.resolve("w"), "proxmox", Faults.none()).orThrow();
        ComposedHost composed = new ComposedHost(proxmox, real);
        tg.host(composed);
        example(tg);

        Tg.Ran apply = tg.say("apply --yes");
        assertThat(apply.exit()).as(apply.out() + apply.err()).isZero();
        assertThat(composed.disagreements()).isEmpty();
        assertThat(tg.say("plan").out()).isEqualTo("No changes. The host matches tengil.yml.\n");

        TreeSet<String> places = new TreeSet<>();
        List<String> strangers = new ArrayList<>();
        String guests = proxmox.run(Command.reads("sh", "-c", "cat \"$@\"", "cat", "/etc/pve/lxc/100.conf"))
                .out();
        for (int vmid = 101; vmid < 120; vmid++) {
            guests += proxmox.run(Command.reads("cat", "/etc/pve/lxc/" + vmid + ".conf"))
                    .out();
        }
        Matcher binds = BIND.matcher(guests);
        while (binds.find()) {
            places.add(binds.group(1));
            String there = stat(real, binds.group(1));
            String ids = String.valueOf(binds.group(3));
            String uid = there.split("[ :]", -1)[1];
            if (!ids.contains("u:" + uid + ":" + uid + ":") && Integer.parseInt(uid) < 100_000) {
                strangers.add(binds.group() + " belongs to " + there);
            }
        }
        assertThat(places).hasSizeGreaterThan(8).contains("/tank/media", "/tank/database/postgres");
        assertThat(strangers).isEmpty();
        for (String place : places) {
            assertThat(stat(real, place)).as(place).startsWith("directory ").isEqualTo(stat(proxmox, place));
        }
        String mounted = run(
                real,
                Command.reads("zfs", "get", "-Hp", "-r", "-t", "filesystem", "-o", "name,value", "mounted", "tank"));
        assertThat(mounted).contains("tank/apps/nextcloud/data\tyes\n", "tank/database/postgres\tyes\n");
    }

    private static String stat(Host host, String path) throws Exception {
        return run(host, Command.reads("stat", "-c", "%F %u:%g %a", path)).strip();
    }

    private static String run(Host host, Command command) throws Exception {
        return host.run(command.withStdin(Bytes.EMPTY)).out();
    }

    /** The folder of the example, with what is too large for the machine made smaller. */
    private void example(Tg tg) throws Exception {
        Path from = Path.of("examples/homelab");
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        String text = Files.readString(from.resolve("tengil.yml"));
        for (List<String> each : SMALLER) {
            assertThat(text).contains(each.getFirst());
            text = text.replace(each.getFirst(), each.getLast());
        }
        tg.file(text);
    }
}
