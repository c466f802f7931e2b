package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tg verify} finds without a host, and what it leaves to one. */
class VerifyTest {

    @TempDir
    Path folder;

    private Tg.Ran verified(String text) throws IOException {
        return new Tg(folder).without("TENGIL_HOST").file(text).say("verify");
    }

    @Test
    void what_is_wrong_on_any_host_is_found_without_one() throws IOException {
        Tg.Ran ran = verified("""
                pools:
                  tank:
                    datasets:
                      docs:
                        profile: documnets
                        containers:
                          - {name: web, image: "redis:7", volumes: ["a:/x", "b:/x/y"], depends_on: dbb, env_file: nope.env}
                      docs/vm-100-disk-0: {}
                containers:
                  db: {auto_create: true}
                """);
        assertThat(ran.exit()).isEqualTo(Exit.INVALID.code());
        assertThat(ran.err())
                .containsSubsequence(
                        "error[dataset.unknown-profile]: there is no profile \"documnets\"",
                        "did you mean \"documents\"?",
                        "error[container.target-nested]: the target /x/y lies inside the target /x",
                        "error[container.depends-on]: container web depends on dbb, which is not in the file",
                        "error[container.env-file]: there is no file",
                        "error[dataset.reserved-name]",
                        "error[container.auto-create]: container db is to be created");
    }

    @Test
    void what_only_a_host_can_tell_is_left_to_it() throws IOException {
        Tg.Ran ran = verified("""
                pools:
                  tank:
                    datasets:
                      docs:
                        owner: somebody
                        containers:
                          - "old:/docs"
                          - {name: web, image: "redis:7", gpu: true, network: {bridge: vmbr7}, volumes: ["/srv/x:/x"]}
                        shares: {smb: {name: Docs, users: [somebody]}}
                """);
        assertThat(ran.exit()).as(ran.err()).isZero();
    }

    @Test
    void what_follows_from_another_mistake_is_not_said() throws IOException {
        Tg.Ran ran = verified("""
                containers:
                  "d b": {template: debian-13-standard}
                  web: {template: debian-13-standard, depends_on: "d b"}
                  app: {auto_create: true, image: "UPPER"}
                """);
        assertThat(ran.err()).doesNotContain("container.depends-on", "container.auto-create");
    }

    @Test
    void what_is_not_there_yet_is_checked_all_the_same() throws IOException {
        Tg.Ran ran = verified("""
                registries: {home: {hots: registry.lan}}
                packages: [{as: web}]
                moved: [{from: "container:a"}, {from: "container:a", to: "dataset:b"}]
                containers:
                  a:
                    template: debian-13-standard
                    health: {tcp: 80, interval: often}
                    update: {policy: mnior}
                """);
        assertThat(ran.err())
                .contains(
                        "there is no key \"hots\" in a registry",
                        "packages: say which package",
                        "moved: a move has from and to",
                        "moved: from and to are things of one kind",
                        "interval: write a duration like 30s",
                        "did you mean \"minor\"?",
                        "\"packages\" is not there yet");
    }
}
