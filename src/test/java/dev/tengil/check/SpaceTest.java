package dev.tengil.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceTest {
    private static final String SMALL = "pools: {rpool: {size: 20G}, tank: {size: 1T}}\n";
    /** A storage that is a directory of a dataset, so that this has no more room than its quota. */
    private static String directory(long quota, String downloaded) {
        return """
                datasets: {tank/vz: {properties: {quota: QUOTA}}}
                files: {/tank/vz/template/cache: {directory: true}}
                templates: {available: [debian-13-standard_13.6-1_amd64.tar.zst], downloaded: {local: [DOWNLOADED]}}
                storage.cfg: |
                  dir: local
                  \tpath /tank/vz
                  \tcontent vztmpl,rootdir
                """.replace("QUOTA", Long.toString(quota)).replace("DOWNLOADED", downloaded);
    }

    @TempDir
    Path folder;

    private static String disks(String... sizes) {
        StringBuilder file = new StringBuilder("containers:\n");
        for (int i = 0; i < sizes.length; i++) {
            file.append("  c" + i + ": {template: debian-13-standard, disk: " + sizes[i] + "}\n");
        }
        return file.toString();
    }

    @Test
    void one_disk_larger_than_the_storage_makes_the_file_invalid() throws IOException {
        var ran = new OddHost(folder, SMALL).plan(disks("30G"));
        assertThat(ran.err()).contains("error[container.no-space]: the root disk of c0 needs 30G, and local-zfs has ");
        assertThat(ran.exit()).isEqualTo(3);
    }

    @Test
    void disks_that_fit_only_one_by_one_are_told_where_space_is_taken_as_it_is_written() throws IOException {
        OddHost host = new OddHost(folder, SMALL);
        OddHost.assertWarned(
                host.plan(disks("12G", "12G")),
                "storage.disks-exceed",
                "the root disks that will be made on local-zfs need 24G together, and it has ");
        OddHost.assertSilent(host.plan(disks("8G", "8G")));
    }

    @Test
    void disks_that_fit_only_one_by_one_are_refused_where_space_is_taken_at_once() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, directory(20L << 30, "")).plan(disks("12G", "12G")),
                "storage.disks-exceed",
                "the root disks that will be made on local need 24G together, and it has 20.0G left");
    }

    @Test
    void disks_that_are_there_already_need_no_room() throws IOException {
        OddHost host = new OddHost(folder, SMALL).applied(disks("12G"));
        OddHost.assertSilent(host.plan(disks("12G")));
        OddHost.assertSilent(host.plan(disks("12G", "12G")));
    }

    @Test
    void a_storage_that_will_be_made_has_the_room_of_its_pool() throws IOException {
        OddHost.assertWarned(
                new OddHost(folder, SMALL).plan("""
                        pools:
                          tank:
                            datasets:
                              apps:
                                containers:
                                  - {name: big, template: debian-13-standard, storage: tank-ct, disk: 2T}
                        """),
                "storage.disks-exceed",
                "the root disks that will be made on tank-ct need 2T together, and it has ");
    }

    @Test
    void a_storage_almost_too_full_for_archives_is_told_until_they_are_there() throws IOException {
        String file = "containers: {c: {template: debian-13-standard, disk: 256M}}\n";
        OddHost.assertWarned(
                new OddHost(Files.createDirectory(folder.resolve("a")), directory(600L << 20, "")).plan(file),
                "storage.little-space",
                "an archive has to be loaded onto local, which has 600M left");
        OddHost.assertSilent(new OddHost(
                        Files.createDirectory(folder.resolve("b")),
                        directory(600L << 20, "debian-13-standard_13.6-1_amd64.tar.zst"))
                .plan(file));
    }

    @Test
    void a_quota_below_what_is_in_use_is_refused_and_one_above_is_not() throws IOException {
        OddHost host = new OddHost(folder, "datasets: {tank/films: {used: 10G}}\n");
        OddHost.assertRefused(
                host.plan("pools: {tank: {datasets: {films: {quota: 5G}}}}\n"),
                "dataset.quota-below-use",
                "dataset tank/films holds 10G already, more than its quota of 5G");
        OddHost.assertRefused(
                host.plan("pools: {tank: {datasets: {films: {refquota: 5G}}}}\n"),
                "dataset.quota-below-use",
                "dataset tank/films holds 10G already, more than its refquota of 5G");
        OddHost.assertSilent(host.plan("pools: {tank: {datasets: {films: {quota: 20G}}}}\n"));
        OddHost.assertSilent(host.plan("pools: {tank: {datasets: {films: {quota: 0}}}}\n"));
    }

    @Test
    void more_is_not_reserved_than_there_is() throws IOException {
        OddHost host = new OddHost(folder, SMALL);
        OddHost.assertRefused(
                host.plan("pools: {tank: {datasets: {a: {reservation: 600G}, b: {reservation: 500G}}}}\n"),
                "dataset.reservation-exceeds",
                "dataset tank/b reserves 500G, with others before it 1.1T, and the pool tank has ");
        String nested = "pools: {tank: {datasets: {a: {reservation: 600G, datasets: {b: {reservation: 500G}}}}}}\n";
        OddHost.assertSilent(host.applied(nested).plan(nested));
    }
}
