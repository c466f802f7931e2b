package dev.tengil.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kind sees by itself needs no rule here, and is refused all the same. */
class RefusedByKindsTest {

    @TempDir
    Path folder;

    private void assertRefused(String world, String file, int exit, String problem) throws IOException {
        var ran = new OddHost(folder, world).plan(file);
        assertThat(ran.err()).contains("error[" + problem);
        assertThat(ran.exit()).isEqualTo(exit);
    }

    private static String volumes(String volumes) {
        return """
                pools:
                  tank:
                    datasets:
                      a: {owner: '1000:1000'}
                      b: {owner: '1000:1000'}
                containers:
                  web: {template: debian-13-standard, volumes: [VOLUMES]}
                """.replace("VOLUMES", volumes);
    }

    @Test
    void two_volumes_at_one_target() throws IOException {
        assertRefused(
                "",
                volumes("/tank/a:/data, /tank/b:/data"),
                3,
                "container.target-twice]: two volumes of container web have the target /data");
    }

    @Test
    void a_target_inside_another() throws IOException {
        assertRefused(
                "",
                volumes("/tank/a:/data, /tank/b:/data/inner"),
                3,
                "container.target-nested]: the target /data/inner lies inside the target /data");
    }

    @Test
    void a_source_that_is_not_there() throws IOException {
        assertRefused(
                "", volumes("/srv/nothing:/data"), 3, "container.source]: /srv/nothing does not exist on the host");
    }

    @Test
    void a_source_that_is_a_symbolic_link() throws IOException {
        assertRefused(
                "files: {/srv/link: {link: /tank}}\n",
                volumes("/srv/link:/data"),
                3,
                "container.source]: /srv/link is a symbolic link");
    }

    @Test
    void an_idmap_where_there_is_none() throws IOException {
        assertRefused(
                "packages: {pve-container: 6.1.5}\n",
                volumes("{source: /tank/a, target: /data, idmap: passthrough}"),
                3,
                "container.idmap]: container web has all ids shifted by 100000, and no idmap");
    }

    @Test
    void a_device_that_is_not_there() throws IOException {
        assertRefused(
                "",
                "containers: {web: {template: debian-13-standard, devices: [/dev/ttyUSB0]}}\n",
                3,
                "container.no-device]: there is no device /dev/ttyUSB0 on the host");
    }

    @Test
    void a_number_that_another_container_has() throws IOException {
        assertRefused(
                "containers: {105: {conf: 'hostname: other'}}\n",
                "containers: {web: {template: debian-13-standard, vmid: 105}}\n",
                6,
                "container.vmid-taken]: number 105 is the container other, which tengil did not make");
    }

    @Test
    void a_pool_that_is_not_there() throws IOException {
        assertRefused(
                "", "pools: {tnak: {datasets: {media: {}}}}\n", 6, "dataset.no-pool]: the host has no pool \"tnak\"");
    }

    @Test
    void a_share_of_the_system() throws IOException {
        assertRefused(
                "",
                "pools: {tank: {datasets: {a: {shares: {smb: {name: Etc, path: /etc}}}}}}\n",
                3,
                "share.reserved-path]: /etc belongs to the host's own system and is not shared");
    }

    @Test
    void two_shares_of_one_name_in_whatever_case() throws IOException {
        assertRefused("", """
                pools:
                  tank:
                    datasets:
                      a: {owner: '1000:1000', shares: {smb: {name: Films}}}
                      b: {owner: '1000:1000', shares: {smb: {name: FILMS}}}
                """, 3, "smb.duplicate]: two shares are called \"FILMS\"");
    }

    @Test
    void an_export_to_one_client_in_two_ways() throws IOException {
        assertRefused(
                "", """
                pools:
                  tank:
                    datasets:
                      a:
                        owner: '1000:1000'
                        shares:
                          nfs: {clients: [{host: 192.168.1.7, access: ro}, {host: 192.168.1.7, access: rw}]}
                """, 3, "nfs.client-twice]: /tank/a is exported to 192.168.1.7 twice, with different options");
    }

    @Test
    void but_a_dataset_may_say_otherwise_than_the_one_above() throws IOException {
        OddHost host = new OddHost(folder, "").applied("""
                pools:
                  tank:
                    datasets:
                      a:
                        owner: '1000:1000'
                        shares: {nfs: {clients: [{host: 192.168.1.7, access: ro}]}}
                        datasets:
                          inbox:
                            owner: '1000:1000'
                            shares: {nfs: {clients: [{host: 192.168.1.7, access: rw}]}}
                          deep/er: {owner: '1000:1000'}
                """);
        assertThat(host.said("exportfs -s")
                        .lines()
                        .map(line ->
                                line.replaceAll("\\s+|\\(.*?(r[ow]),.*", " $1").strip()))
                .containsExactlyInAnyOrder(
                        "/tank/a 192.168.1.7 ro", "/tank/a/inbox 192.168.1.7 rw", "/tank/a/deep/er 192.168.1.7 ro");
    }
}
