package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.cli.EveryString;
import dev.tengil.cli.Tg;
import dev.tengil.plan.TengilFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Hostile texts, watched secrets and planted links, where a real shell, real option parsers and a real file system would fall for them. */
@Tag("vm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputOnRealHostTest {

    private static final String CANARY = "Canary-Of-A-Password";

    /** Files of the root file system that an apply of accounts and shares has a reason to write, and those that are always written. */
    private static final String EXPECTED = "/etc/(passwd|group|shadow|gshadow|subuid|subgid)-?|/etc/\\.pwd\\.lock"
            + "|/etc/samba/(smb|tengil)\\.conf|/etc/exports\\.d/tengil\\.exports"
            + "|/var/lib/(tengil|samba|nfs|systemd|private|dhcp|NetworkManager)/.*|/etc/zfs/.*|/etc/adjtime|/var/(log|cache|tmp|spool)/.*|/root/.*|/tmp/.*";

    @TempDir
    static Path folder;

    private TestMachine machine;

    @BeforeAll
    void reach() throws Exception {
        machine = TestMachine.fresh();
    }

    @AfterAll
    void giveBack() throws Exception {
        if (machine != null) {
            machine.giveBack();
        }
    }

    /** A dataset and a person for each text, with the text wherever a plan lets it through; one apply for all. */
    private static Map<String, String> hostileFile() throws IOException {
        Files.writeString(folder.resolve("world.yml"), "proxmox: false\n");
        Tg tg = new Tg(folder);
        assertThat(tg.say("sim new w --world " + folder.resolve("world.yml")).exit())
                .isZero();
        Map<Object, Object> whole = new LinkedHashMap<>();
        Map<String, String> words = new LinkedHashMap<>();
        for (String text : EveryString.HOSTILE) {
            int number = words.size();
            String name = "h" + number;
            Map<Object, Object> root = EveryString.tree("""
                    pools: {tank: {datasets: {%1$s: {zfs: {"own:word": plain}, shares: {smb: [{name: %1$s, users: [%1$s]}]}}}}}
                    users: {%1$s: {uid: %2$d, smb_password: plain}}
                    """.formatted(name, 3000 + number));
            for (EveryString.Place place : EveryString.of(TengilFile.ROOT)) {
                String path = place.toString();
                // What only the host knows is refused by its own programs, and would end the apply for all.
                boolean ours = path.matches("(pools\\.<name>\\.datasets|users)\\.<name>\\..*")
                        && !place.named()
                        && !path.matches(".*(containers|consumers|options|nfs|\\.datasets\\.<name>\\.(datasets|smb)).*")
                        && !path.matches(".*smb(\\.<item>)?(\\.users.*|\\.groups.*)?")
                        && !path.endsWith(number % 2 == 0 ? ".mountpoint" : ".path");
                for (String before : ours ? List.of("", "/tank/" + name + "/x") : List.<String>of()) {
                    String value = before.isEmpty() ? text : before + text.replace("/", "");
                    Map<Object, Object> with =
                            EveryString.put(root, place, value).root();
                    if (tg.file(EveryString.yaml(with)).say("plan").exit() == 0) {
                        root = with;
                        break;
                    }
                }
            }
            join(whole, root);
            words.put(name, text);
        }
        Files.writeString(folder.resolve("tengil.yml"), EveryString.yaml(whole));
        return words;
    }

    @SuppressWarnings("unchecked") // trees of YAML have no types
    private static void join(Map<Object, Object> into, Map<Object, Object> from) {
        from.forEach((key, value) -> {
            if (into.get(key) instanceof Map<?, ?> present && value instanceof Map<?, ?> more) {
                Map<Object, Object> joined = new LinkedHashMap<>((Map<Object, Object>) present);
                join(joined, (Map<Object, Object>) more);
                into.put(key, joined);
            } else {
                into.put(key, value);
            }
        });
    }

    @Test
    void hostile_texts_are_values_and_nothing_else_happens() throws Exception {
        Map<String, String> words = hostileFile();
        String file = folder.resolve("tengil.yml").toString();
        machine.sh("sleep 1; touch /root/before; sleep 1").succeeded();
        machine.tg("apply", "--yes", "-c", file).succeeded();
        assertThat(machine.tg("plan", "--detailed-exitcode", "-c", file).succeeded())
                .contains("No changes.");
        assertThat(machine.sh("find / -xdev -name '*pwned*'").succeeded()).isEmpty();
        assertThat(machine.sh("find / -xdev -newer /root/before -type f")
                        .succeeded()
                        .lines())
                .allSatisfy(path -> assertThat(path).matches(EXPECTED));
        String values = machine.sh("zfs get -H -r -t filesystem -o name,value own:word tank")
                .succeeded();
        assertThat(words).isNotEmpty().allSatisfy((name, text) -> {
            if (!text.contains("\n")) {
                assertThat(values).contains("tank/" + name + "\t" + text + "\n");
            }
        });
    }

    @Test
    void a_password_is_in_no_process_list_and_in_no_file_of_ours() throws Exception {
        Files.writeString(folder.resolve("canary.txt"), CANARY + "\n");
        Path file = Files.writeString(folder.resolve("secret.yml"), """
                stack: watched
                secrets: {s: {file: canary.txt}}
                users: {kim: {uid: 3900, smb_password: !secret s}}
                pools: {tank: {datasets: {kept: {shares: {smb: {name: Kept, users: [kim]}}}}}}
                """);
        machine.sh("""
                printf '%s' 'CANARY' > /root/pattern
                cat > /root/watch <<'END'
                while [ ! -e /root/enough ]; do
                    cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | grep -a -q -F -f /root/pattern && echo seen >> /root/seen
                    echo look >> /root/looks
                done
                END
                setsid sh /root/watch > /dev/null 2>&1 < /dev/null &
                """.replace("CANARY", CANARY)).succeeded();
        String said = machine.tg("apply", "--yes", "-v", "-c", file.toString()).succeeded()
                + machine.tg("plan", "--json", "-c", file.toString()).succeeded();
        assertThat(said).doesNotContain(CANARY);
        assertThat(machine.sh("""
                touch /root/enough
                [ "$(wc -l < /root/looks)" -gt 5 ] && [ ! -e /root/seen ] && echo unseen
                grep -r -l -a -F -f /root/pattern /var/lib/tengil /var/log /etc || true
                pdbedit -L | cut -d: -f1 | grep kim
                """).succeeded()).isEqualTo("unseen\nkim\n");
        assertThat(machine.sh(
                                "stat -c '%a %u %n' /var/lib/tengil /var/lib/tengil/watched; stat -c '%a %u' /var/lib/tengil/watched/*")
                        .succeeded()
                        .lines()
                        .distinct())
                .containsExactly("700 0 /var/lib/tengil", "700 0 /var/lib/tengil/watched", "600 0");
    }

    @Test
    void planted_links_are_not_written_through_and_an_open_state_folder_is_refused() throws Exception {
        Path file = Files.writeString(folder.resolve("links.yml"), """
                stack: links
                pools: {tank: {datasets: {linked: {shares: {smb: {name: Linked}}}}}}
                """);
        machine.sh("""
                echo mine > /root/precious
                mkdir -p -m 0700 /var/lib/tengil/links
                ln -s /root/precious /var/lib/tengil/links/apply.holder.new
                ln -s /root/precious /var/lib/tengil/links/apply.holder
                ln -s /root/nowhere /etc/samba/tengil-links.conf
                chmod 0770 /var/lib/tengil/links
                """).succeeded();
        assertThat(machine.tg("apply", "--yes", "-c", file.toString()))
                .matches(ran -> ran.exit() == 1)
                .extracting(TestMachine.Ran::text)
                .asString()
                .contains("error[host.unsafe-folder]", "/var/lib/tengil/links can be written by others", "chmod 0700");
        machine.sh("chmod 0700 /var/lib/tengil/links").succeeded();
        machine.tg("apply", "--yes", "-c", file.toString()).succeeded();
        assertThat(machine.sh("cat /root/precious; ls /root/nowhere 2>&1 || true")
                        .succeeded())
                .isEqualTo("mine\nls: cannot access '/root/nowhere': No such file or directory\n");
    }
}
