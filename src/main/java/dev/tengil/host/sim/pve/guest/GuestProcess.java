package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
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
    private static final Set<String> PROGRAMS = Set.of(
            "true", "ls", "id", "cat", "test", "echo", "apt-get", "apk", "curl", "wget", "systemctl", "sleep", "touch");

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
        if (bare
                || (!SHELLS.contains(program)
                        && !PROGRAMS.contains(name)
                        && !name.equals("env")
                        && !name.equals("false"))) {
            return call.fail(
                    NOT_FOUND,
                    "lxc-attach: " + vmid
                            + ": ../src/lxc/attach.c: lxc_attach_run_command: 1845 No such file or directory"
                            + " - Failed to exec \"" + program + "\"");
        }
        if (SHELLS.contains(program)) {
            Matcher exit = EXIT.matcher(argv.getLast());
            return argv.size() > 2 && argv.get(1).equals("-c") && exit.matches() ? Integer.parseInt(exit.group(1)) : 0;
        }
        return switch (name) {
            case "false" -> 1;
            case "env" -> {
                call.out("container=lxc");
                call.out("TERM=linux");
                section.env().forEach(call::out);
                yield 0;
            }
            case "echo" -> {
                call.out(String.join(" ", argv.subList(1, argv.size())));
                yield 0;
            }
            case "cat" -> cat(argv, call);
            default -> 0;
        };
    }

    private int cat(List<String> argv, Call call) {
        String root = root();
        Inode file = root == null ? null : pve.world().disk().follow(root + argv.getLast());
        if (file == null || file.kind() != Inode.Kind.FILE) {
            return call.fail(1, "cat: can't open '" + argv.getLast() + "': No such file or directory");
        }
        call.print(file.content().text());
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
