package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Program;
import java.util.Set;

/** {@code useradd}: a line in /etc/passwd. */
final class Useradd implements Program {

    @Override
    public int run(Call call) {
        Accounts asked = Accounts.parse(
                call.arguments(),
                Set.of("--system", "--no-create-home", "--no-user-group"),
                Set.of("--uid", "--gid", "--home-dir", "--shell", "--comment", "--groups"));
        Disk disk = call.world().disk();
        String name = asked.name();
        if (!asked.unknown().isEmpty()) {
            return call.fail(2, "useradd: unrecognized option '" + asked.unknown() + "'");
        }
        if (!name.matches("[a-z_][a-z0-9_-]*")) {
            return call.fail(3, "useradd: invalid user name '" + name + "': use --badname to ignore");
        }
        if (Lines.has(disk, "/etc/passwd", name)) {
            return call.fail(9, "useradd: user '" + name + "' already exists");
        }
        boolean system = asked.options().containsKey("--system");
        String uid = asked.options().getOrDefault("--uid", Accounts.freeId(disk, "/etc/passwd", system));
        if (Lines.of(disk, "/etc/passwd").stream().anyMatch(line -> line.split(":", -1)[2].equals(uid))) {
            return call.fail(4, "useradd: UID " + uid + " is not unique");
        }
        boolean ownGroup =
                !asked.options().containsKey("--gid") && !asked.options().containsKey("--no-user-group");
        if (ownGroup && Lines.has(disk, "/etc/group", name)) {
            return call.fail(
                    9, "useradd: group " + name + " exists - if you want to add this user to that group, use -g.");
        }
        if (ownGroup) {
            boolean free = Lines.of(disk, "/etc/group").stream().noneMatch(line -> line.split(":", -1)[2].equals(uid));
            String group = free ? uid : Accounts.freeId(disk, "/etc/group", system);
            asked.options().put("--gid", group);
            Lines.add(disk, "/etc/group", name + ":x:" + group + ":");
        }
        String gid = asked.options().getOrDefault("--gid", "100");
        if (Lines.of(disk, "/etc/group").stream().noneMatch(line -> line.split(":", -1)[2].equals(gid))) {
            return call.fail(6, "useradd: group '" + gid + "' does not exist");
        }
        Lines.add(
                disk,
                "/etc/passwd",
                String.join(
                        ":",
                        name,
                        "x",
                        uid,
                        gid,
                        asked.options().getOrDefault("--comment", ""),
                        asked.options().getOrDefault("--home-dir", "/home/" + name),
                        asked.options().getOrDefault("--shell", "/bin/sh")));
        return 0;
    }
}
