package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Labels and the files that are made of them. What Traefik takes is its reference of Docker labels and of the file provider
 * (traefik/traefik, docs/content/reference/dynamic-configuration: docker-labels.yml, file.yaml); what Homepage takes is
 * gethomepage.dev, configs/services.
 */
class DiscoveryTest {

    private static final String HEAD = "# Written by tengil for the stack \"main\" from the labels of containers:"
            + " what is changed here is changed back.\n";

    private static final String FILE = """
            version: 3
            discovery:
              traefik: {file: /tank/apps/traefik/dynamic/tengil.yml, domain: home.lan}
              homepage: {file: /tank/apps/homepage/services.yaml}
            pools:
              tank:
                datasets:
                  apps: {profile: appdata}
            containers:
              photos:
                template: debian-13-standard
                network: {ip: 192.168.1.50/24, gateway: 192.168.1.1}
                ports: [2283]
                labels:
                  traefik.enable: true
                  traefik.http.routers.photos.tls: true
                  traefik.http.routers.photos.tls.certresolver: le
                  traefik.http.routers.photos.tls.domains[0].main: home.lan
                  traefik.http.routers.photos.entrypoints: web, websecure
                  traefik.http.routers.photos.priority: 42
                  traefik.http.routers.photos.middlewares: gz@file, photos-auth
                  traefik.http.middlewares.photos-auth.basicauth.users: "anna:$2y$05$abc,bob:$2y$05$def"
                  traefik.http.middlewares.photos-head.headers.customrequestheaders.X-Number: "1"
                  traefik.http.middlewares.photos-zip.compress: true
                  homepage.group: Media
                  homepage.name: Photos
                  homepage.href: https://photos.home.lan
                  homepage.widget.type: immich
                  homepage.widget.key: "0123"
                  homepage.widget.fields: '["users", "videos"]'
              broker:
                template: debian-13-standard
                network: {ip: 192.168.1.51/24, gateway: 192.168.1.1}
                labels:
                  - traefik.tcp.routers.mqtt.rule=HostSNI(`*`)
                  - traefik.tcp.routers.mqtt.entrypoints=mqtt
                  - traefik.tcp.services.mqtt.loadbalancer.server.port=1883
                  - traefik.udp.routers.log.entrypoints=log
                  - traefik.udp.services.log.loadbalancer.server.port=514
            """;

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void a_host() throws IOException {
        tg = new Tg(folder).file(FILE);
        tg.say("sim new w");
    }

    private void applied() {
        Tg.Ran ran = tg.say("apply --yes");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(tg.say("plan").out()).contains("No changes");
    }

    private String traefik() {
        return tg.onHost("cat /tank/apps/traefik/dynamic/tengil.yml").out();
    }

    @Test
    void labels_of_traefik_become_its_file() {
        applied();
        assertThat(traefik()).isEqualTo(HEAD + """
                http:
                  middlewares:
                    photos-auth:
                      basicAuth:
                        users:
                          - "anna:$2y$05$abc"
                          - "bob:$2y$05$def"
                    photos-head:
                      headers:
                        customRequestHeaders:
                          X-Number: "1"
                    photos-zip:
                      compress: {}
                  routers:
                    photos:
                      entryPoints:
                        - web
                        - websecure
                      middlewares:
                        - gz@file
                        - photos-auth
                      priority: 42
                      tls:
                        certResolver: le
                        domains:
                          - main: home.lan
                      rule: "Host(`photos.home.lan`)"
                      service: photos
                  services:
                    photos:
                      loadBalancer:
                        servers:
                          - url: "http://192.168.1.50:2283"
                tcp:
                  routers:
                    mqtt:
                      entryPoints:
                        - mqtt
                      rule: "HostSNI(`*`)"
                      service: mqtt
                  services:
                    mqtt:
                      loadBalancer:
                        servers:
                          - address: "192.168.1.51:1883"
                udp:
                  routers:
                    log:
                      entryPoints:
                        - log
                      service: log
                  services:
                    log:
                      loadBalancer:
                        servers:
                          - address: "192.168.1.51:514"
                """);
    }

    @Test
    void labels_of_homepage_become_its_file() {
        applied();
        assertThat(tg.onHost("cat /tank/apps/homepage/services.yaml").out()).isEqualTo(HEAD + """
                - Media:
                    - Photos:
                        href: "https://photos.home.lan"
                        widget:
                          fields:
                            - users
                            - videos
                          key: "0123"
                          type: immich
                """);
    }

