package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A program run inside a container: no real shell is there, so only the plainest do anything. */
public final class GuestProcess {

    private static final int NOT_FOUND = 127;
    private static final Pattern EXIT = Pattern.compile("(?s).*\\bexit (\\d{1,3})\\s*");
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "/bin/sh", "/bin/bash", "/bin/ash");
    private static final Set<String> PROGRAMS =
            Set.of("apt-get", "apk", "curl", "wget", "systemctl", "kill", "poweroff", "halt");

    private final Proxmox pve;
    private final int vmid;

    public GuestProcess(Proxmox pve, int vmid) {
        this.pve = pve;
        this.vmid = vmid;
    }

    /** Runs it and gives its exit code. */
    public int run(List<String> argv, Call call) {
        Section section = pve.guests().load(vmid).current();
        if (!pve.guests().isRunning(vmid)) {
            throw PveFailure.of("container '" + vmid + "' not running!");
        }
        RegistryImage image = Contents.of(pve, section);
        String program = argv.getFirst();
        String name = program.substring(program.lastIndexOf('/') + 1);
        boolean bare = image != null && !image.content().shell();
        if (bare || (!SHELLS.contains(program) && !PROGRAMS.contains(name) && !GuestTools.has(name))) {
            return call.fail(
                    NOT_FOUND,
                    "lxc-attach: " + vmid
                            + ": ../src/lxc/attach.c: lxc_attach_run_command: 1845 No such file or directory"
                            + " - Failed to exec \"" + program + "\"");
        }
        GuestTools tools = tools(section);
        GuestTools.Done done = SHELLS.contains(program) ? shell(argv, tools) : tools.run(argv, "");
        if (done == null) {
            return ends(name, argv) ? ended() : 0;
        }
        call.print(done.out());
        done.err().lines().forEach(call::err);
        return done.exit();
    }

    private GuestTools tools(Section section) {
        List<String> env = new ArrayList<>(List.of("container=lxc", "TERM=linux"));
        env.addAll(section.env());
        return new GuestTools(new GuestFiles(pve, vmid, 0, List.of(0)), env, section.get("entrypoint", "/sbin/init"));
    }

    private static GuestTools.Done shell(List<String> argv, GuestTools tools) {
        boolean text = argv.size() > 2 && argv.get(1).equals("-c");
        GuestTools.Done done = text ? new GuestShell(tools).run(argv.get(2)) : null;
        Matcher exit = EXIT.matcher(argv.getLast());
        return done != null
                ? done
                : new GuestTools.Done(text && exit.matches() ? Integer.parseInt(exit.group(1)) : 0, "", "");
    }

    private static boolean ends(String program, List<String> argv) {
        return Set.of("poweroff", "halt").contains(program)
                || (program.equals("kill") && argv.getLast().equals("1"));
    }

    /** Its first process ended, and so did the container. */
    private int ended() {
        new GuestStop(pve, vmid).end();
        return 0;
    }

    /** Puts a file into the root disk. */
    public void write(String path, Bytes content) {
        String root = root();
        if (root != null) {
            OciImport.makeDirectory(pve.world(), root + path.substring(0, Math.max(0, path.lastIndexOf('/'))));
            pve.world()
                    .disk()
                    .put(
                            root + path,
                            Inode.file(
                                    content,
                                    0644,
                                    100_000,
                                    100_000,
                                    pve.world().now().getEpochSecond()));
        }
    }

    private @Nullable String root() {
        for (Mounts.Mount mount : Mounts.of(pve.guests().load(vmid).current())) {
            if (mount.target().equals("/") && mount.volume() instanceof Volume.Stored stored) {
                return new Volumes(pve).path(stored);
            }
        }
        return null;
    }
}
