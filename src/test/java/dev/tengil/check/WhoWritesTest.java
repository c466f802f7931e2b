package dev.tengil.check;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhoWritesTest {

    @TempDir
    Path folder;

    private static String world(String owner, String mode) {
        return "datasets: {tank/docs: {owner: '" + owner + "', mode: '" + mode + "'}}\n";
    }

    private static String file(String dataset, String container) {
        return """
                pools:
                  tank:
                    datasets:
                      docs:
                        DATASET
                        containers: [{name: web, template: debian-13-standard, mount: /docs, CONTAINER}]
                """.replace("DATASET", dataset).replace("CONTAINER", container);
    }

    @Test
    void a_container_without_any_id_of_the_owner_is_told() throws IOException {
        OddHost.assertWarned(
                new OddHost(folder, world("1000:1000", "755")).plan(file("profile: documents", "memory: 1G")),
                "container.cannot-write",
                "container web cannot write to /tank/docs, which belongs to 1000:1000 (mode 755), ids that it does not have");
    }

    @ParameterizedTest
    @CsvSource({
        // the file says the owner, so the mount lets it through
        "1000:1000, 755, 'owner: 1000:1000', 'memory: 1G'",
        // it only reads
        "1000:1000, 755, 'profile: documents', 'readonly: true'",
        // everybody may write
        "1000:1000, 777, 'profile: documents', 'memory: 1G'",
        // the container's own root
        "100000:100000, 755, 'profile: documents', 'memory: 1G'",
        // root of the host
        "1000:1000, 755, 'profile: documents', 'privileged: true'",
        // the program says that it is the owner
        "1000:1000, 755, 'profile: documents', 'env: {PUID: 1000, PGID: 1000}'"
    })
    void whoever_may_write_hears_nothing(String owner, String mode, String dataset, String container)
            throws IOException {
        OddHost.assertSilent(new OddHost(folder, world(owner, mode)).plan(file(dataset, container)));
    }

    @Test
    void an_acl_lets_in_too() throws IOException {
        OddHost host = new OddHost(folder, world("1000:1000", "755"))
                .typed("zfs set acltype=posixacl tank/docs")
                .typed("setfacl -m u:100000:rwx -- /tank/docs");
        OddHost.assertSilent(host.plan(file("profile: documents", "memory: 1G")));
    }

    @Test
    void what_tengil_makes_for_a_container_the_container_may_write() throws IOException {
        String file = file("profile: documents", "memory: 1G");
        OddHost.assertSilent(new OddHost(folder, "").applied(file).plan(file));
    }

    @Test
    void without_idmaps_no_container_has_an_id_of_the_host() throws IOException {
        OddHost.assertWarned(
                new OddHost(folder, "packages: {pve-container: 6.1.5}\n" + world("1000:1000", "755"))
                        .plan(file("owner: 1000:1000", "memory: 1G")),
                "container.cannot-write",
                "container web runs as root of the container (100000:100000 on disk) and cannot write to /tank/docs,");
    }
}
