package dev.tengil.check;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolHealthTest {
    private static final String FILE = """
            pools:
              tank:
                datasets:
                  docs: {profile: documents}
            """;

    @TempDir
    Path folder;

    private static String tank(String facts) {
        return "pools: {rpool: {size: 200G}, tank: {size: 1T, " + facts + "}}\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUSPENDED", "FAULTED", "UNAVAIL"})
    void nothing_is_made_on_a_pool_that_answers_no_more(String health) throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, tank("health: " + health)).plan(FILE),
                "pool.suspended",
                "the pool tank is " + health + ", and dataset tank/docs needs it");
    }

    @Test
    void nothing_is_made_on_a_pool_that_is_imported_read_only() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, tank("readonly: 'on'")).plan(FILE),
                "pool.readonly",
                "the pool tank is imported read-only, and dataset tank/docs needs it");
    }

    @Test
    void nothing_is_made_on_a_full_pool() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, tank("used: 1T")).plan(FILE),
                "pool.full",
                "the pool tank is full, and dataset tank/docs needs it");
    }

    @Test
    void a_degraded_pool_and_an_almost_full_one_are_told() throws IOException {
        OddHost.assertWarned(
                new OddHost(folder, tank("health: DEGRADED")).plan(FILE),
                "pool.degraded",
                "the pool tank is DEGRADED: a disk of it is missing or fails");
    }

    @Test
    void an_almost_full_pool_is_told() throws IOException {
        OddHost.assertWarned(
                new OddHost(folder, tank("used: 940G")).plan(FILE),
                "pool.almost-full",
                "the pool tank is more than 90 % full: 84G of 1T are free");
    }

    @Test
    void a_pool_that_the_file_does_not_touch_may_be_as_it_is() throws IOException {
        OddHost.assertSilent(
                new OddHost(folder, "pools: {rpool: {size: 20G, health: DEGRADED}, tank: {size: 1T}}\n").plan(FILE));
    }

    @Test
    void what_is_there_and_needs_nothing_is_no_reason_to_refuse() throws IOException {
        OddHost host = new OddHost(folder, tank("health: ONLINE, readonly: 'off'")).applied(FILE);
        OddHost.assertSilent(host.becomes("pool.tank.readonly", "off", "on").plan(FILE));
        OddHost.assertWarned(
                host.becomes("pool.tank.health", "ONLINE", "SUSPENDED").plan(FILE),
                "pool.suspended",
                "the pool tank is SUSPENDED, and whatever touches it waits without end");
    }

    @Test
    void a_container_is_not_bound_to_a_pool_that_answers_no_more() throws IOException {
        OddHost host = new OddHost(folder, tank("health: ONLINE")).applied(FILE);
        OddHost.assertRefused(
                host.becomes("pool.tank.health", "ONLINE", "SUSPENDED").plan("""
                        pools:
                          tank:
                            datasets:
                              docs:
                                profile: documents
                                containers: [{name: web, template: debian-13-standard, mount: /docs, readonly: true}]
                        """),
                "pool.suspended",
                "the pool tank is SUSPENDED, and container web needs it");
    }
}
