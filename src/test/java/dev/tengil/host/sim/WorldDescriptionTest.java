package dev.tengil.host.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.Command;
import dev.tengil.host.Result;
import dev.tengil.model.Parsed;
import org.junit.jupiter.api.Test;

class WorldDescriptionTest {

    private static Result run(SimulatedHost host, String line) {
        return host.run(Command.changes(line.split(" ", -1)));
    }

    private static SimulatedHost host(String world) {
        return SimulatedHost.inMemory(world, Faults.none()).orThrow();
    }

    private static String reason(String world) {
        return WorldDescription.build(world) instanceof Parsed.Bad<World>(String reason) ? reason : "";
    }

    @Test
    void a_key_that_means_nothing_is_refused_with_those_that_do() {
        assertThat(reason("dataset: {tank/a: {}}")).contains("a world has no \"dataset\"", "datasets");
        assertThat(reason("datasets: {tank/a: {propertys: {}}}")).contains("dataset tank/a has no \"propertys\"");
        assertThat(reason("pools: {tank: {seize: 1T}}")).contains("pool tank has no \"seize\"");
        assertThat(reason("users: {anna: {uid: one}}")).contains("user anna has no number");
        assertThat(reason("users: {anna: {uid: 1000, groups: [media]}}")).contains("\"media\"", "not described");
    }

    @Test
    void users_groups_and_shares_are_there_from_the_beginning() {
        SimulatedHost host = host("""
                packages: {samba: '2:4.22', nfs-kernel-server: '1:2.8'}
                groups: {media: 1500}
                users:
                  anna: {uid: 1000, groups: [media], samba: secret}
                  ben: {uid: 1001, groups: [media]}
                datasets: {tank/media: {owner: 1000:1500}}
                shares: {Media: {path: /tank/media, read only: 'no'}}
                exports: ['/tank/media 192.168.1.0/24(rw,sync,no_subtree_check)']
                """);
        assertThat(run(host, "getent group media").out()).isEqualTo("media:x:1500:anna,ben\n");
        assertThat(run(host, "getent passwd anna").out()).startsWith("anna:x:1000:1000:");
        assertThat(run(host, "pdbedit -L").out()).isEqualTo("anna:1000:\n");
        assertThat(run(host, "testparm -s").out()).contains("[Media]\n\tpath = /tank/media\n\tread only = No\n");
        assertThat(run(host, "exportfs -ra").exit()).isZero();
        assertThat(run(host, "exportfs -s").out()).startsWith("/tank/media  192.168.1.0/24(");
        assertThat(run(host, "getfacl -c /tank/media").exit()).isZero();
        assertThat(run(host, "ls -ld /tank/media").out()).contains(" anna media ");
    }

    @Test
    void a_dataset_with_an_open_file_is_neither_unmounted_nor_renamed_nor_destroyed() {
        SimulatedHost host = host("datasets: {tank/a: {open: true}, tank/b: {}}");
        for (String line : new String[] {
            "zfs unmount tank/a", "zfs rename tank/a tank/c", "zfs destroy tank/a", "zfs set mountpoint=/x tank/a"
        }) {
            assertThat(run(host, line).err()).as(line).isEqualTo("cannot unmount '/tank/a': pool or dataset is busy\n");
        }
        assertThat(run(host, "zfs set quota=10G tank/a").exit()).isZero();
        assertThat(run(host, "zfs rename tank/b tank/c").exit()).isZero();
    }

    @Test
    void a_snapshot_keeps_what_was_in_a_dataset_and_gives_it_back() {
        SimulatedHost host = host("files: {}");
        run(host, "zfs create tank/a");
        run(host, "mkdir /tank/a/old");
        run(host, "zfs snapshot tank/a@one");
        run(host, "rmdir /tank/a/old");
        run(host, "mkdir /tank/a/new");
        run(host, "zfs snapshot tank/a@two");
        assertThat(run(host, "zfs rollback tank/a@one").err()).contains("more recent snapshots", "tank/a@two");
        assertThat(run(host, "zfs rollback -r tank/a@one").exit()).isZero();
        assertThat(run(host, "ls /tank/a").out()).isEqualTo("old\n");
        assertThat(run(host, "zfs list -H -o name -t snapshot tank/a").out()).isEqualTo("tank/a@one\n");
    }
}
