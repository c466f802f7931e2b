package dev.tengil.host.sim.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.Result;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import dev.tengil.model.HostPath;
import java.util.List;
import org.junit.jupiter.api.Test;

class NftTest {

    private static final String FORWARDS = """
            table ip tengil
            delete table ip tengil
            table ip tengil {
                chain prerouting {
                    type nat hook prerouting priority dstnat; policy accept;
                    iifname vmbr0 tcp dport 8080 dnat to 10.0.0.5:80 comment "port:web"
                    udp dport { 53, 5353 } dnat to 10.0.0.6
                }
                chain postrouting {
                    type nat hook postrouting priority 100;
                    ip saddr 10.0.0.0/24 ct status dnat masquerade
                }
            }
            """;

    private final SimulatedHost host = SimulatedHost.inMemory("", Faults.none()).orThrow();

    private Result run(String stdin, String... argv) {
        return host.run(Command.changes(List.of(argv)).withStdin(Bytes.utf8(stdin)));
    }

    @Test
    void a_table_is_replaced_as_a_whole_and_printed_in_nfts_words() {
        assertThat(run(FORWARDS, "nft", "-f", "-").exit()).isZero();
        assertThat(run(FORWARDS, "nft", "-f", "-").exit()).isZero();
        assertThat(run("", "nft", "list", "table", "ip", "tengil").out()).isEqualTo("""
                table ip tengil {
                \tchain prerouting {
                \t\ttype nat hook prerouting priority dstnat; policy accept;
                \t\tiifname "vmbr0" tcp dport 8080 dnat to 10.0.0.5:80 comment "port:web"
                \t\tudp dport { 53, 5353 } dnat to 10.0.0.6
                \t}

                \tchain postrouting {
                \t\ttype nat hook postrouting priority 100; policy accept;
                \t\tip saddr 10.0.0.0/24 ct status dnat masquerade
                \t}
                }
                """);
    }

    @Test
    void a_table_is_described_as_json() {
        run(FORWARDS, "nft", "-f", "-");
        var all = JsonParser.parseString(
                        run("", "nft", "-j", "list", "table", "ip", "tengil").out())
                .getAsJsonObject()
                .getAsJsonArray("nftables");
        assertThat(all).hasSize(7);
        assertThat(all.get(2).toString()).contains("\"hook\":\"prerouting\"", "\"prio\":-100", "\"policy\":\"accept\"");
        assertThat(all.get(4).toString())
                .contains(
                        "\"right\":8080", "{\"dnat\":{\"addr\":\"10.0.0.5\",\"port\":80}}", "\"comment\":\"port:web\"");
    }

    @Test
    void what_it_does_not_know_changes_nothing_and_is_pointed_at() {
        run(FORWARDS, "nft", "-f", "-");
        String before = run("", "nft", "list", "ruleset").out();
        Result refused =
                run("flush ruleset\ntable ip x {\n chain y {\n  tcp dport 80 frobnicate\n }\n}\n", "nft", "-f", "-");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("""
                /dev/stdin:4:16-25: Error: syntax error, unexpected string
                  tcp dport 80 frobnicate
                               ^^^^^^^^^^
                """);
        assertThat(run("", "nft", "list", "ruleset").out()).isEqualTo(before);
        for (String wrong : List.of(
                "table ip x { chain y { type nat hook nowhere priority 0; } }",
                "table ip x { chain y { tcp dport 70000 accept; } }",
                "table ip x { chain y { dnat to 300.1.1.1:80; } }",
                "table ip x { chain y { jump nowhere; } }",
                "delete table ip nosuch",
                "add rule ip nosuch y accept",
                "table ip x {")) {
            assertThat(run(wrong, "nft", "-f", "-").exit()).as(wrong).isEqualTo(1);
        }
        assertThat(run("", "nft", "list", "table", "ip", "nosuch").err())
                .startsWith("Error: No such file or directory\n");
        assertThat(run("", "nft", "--frob").exit()).isEqualTo(1);
    }

    @Test
    void checking_changes_nothing_and_destroying_takes_what_is_not_there() {
        assertThat(run(FORWARDS, "nft", "-c", "-f", "-").exit()).isZero();
        assertThat(run("", "nft", "list", "tables").out()).isEmpty();
        assertThat(run("", "nft", "destroy", "table", "ip", "tengil").exit()).isZero();
        assertThat(run("", "nft", "delete", "table", "ip", "tengil").exit()).isEqualTo(1);
    }

    @Test
    void a_unit_that_loads_a_table_is_enabled_started_and_stopped() throws Exception {
        host.write(new FileWrite(HostPath.of("/etc/ports.nft"), Bytes.utf8(FORWARDS), 0644));
        run("", "mkdir", "-p", "/etc/systemd/system");
        String unit = """
                [Unit]
                Description=Ports
                [Service]
                Type=oneshot
                RemainAfterExit=yes
                ExecStart=/usr/sbin/nft -f /etc/ports.nft
                ExecStop=/usr/sbin/nft destroy table ip tengil
                [Install]
                WantedBy=multi-user.target
                """;
        assertThat(run("", "systemctl", "start", "ports").err())
                .isEqualTo("Failed to start ports.service: Unit ports.service not found.\n");
        host.write(new FileWrite(HostPath.of("/etc/systemd/system/ports.service"), Bytes.utf8(unit), 0644));
        assertThat(run("", "systemctl", "daemon-reload").exit()).isZero();
        assertThat(run("", "systemctl", "is-enabled", "ports").out()).isEqualTo("disabled\n");
        assertThat(run("", "systemctl", "enable", "--now", "ports.service").err())
                .startsWith("Created symlink '/etc/systemd/system/multi-user.target.wants/ports.service'");
        assertThat(run("", "systemctl", "is-active", "ports").out()).isEqualTo("active\n");
        assertThat(run("", "systemctl", "is-enabled", "ports").exit()).isZero();
        assertThat(run("", "nft", "list", "tables").out()).isEqualTo("table ip tengil\n");
        assertThat(run("", "systemctl", "show", "-p", "SubState", "ports").out())
                .isEqualTo("SubState=exited\n");
        host.write(new FileWrite(HostPath.of("/etc/ports.nft"), Bytes.utf8("nonsense\n"), 0644));
        Result failed = run("", "systemctl", "restart", "ports");
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err()).startsWith("Job for ports.service failed");
        assertThat(run("", "systemctl", "is-active", "ports").out()).isEqualTo("failed\n");
        assertThat(run("", "nft", "list", "tables").out()).isEmpty();
        assertThat(run("", "systemctl", "disable", "ports").err()).startsWith("Removed ");
        assertThat(run("", "systemctl", "is-active", "nosuch").exit()).isEqualTo(4);
        assertThat(run("", "systemctl", "frob", "ports").err()).isEqualTo("Unknown command verb 'frob'.\n");
    }
}
