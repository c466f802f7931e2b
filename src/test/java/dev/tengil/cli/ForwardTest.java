package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports of the node that lead to containers; what the rules do to packets is seen in ForwardedPacketsTest. */
class ForwardTest {

    private static final String FILE = """
            containers:
              web:
                image: localhost:5000/demo/app:1.0
                ports: ["8080:80", {port: 443, publish: true}]
                network: {ip: 192.168.1.50/24, gateway: 192.168.1.1}
              dns:
                image: localhost:5000/demo/app:1.0
                ports: ["5353:53/udp", 8053]
                network: {ip: 192.168.1.51/24, gateway: 192.168.1.10}
            """;
    private static final String NO_PORTS = FILE.replace("    ports: [\"8080:80\", {port: 443, publish: true}]\n", "")
            .replace("\"5353:53/udp\", ", "");
    private static final String FOREIGN = "nft add table inet mine";
    private static final String RULES = "/etc/tengil/forwards/main.nft";

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void host() throws IOException {
        host("");
    }

    private void host(String more) throws IOException {
        tg = new Tg(Files.createDirectories(folder.resolve("h" + more.length())));
        Files.writeString(
                tg.path("world.yml"),
                "images: {\"localhost:5000/demo/app:1.0\": {config: {Cmd: [app]}}}\n"
                        + "bridges: {vmbr0: {cidr: 192.168.1.10/24, gateway: 192.168.1.1}}\n" + more);
        ok(tg.run("sim", "new", "w", "--world", tg.path("world.yml").toString()));
    }

    private static String ok(Tg.Ran ran) {
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        return ran.out();
    }

    private String apply(String file) throws IOException {
        return ok(tg.file(file).say("apply --yes --parallel 1"));
    }

    private String plan() {
        return ok(tg.say("plan"));
    }

    private String rules() {
        return tg.onHost("nft list ruleset").out();
    }

    private void settled() {
        assertThat(plan()).isEqualTo("No changes. The host matches tengil.yml.\n");
    }

    @Test
    void a_published_port_is_forwarded_from_then_on() throws IOException {
        ok(tg.onHost(FOREIGN));
        String said = apply(FILE);
        assertThat(said)
                .contains("+ forward:8080/tcp", "web, 192.168.1.50:80")
                .contains("+ forward:443/tcp", "+ forward:5353/udp")
                .contains("its router is not the node");
        assertThat(rules())
                .contains("table inet mine")
                .contains("fib daddr type local tcp dport 8080 dnat to 192.168.1.50:80")
                .contains("fib daddr type local tcp dport 443 dnat to 192.168.1.50:443")
                .contains("fib daddr type local udp dport 5353 dnat to 192.168.1.51:53")
                .contains("ip daddr 192.168.1.50 tcp dport 80 ct status dnat ct original proto-dst 8080 masquerade")
                .contains("proto-dst 5353 ip saddr 192.168.1.51/24 masquerade")
                .doesNotContain("8053");
        assertThat(tg.onHost("systemctl is-enabled tengil-forwards").out()).isEqualTo("enabled\n");
        settled();
    }

    @Test
    void with_the_last_published_port_everything_of_ours_goes_and_nothing_else() throws IOException {
        ok(tg.onHost(FOREIGN));
        String before = rules();
        apply(FILE);
        assertThat(apply(NO_PORTS)).contains("- forward:8080/tcp");
        assertThat(rules()).isEqualTo(before);
        assertThat(tg.onHost("cat " + RULES).exit()).isNotZero();
        assertThat(tg.onHost("systemctl is-enabled tengil-forwards").exit()).isNotZero();
        settled();
    }

    @Test
    void a_container_that_leaves_the_file_takes_its_ports_along() throws IOException {
        apply(FILE);
        apply(FILE.substring(0, FILE.indexOf("  dns:")));
        assertThat(rules()).contains("8080").doesNotContain("5353");
        settled();
    }

