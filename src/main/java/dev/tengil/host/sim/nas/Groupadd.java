package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Program;
import java.util.Set;

/** {@code groupadd}: a line in /etc/group. */
final class Groupadd implements Program {

    @Override
    public int run(Call call) {
        Accounts asked = Accounts.parse(call.arguments(), Set.of("--system"), Set.of("--gid"));
        Disk disk = call.world().disk();
        if (!asked.unknown().isEmpty()) {
            return call.fail(2, "groupadd: unrecognized option '" + asked.unknown() + "'");
        }
        String id = asked.options()
                .getOrDefault(
                        "--gid",
                        Accounts.freeId(disk, "/etc/group", asked.options().containsKey("--system")));
        if (!Accounts.isId(id)) {
            return call.fail(3, "groupadd: invalid group ID '" + id + "'");
        }
        if (!Accounts.isName(asked.name())) {
            return call.fail(3, "groupadd: '" + asked.name() + "' is not a valid group name");
        }
        if (Lines.has(disk, "/etc/group", asked.name())) {
            return call.fail(9, "groupadd: group '" + asked.name() + "' already exists");
        }
        if (Lines.of(disk, "/etc/group").stream().anyMatch(line -> line.split(":", -1)[2].equals(id))) {
            return call.fail(4, "groupadd: GID '" + id + "' already exists");
        }
        Lines.add(disk, "/etc/group", asked.name() + ":x:" + id + ":");
        return 0;
    }
}
