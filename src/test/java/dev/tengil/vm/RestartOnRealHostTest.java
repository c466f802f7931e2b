package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.cli.Tg;
import dev.tengil.host.SshHost;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Containers that are started again, by real systemd and real LXC: tengil's files, the unit by which Proxmox runs a container, and in
 * place of pct a script that starts it.
 */
@Tag("vm")
class RestartOnRealHostTest {

    private static final String FILE = """
            containers:
              app: {vmid: 100, template: debian-13-standard, restart: always}
            """;

    /** The unit is like that of pve-container 6; the program of the container ends when it is told how. */
    private static final String CONTAINER = """
            cat > /etc/systemd/system/pve-container@.service <<'END'
            [Unit]
            DefaultDependencies=No
            [Service]
            Type=simple
            Delegate=yes
            KillMode=mixed
            TimeoutStopSec=120s
            ExecStart=/usr/bin/lxc-start -F -n %i
            ExecStop=/bin/true
            StandardOutput=null
            END
            mkdir -p /var/lib/lxc/100/rootfs/bin /var/lib/lxc/100/rootfs/proc /var/lib/lxc/100/rootfs/sys \\
                /var/lib/lxc/100/rootfs/dev /etc/pve/lxc /var/log/pve/tasks
            cp /bin/busybox /var/lib/lxc/100/rootfs/bin/busybox
            cat > /var/lib/lxc/100/rootfs/bin/app <<'END'
            #!/bin/busybox sh
            until [ -e /how ]; do /bin/busybox sleep 0.2; done
            how=$(/bin/busybox cat /how)
            /bin/busybox rm /how
            exit "$how"
            END
            chmod 755 /var/lib/lxc/100/rootfs/bin/app
            cat > /var/lib/lxc/100/config <<'END'
            lxc.uts.name = app
            lxc.rootfs.path = dir:/var/lib/lxc/100/rootfs
            lxc.init.cmd = /bin/app
            lxc.net.0.type = none
            lxc.console.path = none
            lxc.apparmor.profile = unconfined
            END
            : > /etc/pve/lxc/100.conf
            cat > /usr/sbin/pct <<'END'
            #!/bin/sh
            [ "$1" = start ] && echo "$*" >> /root/pct && systemctl start "pve-container@$2"
            END
            chmod 755 /usr/sbin/pct
            : > /root/pct
            systemctl daemon-reload
            """;

    @TempDir
    Path folder;

    private TestMachine machine;
    private SshHost real;
    private Tg tg;

    @BeforeEach
    void reach() throws Exception {
        machine = TestMachine.fresh();
        real = machine.host();
        machine.sh(CONTAINER).succeeded();
        tg = new Tg(folder);
        assertThat(tg.say("sim new w").exit()).isZero();
        tg.host(new ComposedHost(
                SimulatedHost.in(folder.resolve("w"), "proxmox", Faults.none()).orThrow(), real));
    }

    @AfterEach
    void giveBack() throws Exception {
        if (machine != null) {
            real.close();
            machine.giveBack();
        }
    }

    /** Unless our unit did. */
    private void start() throws Exception {
        machine.sh("systemctl is-active --quiet pve-container@100 || systemctl start pve-container@100; : > /root/pct")
                .succeeded();
    }

    /** Its program ends with this status; what was asked of pct once our unit had decided. */
    private String ends(int status) throws Exception {
        return machine.sh("""
                decided() { journalctl -q -o cat -u tengil-restart@100 | grep -c Deactivated || true; }
                before=$(decided)
                echo STATUS > /var/lib/lxc/100/rootfs/how
                for wait in $(seq 60); do
                    [ "$(decided)" = "$before" ] || break
                    sleep 0.5
                done
                [ "$(decided)" != "$before" ]
                cat /root/pct
                """.replace("STATUS", Integer.toString(status))).succeeded();
    }

    @Test
    void one_whose_program_ended_is_started_again_and_one_that_proxmox_stopped_is_not() throws Exception {
        Tg.Ran apply = tg.file(FILE).say("apply --yes");
        assertThat(apply.exit()).as(apply.out() + apply.err()).isZero();
        for (int status : new int[] {0, 3}) {
            start();
            assertThat(ends(status)).as("status " + status).isEqualTo("start 100\n");
        }
        start();
        machine.sh("""
                        now=$(printf %08X $(($(date +%s) + 60)))
                        echo "UPID:nas:7FFFFFF0:0001D2F0:$now:vzstop:100:root@pam: $now OK" > /var/log/pve/tasks/index
                        """).succeeded();
        assertThat(ends(0)).isEmpty();
    }
}