    @Test
    void what_somebody_did_to_them_is_seen_and_put_right() throws IOException {
        apply(FILE);
        for (String deed : new String[] {
            "nft flush ruleset",
            "systemctl disable tengil-forwards",
            "cp /etc/hostname " + RULES,
            "rm /etc/systemd/system/tengil-forwards.service"
        }) {
            ok(tg.onHost(deed));
            assertThat(plan()).as(deed).contains("forward:8080/tcp").doesNotContain("~ container");
            apply(FILE);
            assertThat(rules()).contains("dnat to 192.168.1.50:80");
            settled();
        }
    }

    @Test
    void an_address_that_changes_is_followed() throws IOException {
        apply(FILE);
        apply(FILE.replace("192.168.1.50", "192.168.1.60"));
        assertThat(rules()).contains("192.168.1.60:80").doesNotContain("192.168.1.50");
    }

    @Test
    void where_rules_cannot_be_loaded_the_former_ones_stay() throws IOException {
        apply(FILE);
        String before = rules();
        String file = tg.onHost("cat " + RULES).out();
        for (String broken : new String[] {"nft -c", "systemctl reload-or-restart", "nft list table ip"}) {
            tg.faults("- {match: " + broken + ", nth: 1, do: fail, stderr: \"no such thing\"}\n");
            Tg.Ran ran = tg.file(FILE.replace("8080:80", "8088:80")).say("apply --yes --parallel 1");
            assertThat(ran.exit()).isEqualTo(5);
            assertThat(ran.out()).contains("What it had changed was put back.");
            tg.faults("[]\n");
            assertThat(tg.onHost("cat " + RULES).out()).as(broken).isEqualTo(file);
            assertThat(rules()).as(broken).isEqualTo(before);
        }
        apply(FILE.replace("8080:80", "8088:80"));
        settled();
    }

    @Test
    void ports_that_are_taken_are_refused_before_anything_is_done() throws IOException {
        assertThat(tg.file(FILE.replace("8080:80", "8006:80")).say("plan").err())
                .contains("error[forward.port-taken]", "pveproxy listens there");
        assertThat(tg.file(FILE.replace("5353:53/udp", "8080:53")).say("plan").err())
                .contains("error[forward.twice]", "port 8080/tcp of the node cannot lead both to web and to dns");
        apply(FILE);
        assertThat(tg.file("stack: other\n"
                                + FILE.replace("web:", "web2:")
                                        .replace("dns:", "dns2:")
                                        .replace("192.168.1.5", "192.168.1.7"))
                        .say("plan")
                        .err())
                .contains("error[forward.port-taken]", "another stack forwards it (" + RULES + ")");
    }

    @Test
    void an_address_that_may_change_is_refused() throws IOException {
        assertThat(tg.file(FILE.replace("    network: {ip: 192.168.1.50/24, gateway: 192.168.1.1}\n", ""))
                        .say("plan")
                        .err())
                .contains("error[container.needs-address]", "port 8080 of the node cannot lead to web");
    }

    @Test
    void both_families_are_forwarded_where_both_addresses_stay() throws IOException {
        assertThat(apply(FILE.replace("192.168.1.50/24,", "192.168.1.50/24, ip6: \"fd00::50/64\",")))
                .contains("[fd00::50]:80", "becomes an IPv6 router");
        assertThat(rules()).contains("table ip6 tengil_main", "tcp dport 8080 dnat to [fd00::50]:80");
        settled();
    }

    @Test
    void the_package_is_planned_where_it_is_missing() throws IOException {
        host("packages: {nftables: null}\n");
        assertThat(apply(FILE)).contains("+ package:nftables");
        settled();
    }

    @Test
    void the_state_can_be_made_anew_from_our_file() throws IOException {
        apply(FILE);
        ok(tg.onHost("rm -r /var/lib/tengil/main"));
        ok(tg.say("state rebuild --yes"));
        assertThat(tg.say("state show").out()).contains("forward:8080/tcp", "forward:5353/udp");
    }
}
