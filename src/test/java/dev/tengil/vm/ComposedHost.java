package dev.tengil.vm;

import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One Proxmox host made of two: its own programs, and the files that these keep, are those of a simulated host; everything else is real.
 * What changes datasets, directories, people and exports is done on both, since the simulated programs look at their results, and has to
 * end alike.
 */
final class ComposedHost implements Host {

    /** With those that pull images and ask the containers, which are simulated. */
    private static final Set<String> PROXMOX =
            Set.of("pct", "pvesh", "pveam", "pvesm", "pveversion", "skopeo", "perl", "journalctl", "wget", "bash");

    private static final List<String> ITS_FILES = List.of("/etc/pve", "/var/lib/vz", "/run/lock/lxc");
    private static final Set<String> DONE_ON_BOTH = Set.of(
            "zfs",
            "mkdir",
            "chown",
            "chmod",
            "setfacl",
            "sh",
            "useradd",
            "groupadd",
            "usermod",
            "smbpasswd",
            "exportfs");

    private final Host proxmox;
    private final Host real;
    private final List<String> disagreements = new ArrayList<>();

    ComposedHost(Host proxmox, Host real) {
        this.proxmox = proxmox;
        this.real = real;
    }

    /** Commands that did not end alike, with what both said. */
    synchronized List<String> disagreements() {
        return List.copyOf(disagreements);
    }

    @Override
    public String name() {
        return "composed";
    }

    @Override
    public Network network() {
        return proxmox.network();
    }

    @Override
    public Result run(Command command) throws HostException {
        return run(command, line -> {});
    }

    @Override
    public Result run(Command command, Consumer<String> eachLine) throws HostException {
        if (PROXMOX.contains(command.program()) || command.argv().stream().anyMatch(ComposedHost::isProxmox)) {
            return proxmox.run(command, eachLine);
        }
        Result result = real.run(command, eachLine);
        if (command.mutates() && DONE_ON_BOTH.contains(command.program())) {
            Result simulated = proxmox.run(command);
            if (simulated.exit() != result.exit()) {
                synchronized (this) {
                    disagreements.add(command.argv() + "\n  real: " + result.exit() + " " + result.err()
                            + "\n  simulated: " + simulated.exit() + " " + simulated.err());
                }
            }
        }
        return result;
    }

    private static boolean isProxmox(String path) {
        return ITS_FILES.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
    }

    private Host of(HostPath path) {
        return isProxmox(path.value()) ? proxmox : real;
    }

    @Override
    public SortedMap<HostPath, HostFile> read(Collection<HostPath> paths) throws HostException {
        SortedMap<HostPath, HostFile> files = new TreeMap<>();
        for (Host each : List.of(proxmox, real)) {
            List<HostPath> its = paths.stream().filter(path -> of(path) == each).toList();
            if (!its.isEmpty()) {
                files.putAll(each.read(its));
            }
        }
        return files;
    }

    @Override
    public void write(FileWrite file) throws HostException {
        of(file.path()).write(file);
        if (file.path().value().startsWith("/etc/exports.d/")) {
            proxmox.write(file);
        }
    }

    @Override
    public void remove(HostPath file) throws HostException {
        of(file).remove(file);
    }

    @Override
    public LockAttempt lock(HostPath stateDirectory, String holder, Duration patience) throws HostException {
        return real.lock(stateDirectory, holder, patience);
    }

    @Override
    public void close() {
        // both belong to the test
    }
}
