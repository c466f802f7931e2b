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
        if (Lines.has(disk, "/etc/group", asked.name())) {
            return call.fail(9, "groupadd: group '" + asked.name() + "' already exists");
        }
        String gid = asked.options()
                .getOrDefault(
                        "--gid",
                        Accounts.freeId(disk, "/etc/group", asked.options().containsKey("--system")));
        if (Lines.of(disk, "/etc/group").stream().anyMatch(line -> line.split(":", -1)[2].equals(gid))) {
            return call.fail(4, "groupadd: GID '" + gid + "' already exists");
        }
        Lines.add(disk, "/etc/group", asked.name() + ":x:" + gid + ":");
        return 0;
    }
}
