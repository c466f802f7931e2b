package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.cli.Tg;
import dev.tengil.host.SshHost;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports of the node that lead to a container, with real nftables and real systemd: there after a reboot, and gone with the file's words. */
@Tag("vm")
class ForwardsOnRealHostTest {

    private static final String FILE = """
            containers:
              web:
                template: debian-13-standard
                ports: ["8080:80", "5353:53/udp"]
                network: {ip: 192.168.1.50/24, gateway: 192.168.1.1}
            """;

    @TempDir
    Path folder;

    @Test
    void they_are_loaded_again_by_a_reboot() throws Exception {
        TestMachine machine = TestMachine.fresh();
        try (SshHost real = machine.host()) {
            Tg tg = new Tg(folder).file(FILE);
            assertThat(tg.say("sim new w").exit()).isZero();
            tg.host(new ComposedHost(
                    SimulatedHost.in(folder.resolve("w"), "proxmox", Faults.none())
                            .orThrow(),
                    real));
            machine.sh("nft add table inet mine").succeeded();
            apply(tg);
            String loaded = rules(machine);
            assertThat(loaded)
                    .contains("tcp dport 8080 dnat to 192.168.1.50:80", "udp dport 5353 dnat to 192.168.1.50:53");
            assertThat(tg.say("plan").out()).isEqualTo("No changes. The host matches tengil.yml.\n");

            machine.reboot();
            assertThat(rules(machine)).isEqualTo(loaded);
            assertThat(tg.say("plan").out()).isEqualTo("No changes. The host matches tengil.yml.\n");

            machine.sh("nft add table inet mine").succeeded();
            apply(tg.file(FILE.replaceAll("(?m)^ *ports:.*\n", "")));
            assertThat(machine.sh("nft list tables").succeeded())
                    .contains("table inet mine\n")
                    .doesNotContain("tengil");
            assertThat(machine.sh("find /etc/tengil /etc/systemd/system").text())
                    .doesNotContain("main.nft", "tengil-forwards");
        } finally {
            machine.giveBack();
        }
    }

    private static void apply(Tg tg) {
        Tg.Ran ran = tg.say("apply --yes");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    }

    private static String rules(TestMachine machine) throws Exception {
        return machine.sh("nft list table ip tengil_main").succeeded();
    }
}
