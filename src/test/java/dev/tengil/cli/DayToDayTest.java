package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Containers from day to day, drift, adoption and explanations. */
class DayToDayTest {

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void small_file() throws IOException {
        tg = new Tg(folder).file(Tg.SMALL);
    }

    @Test
    void a_container_is_stopped_started_and_restarted_without_disturbing_the_plan() {
        assertThat(tg.say("apply --yes").exit()).isZero();
        assertThat(tg.say("stop web").out()).contains("web (100) was stopped");
        assertThat(tg.onHost("pct status 100").out()).contains("stopped");
        assertThat(tg.say("stop web").out()).contains("is stopped already");
        assertThat(tg.say("exec web -- true").exit()).isEqualTo(6);
        assertThat(tg.say("restart container:web").out()).contains("was restarted");
        assertThat(tg.say("start 100").out()).contains("runs already");
        assertThat(tg.say("status").out()).contains("web  100  running").contains(":8080");
        assertThat(tg.say("plan --detailed-exitcode").exit()).isZero();
        Tg.Ran nobody = tg.say("start wbe");
        assertThat(nobody.exit()).isEqualTo(6);
        assertThat(nobody.err()).contains("did you mean \"web\"?").contains("web (100)");
    }

    @Test
    void a_busy_container_is_tried_again_and_a_failing_one_says_why() throws IOException {
        assertThat(tg.say("apply --yes").exit()).isZero();
        tg.faults("- {match: 'pct shutdown', do: fail, exit: 255, stderr: 'CT is locked (backup)'}\n");
        Tg.Ran ran = tg.say("stop web");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("CT is locked (backup)").contains("pct unlock");
    }

    @Test
    void exec_gives_the_programs_own_exit_code_and_a_simulated_host_has_no_shell() {
        assertThat(tg.say("apply --yes").exit()).isZero();
        assertThat(tg.say("exec web -- cat /no/such/file").exit()).isEqualTo(1);
        assertThat(tg.say("shell web").err()).contains("error[sim.no-terminal]");
        assertThat(tg.say("logs web").err()).contains("nothing is kept");
    }

    @Test
    void what_somebody_changed_on_the_host_is_drift() {
        assertThat(tg.say("apply --yes").exit()).isZero();
        assertThat(tg.say("plan --refresh-only").out()).contains("No drift");
        tg.onHost("zfs set recordsize=64K tank/docs");
        assertThat(tg.say("plan --refresh-only --detailed-exitcode").exit()).isEqualTo(2);
        assertThat(tg.say("status").out()).contains("zfs.recordsize  applied 128K, now 64K");
    }

    @Test
    void a_changed_file_is_no_drift() throws IOException {
        assertThat(tg.say("apply --yes").exit()).isZero();
        tg.file(Tg.SMALL.replace("profile: documents", "profile: media"));
        assertThat(tg.say("plan").out()).contains("~ dataset:tank/docs");
        assertThat(tg.say("plan --refresh-only").out()).contains("No drift");
    }

    @Test
    void a_container_that_exists_is_adopted_with_nothing_but_its_mark_changed() {
        tg.say("sim new w");
        tg.onHost("pveam download local debian-13-standard_13.1-2_amd64.tar.zst");
        tg.onHost("pct create 200 local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst --hostname web"
                + " --unprivileged 1 --rootfs local-zfs:8 --net0 name=eth0,bridge=vmbr0,ip=dhcp --tags mine");
        Tg.Ran refused = tg.say("plan");
        assertThat(refused.err()).contains("error[container.exists]").contains("tg adopt container:web");
        assertThat(tg.say("adopt container:web").exit()).as("nobody agreed").isEqualTo(6);
        Tg.Ran adopted = tg.say("adopt container:web --yes");
        assertThat(adopted.exit()).as(adopted.err()).isZero();
        assertThat(tg.onHost("pct config 200").out())
                .contains("tags: mine;tengil")
                .doesNotContain("mp0");
        assertThat(tg.say("apply --yes").exit()).isZero();
        assertThat(tg.say("plan --detailed-exitcode").exit()).isZero();
        assertThat(tg.onHost("pct list").out().lines()).hasSize(2);
    }

