package dev.tengil.check;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    private static final String SMALL = "memory: 4G\ncpus: 2\n";

    @TempDir
    Path folder;

    private static String containers(String... of) {
        StringBuilder file = new StringBuilder("containers:\n");
        for (int i = 0; i < of.length; i++) {
            file.append("  c")
                    .append(i)
                    .append(": {template: debian-13-standard, ")
                    .append(of[i])
                    .append("}\n");
        }
        return file.toString();
    }

    @Test
    void a_container_larger_than_the_host_is_refused() throws IOException {
        OddHost.assertRefused(
                new OddHost(folder, SMALL).plan(containers("memory: 8G")),
                "container.memory-exceeds-host",
                "container c0 shall have 8G of memory, and the host has 4G");
    }

    @Test
    void growing_a_container_beyond_the_host_is_refused_and_leaving_it_there_is_not() throws IOException {
        OddHost host = new OddHost(folder, SMALL + "containers: {101: {conf: 'hostname: old\n\n  memory: 8192'}}\n");
        OddHost.assertRefused(
                host.plan("containers: {old: {memory: 6G}}\n"),
                "container.memory-exceeds-host",
                "container old shall have 6G of memory, and the host has 4G");
        OddHost.assertWarned(
                host.plan("containers: {old: {memory: 8G}}\n"),
                "container.memory-exceeds-host",
                "container old shall have 8G of memory, and the host has 4G");
    }

    @Test
    void containers_that_fit_only_one_by_one_are_told_together_with_those_that_run_already() throws IOException {
        OddHost host = new OddHost(
                folder, SMALL + "containers: {101: {running: true, conf: 'hostname: old\n\n  memory: 2048'}}\n");
        OddHost.assertWarned(
                host.plan(containers("memory: 2G", "memory: 1G")),
                "host.memory-overcommitted",
                "the containers of the file may use 3G of memory together, others that run 2G, and the host has 4G");
        OddHost.assertSilent(host.plan(containers("memory: 1G", "memory: 1G")));
    }

    @Test
    void a_container_that_stays_stopped_counts_for_nothing() throws IOException {
        OddHost.assertSilent(new OddHost(folder, SMALL).plan(containers("memory: 3G", "memory: 3G, state: stopped")));
    }

    @Test
    void what_is_declared_in_two_places_counts_once() throws IOException {
        OddHost.assertSilent(new OddHost(folder, SMALL).plan("""
                pools:
                  tank:
                    datasets:
                      a: {containers: [{name: web, template: debian-13-standard, mount: /a, readonly: true, memory: 3G}]}
                      b: {containers: [{name: web, template: debian-13-standard, mount: /b, readonly: true, memory: 3G}]}
                """));
    }

    @Test
    void more_processors_than_the_host_has_are_a_warning() throws IOException {
        OddHost.assertWarned(
                new OddHost(folder, SMALL).plan(containers("cores: 3")),
                "container.cores",
                "container c0 shall have 3 processors, and the host has 2");
    }

    @Test
    void processors_are_shared_without_a_word_up_to_four_times() throws IOException {
        OddHost host = new OddHost(folder, SMALL);
        OddHost.assertSilent(host.plan(containers("cores: 2", "cores: 2", "cores: 2", "cores: 2")));
        OddHost.assertWarned(
                host.plan(containers("cores: 2", "cores: 2", "cores: 2", "cores: 2", "cores: 1")),
                "host.cores-overcommitted",
                "the containers of the file may use 9 processors together, and the host has 2");
    }
}
