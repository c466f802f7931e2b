package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tg update}: what is newer, how far it may go, and what stays as it is. */
class UpdateCommandTest {

    private static final String APP = "localhost:5000/demo/app";
    private static final String WORLD = """
            images:
              localhost:5000/demo/app:1.0: {config: {Entrypoint: [app], Env: [VERSION=1.0, OLD=1], ExposedPorts: {80/tcp: {}}}}
              localhost:5000/demo/app:1.0.1: {config: {Entrypoint: [app], Env: [VERSION=1.0.1]}}
              localhost:5000/demo/app:1.1: {size: 55M, config: {Entrypoint: [app], Env: [VERSION=1.1, NEW=2], User: "1000", Volumes: {/cache: {}}, ExposedPorts: {80/tcp: {}, 90/tcp: {}}}}
              localhost:5000/demo/app:1.2-alpine: {config: {Entrypoint: [app]}}
              localhost:5000/demo/app:2.0: {config: {Entrypoint: [app], Env: [VERSION=2.0]}}
              localhost:5000/demo/app:latest: {config: {Entrypoint: [app], Env: [VERSION=latest]}}
              localhost:5000/demo/bad:1: {config: {Entrypoint: [bad], Env: [VERSION=1]}}
              localhost:5000/demo/bad:2: {needs: [WORKING], config: {Entrypoint: [bad]}}
            """;

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void host() throws IOException {
        tg = new Tg(folder);
        Files.writeString(tg.path("world.yml"), WORLD);
        ok(tg.run("sim", "new", "w", "--world", tg.path("world.yml").toString()));
    }

    private static Tg.Ran ok(Tg.Ran ran) {
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        return ran;
    }

    private static String file(String... containers) {
        StringBuilder text = new StringBuilder("pools: {tank: {datasets: {docs: {}}}}\ncontainers:\n");
        for (String container : containers) {
            text.append("  ").append(container).append('\n');
        }
        return text.toString();
    }

    private static String web(String tag, String more) {
        return "web: {image: '" + APP + ":" + tag + "', volumes: ['/tank/docs:/docs']" + more + "}";
    }

    private String lock() throws IOException {
        return Files.readString(tg.path("tengil.lock"));
    }

    private void move(String to, String tag) {
        ok(tg.onHost("skopeo copy docker://" + APP + ":" + to + " docker://" + APP + ":" + tag));
    }

    private String version(int vmid) {
        return tg.onHost("cat /etc/pve/lxc/" + vmid + ".conf")
                .out()
                .lines()
                .filter(line -> line.contains("VERSION="))
                .findFirst()
                .orElse("none")
                .replaceFirst(".*VERSION=", "");
    }

    @Test
    void a_tag_that_moved_changes_nothing_until_an_update_is_asked_for() throws IOException {
        ok(tg.file(file(web("latest", ""))).say("apply --yes"));
        String before = lock();
        move("1.1", "latest");
        assertThat(tg.say("plan").out()).isEqualTo("No changes. The host matches tengil.yml.\n");
        ok(tg.say("apply --yes"));
        assertThat(lock()).isEqualTo(before);
        assertThat(version(100)).isEqualTo("latest");
        ok(tg.say("update web --yes"));
        assertThat(version(100)).isEqualTo("1.1");
        assertThat(lock()).isNotEqualTo(before).contains(APP + ":latest sha256:");
        assertThat(tg.say("plan").out()).isEqualTo("No changes. The host matches tengil.yml.\n");
        assertThat(ok(tg.say("update web --yes")).out()).startsWith("No changes.");
    }

    @Test
    void what_is_newer_is_told_with_what_differs() throws IOException {
        ok(tg.file(file(
                        web("1.0", ", update: {policy: minor}"),
                        "held: {image: '" + APP + ":1.0.1', update: {policy: pin}}"))
                .say("apply --yes"));
        assertThat(ok(tg.say("update --check")).out())
                .contains("web   " + APP + ":1.0@sha256:", " → " + APP + ":1.1@sha256:")
                .contains("env     +NEW=2", "env     -OLD", "env     VERSION=1.0 → 1.1")
                .contains("ports   +90/tcp", "volumes +/cache", "user    root → 1000", "size    40M → 55M")
                .contains("held", "stays: its policy is pin", "1 container can be updated");
        ok(tg.say("update --all --yes"));
        assertThat(version(100)).isEqualTo("1.1");
        assertThat(ok(tg.say("update --check")).out()).contains("is the newest", "Nothing is newer.");
        assertThat(lock()).containsPattern(APP + ":1.0 sha256:[0-9a-f]{64} 1.1\n");
        assertThat(tg.say("plan").out()).isEqualTo("No changes. The host matches tengil.yml.\n");
    }

    @Test
    void a_policy_goes_as_far_as_it_says() throws IOException {
        ok(tg.file(file(
                        "a: {image: '" + APP + ":1.0', update: {policy: latest}}",
                        "b: {image: '" + APP + ":1.0.1', update: {policy: patch}}",
                        "c: {image: '" + APP + ":latest', update: {policy: latest}}"))
                .say("apply --yes"));
        ok(tg.say("update --all --yes"));
        assertThat(version(100)).isEqualTo("2.0");
        assertThat(version(101)).isEqualTo("1.0.1");
        assertThat(version(102)).isEqualTo("latest");
    }

    @Test
    void two_policies_for_one_image_name_are_refused() throws IOException {
        ok(tg.file(file(
                        "a: {image: '" + APP + ":1.0', update: {policy: latest}}",
                        "b: {image: '" + APP + ":1.0', update: {policy: minor}}"))
                .say("apply --yes"));
        Tg.Ran ran = tg.say("update --all --yes");
        assertThat(ran.exit()).isEqualTo(6);
        assertThat(ran.err()).contains("error[update.policies-differ]");
    }

