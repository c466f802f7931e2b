package dev.tengil.check;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedTest {
    private static final String LOCKED = """
            datasets:
              tank/secret: {mounted: false, properties: {encryption: aes-256-gcm, keystatus: unavailable}}
            """;
    private static final String WEB = """
            pools:
              tank:
                datasets:
                  secret:
                    containers: [{name: web, template: debian-13-standard, mount: /data, readonly: true}]
            """;

    @TempDir
    Path folder;

    @Test
    void a_container_is_not_bound_to_a_locked_dataset() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, LOCKED).plan(WEB),
                "dataset.locked",
                "dataset tank/secret is encrypted and its key is not loaded, and container web needs it");
    }

    @Test
    void nothing_is_made_below_a_locked_dataset() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, LOCKED).plan("pools: {tank: {datasets: {secret/letters: {}}}}\n"),
                "dataset.locked",
                "dataset tank/secret is encrypted and its key is not loaded, and dataset tank/secret/letters needs it open");
    }

    @Test
    void no_root_disk_is_made_on_a_locked_storage() throws IOException {
        String storage = """
                storage.cfg: |
                  dir: local
                  \tpath /var/lib/vz
                  \tcontent iso,vztmpl,backup

                  zfspool: safe
                  \tpool tank/secret
                  \tcontent images,rootdir
                """;
        OddHost.assertRefused(
                new OddHost(folder, LOCKED + storage).plan("containers: {web: {template: debian-13-standard}}\n"),
                "dataset.locked",
                "dataset tank/secret is encrypted and its key is not loaded, and container web needs it open");
    }

    @Test
    void a_share_of_a_dataset_that_is_not_mounted_would_publish_the_system_disk() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, "datasets: {tank/films: {mounted: false}}\n")
                        .plan("pools: {tank: {datasets: {films: {shares: {smb: {name: Films, readonly: true}}}}}}\n"),
                "dataset.not-mounted",
                "dataset tank/films is not mounted, and the share Films needs it");
    }

    @Test
    void a_dataset_that_is_only_declared_may_stay_as_it_is() throws IOException {
        OddHost.assertSilent(new OddHost(folder, LOCKED).plan("pools: {tank: {datasets: {secret: {}}}}\n"));
    }

    @Test
    void what_is_bound_already_is_told_and_not_refused() throws IOException {
        OddHost host = new OddHost(folder, "").applied(WEB).typed("zfs unmount tank/secret");
        OddHost.assertWarned(
                host.plan(WEB),
                "dataset.not-mounted",
                "dataset tank/secret is not mounted, and container web needs it");
        OddHost.assertSilent(host.typed("zfs mount tank/secret").plan(WEB));
    }

    @Test
    void two_datasets_are_not_mounted_at_one_place() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, "").plan("""
                        pools:
                          tank:
                            datasets:
                              a: {mountpoint: /srv/data}
                              b: {mountpoint: /srv/data}
                        """),
                "dataset.mountpoint-twice",
                "datasets tank/a and tank/b would both be mounted at /srv/data");
    }

    @Test
    void a_new_dataset_is_not_mounted_over_one_that_is_there() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, "datasets: {tank/old: {properties: {mountpoint: /srv/data}}}\n")
                        .plan("pools: {tank: {datasets: {new: {mountpoint: /srv/data}}}}\n"),
                "dataset.mountpoint-twice",
                "datasets tank/old and tank/new would both be mounted at /srv/data");
    }
}