    @Test
    void labels_are_in_the_state_and_change_without_a_restart() throws IOException {
        applied();
        tg.file(FILE.replace("Photos", "Pictures"));
        Tg.Ran plan = tg.say("plan");
        assertThat(plan.out())
                .contains("~ container:photos")
                .contains("label.homepage.name Photos → Pictures")
                .contains("~ discovery:homepage")
                .doesNotContain("↻");
        applied();
        assertThat(JsonParser.parseString(tg.say("status --json").out())
                        .getAsJsonObject()
                        .getAsJsonArray("containers")
                        .asList()
                        .stream()
                        .map(each -> each.getAsJsonObject().getAsJsonObject("labels"))
                        .filter(labels -> labels.has("homepage.name"))
                        .map(labels -> labels.get("homepage.name").getAsString()))
                .containsExactly("Pictures");
    }

    @Test
    void what_somebody_changed_in_a_file_is_changed_back_and_one_that_leaves_is_removed() throws IOException {
        applied();
        tg.onHost("rm /tank/apps/homepage/services.yaml");
        assertThat(tg.say("plan").out()).contains("discovery:homepage");
        applied();
        tg.file(FILE.replaceAll("  homepage: .*\n", "").replace("dynamic/tengil.yml", "dynamic/other.yml"));
        applied();
        assertThat(tg.onHost("cat /tank/apps/homepage/services.yaml").exit()).isEqualTo(1);
        assertThat(tg.onHost("cat /tank/apps/traefik/dynamic/tengil.yml").exit())
                .isEqualTo(1);
        assertThat(tg.onHost("cat /tank/apps/traefik/dynamic/other.yml").out()).startsWith(HEAD);
    }

    @Test
    void a_file_of_somebody_else_and_a_path_outside_of_the_datasets_are_refused() throws IOException {
        tg.onHost("mkdir -p /tank/apps/homepage");
        tg.onHost("touch /tank/apps/homepage/services.yaml");
        tg.file(FILE.replace("apps: {profile: appdata}", "apps/homepage: {}"));
        assertThat(tg.say("plan").err()).contains("error[discovery.path]").contains("tengil.yml:3:");
        Tg.Ran fresh = new Tg(folder)
                .file(FILE.replace("/tank/apps/traefik/dynamic", "/etc/traefik"))
                .say("plan");
        assertThat(fresh.err()).contains("error[discovery.path]").contains("/etc/traefik/tengil.yml");
    }

    @Test
    void a_file_that_does_not_say_that_it_is_tengils_is_left_alone() {
        applied();
        tg.onHost("cp /etc/hostname /tank/apps/homepage/services.yaml");
        Tg.Ran plan = tg.say("plan");
        assertThat(plan.exit()).isEqualTo(6);
        assertThat(plan.err()).contains("error[discovery.foreign-file]");
    }

    @Test
    void what_a_label_cannot_be_made_into_is_said_with_its_place() throws IOException {
        tg.file(FILE.replace("traefik.http.routers.photos.priority: 42", "traefik.http.routers.photos.prority: 42")
                .replace("    network: {ip: 192.168.1.51/24, gateway: 192.168.1.1}\n", ""));
        Tg.Ran plan = tg.say("plan");
        assertThat(plan.err())
                .contains("warning[discovery.label]")
                .contains("Traefik knows no \"prority\" there; did you mean \"priority\"?")
                .contains("DHCP gives it one at each start");
        applied();
        assertThat(traefik()).contains("photos.home.lan").doesNotContain("mqtt");
    }

    @Test
    void a_container_that_says_no_is_not_served_and_two_of_one_name_are_not_mixed() throws IOException {
        tg.file(FILE.replace("traefik.enable: true", "traefik.enable: false"));
        applied();
        assertThat(traefik()).doesNotContain("photos").contains("mqtt");
        tg.file(
                FILE.replace(
                        "- traefik.tcp.routers.mqtt.rule=HostSNI(`*`)",
                        "- traefik.http.routers.photos.rule=Host(`x`)\n      - traefik.http.services.b.loadbalancer.server.url=http://b:1"));
        assertThat(tg.say("plan").err()).contains("container photos has one of this name");
    }
}
