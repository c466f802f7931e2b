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
}
