package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A tg that dies in the middle of a real apply, or loses its host: the next one converges, nothing is lost, doubled or left over. */
@Tag("vm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutShortOnRealHostTest {

    private static final int KILLED = 137;
    private static final int ROUNDS = 5;
    private static final int PARTIAL = 5;

    /** What was there before and belongs to others. */
    private static final String TREASURE = """
            zfs create tank/photos
            echo 'the only copy' > /tank/photos/wedding.jpg
            printf '[Old]\\n   path = /tank/photos\\n' >> /etc/samba/smb.conf
            echo '/tank/photos 192.168.1.20(ro)' >> /etc/exports
            useradd --system grandma
            """;

    /** Everything that an apply makes, and every place where something could be left over. */
    private static final String WORLD = """
            zfs get -H -r -s local -o name,property,value all tank
            zfs get -H -r -o name,value mounted tank
            getent passwd | grep -v '^root:' | cut -d: -f1,3-
            getent group | grep -v '^root:'
            pdbedit -L | cut -d: -f1 | sort
            cat /etc/samba/smb.conf /etc/samba/tengil.conf /etc/exports /etc/exports.d/*
            exportfs -s | sort
            testparm -s 2>/dev/null
            for each in /tank/*; do stat -c '%n %U:%G %a' $each; getfacl -p $each; done
            cat /tank/photos/wedding.jpg
            ls -A /etc/samba /etc/exports.d /var/lib/tengil/main /dev/shm
            """;

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

    /** Every round has a new person, a new dataset with a share, and a new client of the export. */
    private static Path file(int round) throws IOException {
        StringBuilder secrets = new StringBuilder("secrets:\n");
        StringBuilder people = new StringBuilder("groups: {family: {gid: 2000}}\nusers:\n");
        StringBuilder clients = new StringBuilder();
        StringBuilder datasets = new StringBuilder();
        for (int i = 1; i <= round; i++) {
            secrets.append("  p%1$d: {generate: 12}\n".formatted(i));
            people.append("  p%1$d: {uid: 210%1$d, groups: [family], smb_password: !secret p%1$d}\n".formatted(i));
            clients.append(clients.isEmpty() ? "" : ", ").append("{host: 10.0.%d.0/24, access: ro}".formatted(i));
            datasets.append("      d%1$d: {profile: documents, quota: %1$dG, owner: p%1$d:family, ".formatted(i)
                    + "shares: {smb: {name: D%1$d, users: [p%1$d]}}}\n".formatted(i));
        }
        return Files.writeString(
                folder.resolve("tengil.yml"),
                secrets + people.toString() + "pools:\n  tank:\n    datasets:\n"
                        + "      media: {profile: media, owner: p1:family, shares: {nfs: {clients: ["
                        + clients + "]}}}\n" + datasets);
    }

    private TestMachine.Ran apply() throws Exception {
        return machine.started(folder, "apply", "--yes", "--lock-timeout", "2m").end();
    }

    private String world() throws Exception {
        // Nobody of ours is left at work.
        return machine.sh("while pgrep -f '[t]engil' > /dev/null; do sleep 0.2; done\n" + WORLD)
                .succeeded();
    }

    @Test
    void killed_at_twenty_points_the_next_apply_ends_in_the_world_of_one_that_was_left_alone() throws Exception {
        afresh();
        int killed = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            file(round);
            for (int behind : new int[] {round, 3, 4, 2}) {
                Started apply =
                        machine.started(folder, "apply", "--yes", "-v", "--parallel", "1", "--lock-timeout", "2m");
                apply.awaitOperation(behind);
                // Before the program starts there, while it runs, or behind it.
                Thread.sleep(killed * 171L % 600);
                apply.kill9();
                assertThat(apply.process().exitValue()).as(apply.text()).isEqualTo(KILLED);
                killed++;
            }
            TestMachine.Ran last = apply();
            last.succeeded();
            if (round == 1 || round == ROUNDS) {
                machine.shell(folder, "tg plan --detailed-exitcode").succeeded();
            }
        }
        assertThat(killed).isEqualTo(20);
        List<String> after = world().lines().toList();
        afresh();
        apply().succeeded();
        List<String> whole = world().lines().toList();
        assertThat(after.stream().filter(line -> !whole.contains(line))).isEmpty();
        assertThat(whole.stream().filter(line -> !after.contains(line))).isEmpty();
        assertThat(after).isEqualTo(whole);
    }

    private void afresh() throws Exception {
        machine.reset();
        machine.sh(TREASURE).succeeded();
    }

    @Test
    void what_was_cut_off_by_a_dead_network_is_finished_when_it_is_back() throws Exception {
        // The sessions hang until ssh gives them up.
        cutOff("""
                nft add table inet cut
                nft 'add chain inet cut in { type filter hook input priority 0; }'
                setsid sh -c 'sleep 1
                    nft add rule inet cut in tcp dport 22 drop
                    sleep 30
                    nft delete table inet cut' > /dev/null 2>&1 < /dev/null &
                """, "net");
    }

    @Test
    void what_was_cut_off_by_a_dead_sshd_is_finished_when_it_is_back() throws Exception {
        cutOff("""
                setsid sh -c 'sleep 1
                    systemctl stop ssh
                    pkill -KILL -x sshd-session
                    sleep 8
                    systemctl start ssh' > /dev/null 2>&1 < /dev/null &
                """, "sshd");
    }

    @Test
    void who_loses_the_lock_begins_nothing_more() throws Exception {
        cutOff("pkill -KILL -f '^/bin/bash -c.*tengil-lock'", "lock");
    }

    private void cutOff(String how, String name) throws Exception {
        Path own = Files.createDirectories(folder.resolve(name));
        Files.writeString(own.resolve("tengil.yml"), """
                stack: %1$s
                pools: {tank: {datasets: {%1$s: {profile: documents, acl: ["u:1000:rwx"]}, %1$s2: {profile: media}}}}
                """.formatted(name));
        machine.hold("setfacl");
        Started apply = machine.started(own, "apply", "--yes", "--parallel", "1");
        machine.awaitHeld();
        machine.sh(how).succeeded();
        TestMachine.Ran ended;
        try {
            apply.await("error[host.lock-lost]");
            if (name.equals("lock")) {
                machine.release();
            }
            ended = apply.end();
        } finally {
            machine.awaitReachable();
            machine.release();
        }
        assertThat(ended.exit()).as(ended.text()).isEqualTo(PARTIAL);
        assertThat(ended.text())
                .contains("error[host.lock-lost]", "error[state.not-saved]")
                .contains("A copy is kept in " + own.resolve("tengil-state-rescued.json"))
                .doesNotContain("✓ + dataset:tank/" + name + "2");
        TestMachine.Ran next = machine.shell(own, "tg apply --yes --lock-timeout 2m && tg plan --detailed-exitcode");
        assertThat(next.succeeded()).contains("No changes. The host matches tengil.yml.");
        assertThat(machine.sh("getfacl -cp /tank/" + name + " | grep user:; zfs list -H -o name tank/" + name + "2")
                        .succeeded())
                .isEqualTo("user::rwx\nuser:1000:rwx\ntank/" + name + "2\n");
    }
}
