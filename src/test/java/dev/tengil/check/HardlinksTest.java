package dev.tengil.check;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardlinksTest {

    private static final String IMAGES = """
            images:
              lscr.io/linuxserver/sonarr:latest: {}
              lscr.io/linuxserver/radarr:latest: {}
              lscr.io/linuxserver/lidarr:latest: {}
              lscr.io/linuxserver/jellyfin:latest: {}
            """;

    @TempDir
    Path folder;

    private static String container(String name, String volumes) {
        return """
                pools:
                  tank:
                    datasets:
                      downloads: {owner: '1000:1000'}
                      media: {owner: '1000:1000'}
                      data: {owner: '1000:1000'}
                      apps:
                        containers:
                          - {name: NAME, image: 'lscr.io/linuxserver/NAME:latest', env: {PUID: 1000, PGID: 1000}, volumes: [VOLUMES]}
                """.replace("NAME", name).replace("VOLUMES", volumes);
    }

    @Test
    void downloads_and_library_on_two_datasets_cannot_be_linked() throws IOException {
        OddHost.assertWarned(
                new OddHost(folder, IMAGES)
                        .plan(container("sonarr", "'config:/config', '/tank/downloads:/downloads', '/tank/media:/tv'")),
                "container.no-hardlinks",
                "sonarr cannot hardlink from /downloads to /tv: they lie on different datasets");
    }

    @Test
    void nor_can_two_mounts_of_one_dataset() throws IOException {
        OddHost.assertWarned(
                new OddHost(folder, IMAGES)
                        .plan(container(
                                "radarr", "'/tank/data/torrents:/data/torrents', '/tank/data/movies:/data/movies'")),
                "container.no-hardlinks",
                "radarr cannot hardlink from /data/torrents to /data/movies: they are two mounts, though of one dataset");
    }

    @Test
    void one_mount_for_both_is_what_helps() throws IOException {
        OddHost.assertSilent(
                new OddHost(folder, IMAGES).plan(container("lidarr", "'config:/config', '/tank/data:/data'")));
    }

    @Test
    void a_library_that_is_only_read_and_an_application_that_links_nothing_are_fine() throws IOException {
        OddHost host = new OddHost(folder, IMAGES);
        OddHost.assertSilent(host.plan(container("sonarr", "'/tank/downloads:/downloads', '/tank/media:/tv:ro'")));
        OddHost.assertSilent(host.plan(container("jellyfin", "'/tank/downloads:/downloads', '/tank/media:/tv'")));
    }
}