    @Test
    void forgetting_changes_nothing_on_the_host() {
        assertThat(tg.say("apply --yes").exit()).isZero();
        String before = tg.onHost("pct config 100").out();
        assertThat(tg.say("state forget container:wbe --yes").err()).contains("did you mean \"container:web\"?");
        assertThat(tg.say("state forget container:web --yes").exit()).isZero();
        assertThat(tg.say("state show").out()).doesNotContain("container:web");
        assertThat(tg.onHost("pct config 100").out()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tank/media.zfs | atime: off⏎    compression: lz4⏎    recordsize: 1M | profile media; named in",
                "tank/media/films.zfs.recordsize | 1M | inherited from tank/media: profile media, built in",
                "tank/media/films.quota | not set | nothing in tengil.yml",
                "container.web.memory | 512M | default; nothing in tengil.yml",
                "container.web.protect | true | default; nothing in tengil.yml",
                "stack | main | default; nothing in tengil.yml",
                "container.web.network.bridge | vmbr7 | defaults, tengil.yml:4:20",
                "container.app.network.bridge | vmbr8 | tengil.yml:20:",
                "container.app.network.ip | 192.168.1.9/24 | tengil.yml:20:",
                "container.app.env.WORD | of one's own | tengil.yml:21:",
                "container.app.env.PASSWORD | !secret one | tengil.yml:21:",
                "container.app.env.OTHER | not set | nothing in tengil.yml",
                "container.app.volumes.2 | b:/b | tengil.yml:22:",
                "tank/docs.shares.smb.name | Docs | tengil.yml:23:",
                "tank/docs.shares.nfs.clients.access | [{host: 192.168.1.0/24, access: rw} | tengil.yml:"
            })
    void explain_finds_what_is_written_what_is_inherited_and_the_default(String field, String value, String from)
            throws IOException {
        tg.file("""
                version: 3
                vars: {lan: 192.168.1}
                secrets: {one: {generate: 8}}
                defaults: {bridge: vmbr7}
                pools:
                  tank:
                    datasets:
                      media:
                        profile: media
                        datasets:
                          films: {}
                      docs:
                        profile: documents
                        containers:
                          - name: web
                            template: debian-13-standard
                            mount: /docs
                          - name: app
                            image: redis:7
                            network: {bridge: vmbr8, ip: "${lan}.9/24", gateway: "${lan}.1"}
                            env: {WORD: of one's own, PASSWORD: !secret one}
                            volumes: ["a:/a", "b:/b"]
                        shares: {smb: {name: Docs}, nfs: {clients: [{host: 192.168.1.0/24, access: rw}]}}
                """);
        Tg.Ran ran = tg.run("explain", field);
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out().replace("\"", ""))
                .contains(value.replace("⏎", "\n"))
                .contains("from: " + from);
    }

    @Test
    void explain_says_the_value_and_its_place() {
        assertThat(tg.say("explain tank/media.zfs.recordsize").out())
                .contains("1M")
                .contains("profile media, built in")
                .contains("tengil.yml:6:18");
        assertThat(tg.say("explain container.web.mount").out())
                .contains("/docs")
                .contains("tengil.yml:12:20");
        assertThat(tg.say("explain profiles").out()).contains("database").contains("logbias latency");
        assertThat(tg.say("explain tank/media.prfile").err()).contains("did you mean \"tank/media.profile\"?");
        assertThat(tg.say("explain profiles.medai").err()).contains("did you mean \"media\"?");
        tg.say("apply --yes");
        assertThat(tg.say("explain container.web.vmid --host sim:w").out())
                .contains("100")
                .contains("kept in the state");
    }
}