    @Test
    void the_lock_alone_can_be_moved_and_the_next_apply_goes_by_it() throws IOException {
        ok(tg.file(file(web("1.0", ", update: {policy: minor}"))).say("apply --yes"));
        assertThat(ok(tg.say("update --all --update-lock")).out()).contains("tengil.lock: " + APP + ":1.0 is now");
        assertThat(version(100)).isEqualTo("1.0");
        assertThat(ok(tg.say("plan")).out()).contains("↻ container:web");
        ok(tg.say("apply --yes"));
        assertThat(version(100)).isEqualTo("1.1");
        assertThat(ok(tg.say("update --all --update-lock")).out()).contains("has the newest already");
    }

    @Test
    void one_that_does_not_work_is_left_as_it_was_and_so_is_the_lock() throws IOException {
        ok(tg.file(file("bad: {image: 'localhost:5000/demo/bad:1', update: {policy: latest}}"))
                .say("apply --yes"));
        String before = lock();
        Tg.Ran ran = tg.say("update bad --yes");
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.out()).contains("What it had changed was put back.");
        assertThat(lock()).isEqualTo(before);
        assertThat(version(100)).isEqualTo("1");
        assertThat(tg.onHost("pct status 100").out()).isEqualTo("status: running\n");
        assertThat(tg.say("plan").out()).isEqualTo("No changes. The host matches tengil.yml.\n");
    }

    @Test
    void only_what_is_named_is_touched() throws IOException {
        ok(tg.file(file(web("1.0", ""), "other: {image: '" + APP + ":2.0'}")).say("apply --yes"));
        move("1.1", "1.0");
        move("latest", "2.0");
        Tg.Ran ran = ok(tg.file(file(web("1.0", ", memory: 2048"), "other: {image: '" + APP + ":2.0', memory: 2048}"))
                .say("update other --yes"));
        assertThat(ran.out()).contains("1 change is left out");
        assertThat(version(100)).isEqualTo("1.0");
        assertThat(version(101)).isEqualTo("latest");
    }

    @Test
    void containers_of_one_image_move_together() throws IOException {
        ok(tg.file(file("a: {image: '" + APP + ":latest'}", "b: {image: '" + APP + ":latest'}"))
                .say("apply --yes"));
        move("1.1", "latest");
        assertThat(ok(tg.say("update a --yes")).err()).contains("b has the same image as a and moves along.");
        assertThat(version(100)).isEqualTo("1.1");
        assertThat(version(101)).isEqualTo("1.1");
    }

    @Test
    void a_registry_out_of_reach_is_an_error_and_changes_nothing() throws IOException {
        Files.writeString(
                tg.path("world.yml"), "images: {'gone.example/app:1': {access: unreachable}, 'redis:7': {}}\n");
        ok(tg.run("sim", "new", "x", "--world", tg.path("world.yml").toString()));
        tg.with("TENGIL_HOST", "sim:x");
        String digest = "sha256:" + "0".repeat(64);
        Files.writeString(tg.path("tengil.lock"), "gone.example/app:1 " + digest + "\n");
        tg.file("containers: {app: {image: 'gone.example/app:1'}}\n");
        Tg.Ran ran = tg.say("update app --yes");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("warning[update.unknown]", "no such host");
        assertThat(lock()).isEqualTo("gone.example/app:1 " + digest + "\n");
    }

    @Test
    void data_comes_back_with_the_old_one_when_that_is_asked_for() throws IOException {
        ok(tg.file(
                        file(
                                "bad: {image: 'localhost:5000/demo/bad:1', volumes: ['/tank/docs:/docs'], update: {policy: latest}}"))
                .say("apply --yes"));
        ok(tg.onHost("touch /tank/docs/before"));
        // Somebody writes while the new one runs.
        tg.faults("- {match: pct start 100, nth: 1, do: meanwhile, run: touch /tank/docs/after}\n");
        assertThat(tg.say("update bad --yes --with-data").exit()).isEqualTo(5);
        assertThat(tg.onHost("ls /tank/docs").out()).isEqualTo("before\n");
        // A later snapshot of somebody's would go with a rollback.
        tg.faults("- {match: pct start 100, nth: 1, do: meanwhile, run: zfs snapshot tank/docs@mine}\n");
        Tg.Ran ran = tg.say("update bad --yes --with-data");
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.out()).contains("it has newer snapshots", "tank/docs-before-g2_2");
        assertThat(tg.run("sim", "show", "w").out()).contains("tank/docs-before-g2_2", "tank/docs@mine");
    }

    @Test
    void without_that_the_data_stays_as_the_new_one_left_it() throws IOException {
        ok(tg.file(
                        file(
                                "bad: {image: 'localhost:5000/demo/bad:1', volumes: ['/tank/docs:/docs'], update: {policy: latest}}"))
                .say("apply --yes"));
        tg.faults("- {match: pct start 100, nth: 1, do: meanwhile, run: touch /tank/docs/after}\n");
        assertThat(tg.say("update bad --yes").exit()).isEqualTo(5);
        assertThat(tg.onHost("ls /tank/docs").out()).isEqualTo("after\n");
        assertThat(tg.run("sim", "show", "w").out()).contains("tank/docs@tengil_g2");
    }

    @Test
    void names_that_the_file_has_not_are_refused() throws IOException {
        tg.file(file(web("1.0", "")));
        Tg.Ran ran = tg.say("update wbe");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("error[update.unknown-container]", "did you mean \"web\"?");
        assertThat(tg.say("update").err()).contains("error[cli.usage]", "--all");
    }
}
