package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether an app works is waited for, told, and decides over an update. */
class HealthTest {

    private static final String FILE = """
            pools:
              tank:
                datasets:
                  docs:
                    containers:
                      - name: db
                        image: localhost:5000/demo/db:1.0
                        mount: /docs
                        ports: [5432]
                        health: {tcp: 5432, start_period: 20s}
            containers:
              app:
                image: localhost:5000/demo/app:1.0
                ports: [8080]
                health: {http: /health}
                depends_on: {db: {condition: healthy}}
              look:
                image: localhost:5000/demo/app:1.0
                depends_on: [db]
            """;

    private static final String WORLD = """
            images:
              localhost:5000/demo/db:1.0: {config: {Cmd: [db]}, listens: [5432], ready-after: 8, output: db 1 starts}
              localhost:5000/demo/db:1.1: {config: {Cmd: [db], Env: [V=1]}, ready-after: never, output: db 1.1 starts}
              localhost:5000/demo/app:1.0: {config: {Cmd: [app]}}
              localhost:5000/demo/app:2.0: {config: {Cmd: [app], Env: [V=2]}, answers: 503}
              localhost:5000/demo/app:3.0: {config: {Cmd: [app], Env: [V=3]}, listens: [80]}
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

    private static String ok(Tg.Ran ran) {
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        return ran.out();
    }

    private Tg.Ran apply(String file) throws IOException {
        return tg.file(file).say("apply --yes --parallel 1");
    }

    @Test
    void no_app_is_stopped_for_an_update_while_what_it_needs_is_not_well() throws IOException {
        ok(apply(FILE));
        tg.faults("- {match: 5432, do: fail, exit: 1}\n");
        Tg.Ran ran = apply(FILE.replace("demo/app:1.0\n    ports", "demo/app:2.0\n    ports"));
        assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(5);
        assertThat(ran.out() + ran.err()).contains("db");
        assertThat(tg.onHost("cat /etc/pve/lxc/101.conf").out()).doesNotContain("V=2");
        assertThat(tg.onHost("pct status 101").out()).isEqualTo("status: running\n");
    }

    @Test
    void an_app_that_takes_its_time_is_waited_for() throws IOException {
        ok(apply(FILE));
        assertThat(ok(tg.say("status")))
                .contains("  db    100  running, healthy  192.168.1.100:5432\n")
                .contains("  app   101  running, healthy  http://192.168.1.101:8080\n")
                .contains("  look  102  running  192.168.1.102\n");
        assertThat(ok(tg.say("plan"))).isEqualTo("No changes. The host matches tengil.yml.\n");
        JsonObject db = JsonParser.parseString(ok(tg.say("status --json")))
                .getAsJsonObject()
                .getAsJsonArray("containers")
                .get(0)
                .getAsJsonObject();
        assertThat(db.getAsJsonObject("health").get("healthy").getAsBoolean()).isTrue();
    }

    @Test
    void what_needs_it_healthy_is_not_begun_and_what_needs_it_started_is() throws IOException {
        Tg.Ran ran = apply(FILE.replace("db:1.0", "db:1.1"));
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.out())
                .contains("container:db: db is not healthy: nothing listens on port 5432 (tcp :5432, waited ")
                .contains("container:app not begun, it needs container:db")
                .contains("✓ + container:look")
                .doesNotContain("put back");
        assertThat(tg.onHost("pct status 100").out()).isEqualTo("status: running\n");
    }

    @Test
    void one_that_was_not_healthy_is_asked_again_until_it_is() throws IOException {
        String slow = FILE.replace("start_period: 20s", "start_period: 0s, retries: 2");
        assertThat(apply(slow).exit()).isEqualTo(5);
        Tg.Ran plan = tg.say("plan");
        assertThat(plan.out()).contains("~ container:db", "whether it works was not seen");
        assertThat(tg.say("plan --commands").out()).contains("/dev/tcp/$1/$2").doesNotContain("pct start 100");
        ok(apply(slow));
        assertThat(ok(tg.say("plan"))).isEqualTo("No changes. The host matches tengil.yml.\n");
    }

    @Test
    void another_way_to_tell_it_restarts_nothing() throws IOException {
        ok(apply(FILE));
        String other = FILE.replace("http: /health", "exec: [\"true\"], interval: 1m30s");
        assertThat(ok(tg.file(other).say("plan"))).isEqualTo("No changes. The host matches tengil.yml.\n");
        ok(apply(other));
        assertThat(ok(tg.say("status"))).contains("app   101  running, healthy");
        ok(tg.file(FILE.replace("http: /health", "exec: [\"false\"]")).say("apply --yes"));
        assertThat(ok(tg.say("status"))).contains("not healthy: false ended with 1");
    }

    @Test
    void a_new_version_that_is_not_healthy_gives_way_to_the_old_one() throws IOException {
        ok(apply(FILE));
        ok(tg.onHost("touch /tank/docs/letter"));
        Tg.Ran ran = apply(FILE.replace("demo/db:1.0", "demo/db:1.1"));
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.out())
                .contains(
                        "db is not healthy: nothing listens on port 5432",
                        "      | db 1.1 starts",
                        "What it had changed was put back.")
                .doesNotContain("putting back failed");
        assertThat(tg.onHost("pct config 100").out()).doesNotContain("V=1");
        assertThat(tg.onHost("pct status 100").out()).isEqualTo("status: running\n");
        assertThat(tg.onHost("ls /tank/docs").out()).contains("letter");
        ok(apply(FILE));
    }

    @Test
    void an_answer_that_says_error_is_none() throws IOException {
        ok(apply(FILE));
        Tg.Ran ran = apply(FILE.replace(
                "  app:\n    image: localhost:5000/demo/app:1.0", "  app:\n    image: localhost:5000/demo/app:2.0"));
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.out()).contains("app is not healthy: it answers 503 Service Unavailable (http :8080/health");
        Tg.Ran other = apply(FILE.replace(
                "  app:\n    image: localhost:5000/demo/app:1.0", "  app:\n    image: localhost:5000/demo/app:3.0"));
        assertThat(other.out()).contains("app is not healthy: it does not answer: Connection refused");
    }

    @Test
    void one_that_stands_still_is_not_waited_for() throws IOException {
        ok(apply(FILE.replace("ports: [5432]", "ports: [5432]\n            state: stopped")
                .replace("depends_on: {db: {condition: healthy}}", "depends_on: {db: {condition: started}}")));
        assertThat(ok(tg.say("status"))).contains("  db    100  stopped\n");
    }

    @Test
    void what_cannot_be_asked_is_refused() throws IOException {
        assertThat(tg.file(FILE.replace("health: {tcp: 5432, start_period: 20s}", "cores: 1"))
                        .say("plan")
                        .err())
                .contains("error[container.no-health]: container app waits until db is healthy");
        assertThat(tg.file(FILE.replace("    ports: [8080]\n    health", "    health"))
                        .say("plan")
                        .err())
                .contains("error[container.health]", "no port is known");
        assertThat(tg.file(FILE.replace("{http: /health}", "{http: /health, tcp: 80}"))
                        .say("plan")
                        .err())
                .contains("say one of http, tcp and exec");
        assertThat(tg.file(FILE.replace("{http: /health}", "{http: \"http://example.org/health\"}"))
                        .say("plan")
                        .err())
                .contains("write a port and a path of the container");
        assertThat(tg.file(FILE.replace("start_period: 20s", "start_period: soon"))
                        .say("plan")
                        .err())
                .contains("write a duration like 30s");
    }

    @Test
    void the_commands_are_shown_as_a_person_would_type_them() throws IOException {
        assertThat(ok(tg.file(FILE).say("plan --commands")))
                .contains("wait up to 75 s for: wget ", "http://ADDRESS:8080/health", "/dev/tcp/$1/$2");
        assertThat(ok(tg.say("plan --script"))).contains("# wait up to 65 s for: bash -c ");
    }
}
