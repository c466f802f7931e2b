package dev.tengil.resource.container;

import dev.tengil.host.Command;
import dev.tengil.host.GuestConfReplace;
import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.model.VmId;
import dev.tengil.resource.Operation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The single moves by which a container is set aside and brought back (tried forth and back on pve-container 6.1 with ZFS). Each may find
 * that it was done before, or that there was nothing to do: an apply may have been cut off anywhere.
 */
final class WayBack {

    private static final Duration DESTROY = Duration.ofMinutes(10);
    private static final String KEPT = ".tengil";

    private final VmId vmid;

    WayBack(VmId vmid) {
        this.vmid = vmid;
    }

    /** A command whose failure is none when it says one of these. */
    static Operation done(String title, Command command, String... fine) {
        return new Operation.Run(
                title,
                command.withOkExits(0, 1, 2, 11, 25, 255),
                result -> result.exit() == 0 || Arrays.stream(fine).anyMatch(result.err()::contains)
                        ? null
                        : command.program() + " failed with exit code " + result.exit(),
                false);
    }

    Operation keepConfig(HostPath file) {
        return Operation.Run.of(
                "keep the config of container " + vmid,
                Command.changes(
                        "install",
                        "-m",
                        "0600",
                        "--",
                        GuestConfReplace.file(vmid).value(),
                        file.value()));
    }

    /** By rename, so that Proxmox never reads half a config. */
    List<Operation> configBack(HostPath file) {
        String config = GuestConfReplace.file(vmid).value();
        return List.of(
                Operation.Run.of(
                        "lay the old config of container " + vmid + " ready",
                        Command.changes("cp", "--", file.value(), config + KEPT)),
                Operation.Run.of(
                        "put the old config of container " + vmid + " back",
                        Command.changes("mv", "--", config + KEPT, config)));
    }

    Operation rename(String title, DatasetName from, DatasetName to) {
        return done(
                title,
                Command.changes("zfs", "rename", from.value(), to.value()),
                "'" + from + "': dataset does not exist");
    }

    private String rules() {
        return "/etc/pve/firewall/" + vmid + ".fw";
    }

    /** Proxmox removes the firewall rules of a container that it destroys; there need not be any. */
    Operation keepRules() {
        return done(
                "keep the firewall rules of container " + vmid,
                Command.changes("mv", "--", rules(), rules() + KEPT),
                "No such file or directory");
    }

    Operation rulesBack() {
        return done(
                "put the firewall rules of container " + vmid + " back",
                Command.changes("mv", "--", rules() + KEPT, rules()),
                "No such file or directory");
    }

    /** Neither purged nor with disks that its config does not name: both would take what is to be kept. */
    Operation destroy(String which) {
        return done(
                "destroy the " + which + " container " + vmid,
                Command.changes("pct", "destroy", vmid.toString()).withDeadline(DESTROY),
                ".conf' does not exist");
    }

    Operation stop(String which) {
        return done(
                "stop the " + which + "container " + vmid,
                Command.changes("pct", "shutdown", vmid.toString(), "--timeout", "60", "--forceStop", "1")
                        .withDeadline(DESTROY),
                "not running");
    }

    Operation start() {
        return done(
                "start the old container " + vmid,
                Command.changes("pct", "start", vmid.toString()).withDeadline(DESTROY),
                "already running");
    }
}
