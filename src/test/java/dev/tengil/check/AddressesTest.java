package dev.tengil.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressesTest {

    @TempDir
    Path folder;

    /** Containers c0, c1, … with this under {@code network}. */
    private static String networks(String... of) {
        StringBuilder file = new StringBuilder("containers:\n");
        for (int i = 0; i < of.length; i++) {
            file.append("  c" + i + ": {template: debian-13-standard, network: {" + of[i] + "}}\n");
        }
        return file.toString();
    }

    private static String guest(boolean running, String net) {
        return """
                containers:
                  105:
                    running: RUNNING
                    conf: |
                      hostname: printer
                      memory: 512
                      net0: name=eth0,bridge=vmbr0,NET,type=veth
                bridges:
                  vmbr0: {cidr: 192.168.1.10/24}
                  vmbr1: {cidr: 10.0.0.1/24}
                """.replace("RUNNING", Boolean.toString(running)).replace("NET", net);
    }

    @Test
    void two_containers_of_the_file_do_not_get_one_address_whatever_their_prefixes() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, "").plan(networks("ip: 192.168.1.50/24", "ip: 192.168.1.50/16")),
                "container.ip-taken",
                "container c1 and container c0 have the same address 192.168.1.50");
    }

    @Test
    void an_address_of_ipv6_has_many_spellings() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, "").plan(networks("ip6: 'fd00::50/64'", "ip6: 'fd00:0:0:0::0050/64'")),
                "container.ip-taken",
                "container c1 and container c0 have the same address fd00:");
    }

    @Test
    void a_mac_address_is_given_once() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, "")
                        .plan(networks("mac: 'BC:24:11:00:00:01'", "mac: 'bc:24:11:00:00:01', ip: 192.168.1.7/24")),
                "container.mac-taken",
                "container c1 and container c0 have the same MAC address BC:24:11:00:00:01");
    }

    @Test
    void an_address_of_a_container_that_runs_is_taken() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, guest(true, "ip=192.168.1.50/24,hwaddr=BC:24:11:AA:AA:AA"))
                        .plan(networks("ip: 192.168.1.50/24")),
                "container.ip-taken",
                "container c0 and container 105 (printer) have the same address 192.168.1.50");
    }

    @Test
    void an_address_of_a_container_that_is_stopped_is_told() throws IOException {
        OddHost.assertWarned(
                new OddHost(folder, guest(false, "ip=192.168.1.50/24,hwaddr=BC:24:11:AA:AA:AA"))
                        .plan(networks("ip: 192.168.1.50/24")),
                "container.ip-taken",
                "container c0 and container 105 (printer) have the same address 192.168.1.50, and only one of them can run");
    }

    @Test
    void the_same_address_in_another_network_or_given_by_dhcp_is_nothing() throws IOException {
        OddHost host = new OddHost(folder, guest(true, "ip=192.168.1.50/24,hwaddr=BC:24:11:AA:AA:AA"));
        OddHost.assertSilent(host.plan(networks(
                "ip: 192.168.1.50/24, bridge: vmbr1", "ip: 192.168.1.50/24, vlan: 7", "ip: dhcp", "ip: dhcp")));
    }

    @Test
    void a_container_never_stands_in_its_own_way() throws IOException {
        String file = networks("ip: 192.168.1.50/24, mac: 'BC:24:11:00:00:01'", "ip: 192.168.1.51/24");
        OddHost host = new OddHost(folder, "").applied(file);
        OddHost.assertSilent(host.plan(file));
        OddHost.assertRefused(
                host.plan(networks("ip: 192.168.1.50/24, mac: 'BC:24:11:00:00:01'", "ip: 192.168.1.50/24")),
                "container.ip-taken",
                "container c1 and container c0 have the same address 192.168.1.50");
    }

    @Test
    void what_has_been_so_before_is_told_and_not_refused() throws IOException {
        String file = networks("ip: 192.168.1.50/24");
        OddHost host = new OddHost(folder, "")
                .applied(file)
                .typed("pct create 200 local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst --hostname other"
                        + " --storage local-zfs --net0 name=eth0,bridge=vmbr0,ip=192.168.1.50/24")
                .typed("pct start 200");
        OddHost.assertWarned(
                host.plan(file),
                "container.ip-taken",
                "container c0 and container 200 (other) have the same address 192.168.1.50");
    }

    @Test
    void two_containers_of_the_file_do_not_get_one_host_name() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, "").plan("""
                        containers:
                          a: {template: debian-13-standard, hostname: web}
                          b: {template: debian-13-standard, hostname: WEB}
                        """),
                "container.hostname-taken",
                "containers a and b both have the host name WEB");
    }

    @Test
    void a_host_name_of_another_guest_is_told() throws IOException {
        OddHost.assertWarned(
                new OddHost(folder, guest(true, "ip=dhcp"))
                        .plan("containers: {mine: {template: debian-13-standard, hostname: printer, vmid: 120}}\n"),
                "container.hostname-taken",
                "container 105 on the node pve has the host name printer, too");
    }

    @Test
    void a_guest_that_is_only_a_template_takes_neither_name_nor_address() throws IOException {
        OddHost.assertSilent(
                new OddHost(folder, guest(false, "ip=192.168.1.50/24").replace("memory: 512", "template: 1"))
                        .plan(
                                "containers: {mine: {template: debian-13-standard, hostname: printer, vmid: 120, network: {ip: 192.168.1.50/24}}}\n"));
    }

    @Test
    void a_gateway_that_cannot_be_reached_is_told() throws IOException {
        OddHost host = new OddHost(folder, "");
        OddHost.assertWarned(
                host.plan(networks("ip: 192.168.1.50/24, gateway: 192.168.2.1")),
                "container.gateway-unreachable",
                "the gateway 192.168.2.1 of container c0 is not in the network of its address 192.168.1.50/24");
        OddHost.assertWarned(
                host.plan(networks("ip: 192.168.1.1/24, gateway: 192.168.1.1")),
                "container.gateway-unreachable",
                "container c0 has its own address 192.168.1.1 as gateway");
        OddHost.assertSilent(host.plan(networks(
                "ip: 192.168.1.50/24, gateway: 192.168.1.1",
                "ip: 10.1.2.3/23, gateway: 10.1.3.1",
                "ip: 172.16.9.9/12, gateway: 172.31.0.1")));
    }

    @Test
    void a_bridge_that_is_not_there_is_told_with_those_that_are() throws IOException {
        var ran = new OddHost(folder, "").plan(networks("bridge: vmbr1"));
        assertThat(ran.err())
                .contains(
                        "error[container.no-bridge]: there is no bridge \"vmbr1\" on the host; did you mean \"vmbr0\"?");
        assertThat(ran.exit()).isEqualTo(3);
    }

    @Test
    void a_storage_that_is_not_there_is_told_with_the_one_that_was_meant() throws IOException {
        var ran = new OddHost(folder, "").plan("containers: {c: {template: debian-13-standard, storage: local-zsf}}\n");
        assertThat(ran.err())
                .contains(
                        "error[container.no-storage]: there is no storage \"local-zsf\"; did you mean \"local-zfs\"?");
        assertThat(ran.exit()).isEqualTo(3);
    }

    @Test
    void a_storage_without_room_for_containers_is_refused() throws IOException {
        var ran = new OddHost(folder, "").plan("containers: {c: {template: debian-13-standard, storage: local}}\n");
        assertThat(ran.err()).contains("error[container.no-storage]: the storage \"local\" cannot hold containers now");
        assertThat(ran.exit()).isEqualTo(3);
    }

    @Test
    void two_containers_do_not_get_one_number() throws IOException {
        var ran = new OddHost(folder, "").plan("""
                containers:
                  a: {template: debian-13-standard, vmid: 150}
                  b: {template: debian-13-standard, vmid: 150}
                """);
        assertThat(ran.err()).contains("error[container.vmid-twice]: containers a and b both are number 150");
        assertThat(ran.exit()).isEqualTo(3);
    }
}
