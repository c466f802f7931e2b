package dev.tengil.resource.container;

import dev.tengil.host.Command;
import dev.tengil.host.HostFile;
import dev.tengil.model.HostPath;
import dev.tengil.model.VmId;
import dev.tengil.resource.Operation;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Guest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Proxmox keeps of a container outside its config and takes away with it, purged or not: membership of a resource pool and rights
 * (pve-container API2/LXC.pm, destroy_vm).
 *
 * @param pool null for none
 * @param rights lines {@code acl:PROPAGATE:PATH:WHO:ROLES:} of user.cfg (pve-access-control, AccessControl.pm)
 */
record Belongings(@Nullable String pool, List<String> rights) {

    private static final HostPath FILE = HostPath.of("/etc/pve/user.cfg");
    private static final int FIELDS = 5;

    Belongings {
        rights = List.copyOf(rights);
    }

    static Belongings of(Guest guest, Facts facts) {
        HostFile file = facts.files().get(FILE);
        String path = "/vms/" + guest.vmid();
        List<String> rights = file == null
                ? List.of()
                : file.content()
                        .text()
                        .lines()
                        .filter(line -> {
                            String[] fields = line.split(":", -1);
                            return fields.length >= FIELDS && fields[0].equals("acl") && fields[2].equals(path);
                        })
                        .toList();
        return new Belongings(guest.pool(), rights);
    }

    /** With what others had, where it has nothing itself. */
    Belongings or(Belongings others) {
        return new Belongings(pool == null ? others.pool() : pool, rights.isEmpty() ? others.rights() : rights);
    }

    /**
     * Gives them back.
     *
     * @param withPool whether the pool is among them: a container that was made in it has it already
     */
    List<Operation> back(VmId vmid, boolean withPool) {
        List<Operation> operations = new ArrayList<>();
        if (withPool && pool != null) {
            operations.add(WayBack.done(
                    "put container " + vmid + " back into the resource pool " + pool,
                    Command.changes(
                            "pvesh", "set", "/pools", "--poolid", pool, "--vms", vmid.toString(), "--allow-move", "1"),
                    "already a pool member"));
        }
        for (String line : rights) {
            String[] fields = line.split(":", -1);
            List<String> argv = new ArrayList<>(List.of(
                    "pvesh",
                    "set",
                    "/access/acl",
                    "--path",
                    fields[2],
                    "--propagate",
                    fields[1],
                    "--roles",
                    fields[4]));
            List<String> all = List.of(fields[3].split(",", -1));
            who(
                    argv,
                    "--groups",
                    all.stream().filter(each -> each.startsWith("@")).map(each -> each.substring(1)));
            who(argv, "--tokens", all.stream().filter(each -> each.contains("!")));
            who(argv, "--users", all.stream().filter(each -> !each.startsWith("@") && !each.contains("!")));
            operations.add(Operation.Run.of("give the rights on container " + vmid + " back", Command.changes(argv)));
        }
        return operations;
    }

    private static void who(List<String> argv, String option, Stream<String> names) {
        String list = names.collect(Collectors.joining(","));
        if (!list.isEmpty()) {
            argv.addAll(List.of(option, list));
        }
    }
}
