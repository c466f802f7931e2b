package dev.tengil.check;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesTest {
    private static final String BOUND = """
            pools:
              tank:
                datasets:
                  docs: {containers: [{name: web, template: debian-13-standard, mount: /docs, readonly: true}]}
            """;

    @TempDir
    Path folder;

    private static String version(String pveContainer) {
        return "packages: {pve-container: " + pveContainer + "}\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.0.19", "6.1.0"})
    void releases_that_give_away_what_is_mounted_get_no_mounts(String version) throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, version(version)).plan(BOUND),
                "container.mounts-change-owner",
                "pve-container " + version
                        + " changes the owner of directories that are mounted into containers, and web");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.0.18", "6.1.1", "6.1.10"})
    void those_before_and_after_are_fine(String version) throws IOException {
        OddHost.assertSilent(new OddHost(folder, version(version)).plan(BOUND));
    }

    @Test
    void a_container_without_mounts_does_not_mind() throws IOException {
        OddHost.assertSilent(
                new OddHost(folder, version("6.1.0")).plan("containers: {web: {template: debian-13-standard}}\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "'env: {A: b}', env:",
        "'command: [sleep, infinity]', entrypoint: or command:",
        "'network: {host_managed: true}', host_managed:"
    })
    void keys_that_an_old_proxmox_does_not_know_are_refused(String key, String named) throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, version("5.3.0"))
                        .plan("containers: {web: {template: debian-12-standard, " + key + "}}\n"),
                "container.program-too-old",
                "this Proxmox does not know " + named + " of container web");
    }

    @Test
    void a_user_that_would_be_ignored_is_refused() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, version("6.0.18")).plan("containers: {db: {image: 'redis:7', user: '999:999'}}\n"),
                "container.user-too-old",
                "this Proxmox does not know user: of container db, its program would run as root");
    }

    @Test
    void the_user_of_an_image_that_would_be_ignored_is_told() throws IOException {
        String image = "images: {'redis:7': {config: {User: '999:999', Entrypoint: [redis-server]}}}\n";
        String file = "containers: {db: {image: 'redis:7'}}\n";
        OddHost.assertWarned(
                new OddHost(folder, version("6.0.18") + image).plan(file),
                "container.user-too-old",
                "the image of container db wants to run as 999:999, and this Proxmox runs it as root of the container");
    }

    @Test
    void archives_that_the_storage_cannot_read_are_refused() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, "packages: {libpve-storage-perl: 9.0.13}\n")
                        .plan("containers: {db: {image: 'redis:7'}}\n"),
                "container.archive-too-old",
                "this Proxmox cannot read the archive of the image of container db");
    }

    @Test
    void a_proxmox_of_today_can_do_it_all() throws IOException {
        OddHost.assertSilent(new OddHost(folder, "").plan("""
                containers:
                  web: {image: 'nginx:1.29', user: '999:999', env: {A: b}, command: [nginx], network: {host_managed: true}}
                """));
    }
}
