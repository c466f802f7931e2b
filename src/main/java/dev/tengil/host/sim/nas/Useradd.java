package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Program;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code useradd}: a line in /etc/passwd. */
final class Useradd implements Program {

    private static final int LAST_OF_SYSTEM = 999;

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
        boolean system = asked.options().containsKey("--system");
        String uid = asked.options().getOrDefault("--uid", Accounts.freeId(disk, "/etc/passwd", system));
        if (!Accounts.isId(uid)) {
            return call.fail(3, "useradd: invalid user ID '" + uid + "'");
        }
        boolean ownGroup =
                !asked.options().containsKey("--gid") && !asked.options().containsKey("--no-user-group");
        String gid = ownGroup ? "" : groupId(disk, asked.options().getOrDefault("--gid", "100"));
        if (gid == null) {
            return call.fail(6, "useradd: group '" + asked.options().getOrDefault("--gid", "100") + "' does not exist");
        }
        String comment = asked.options().getOrDefault("--comment", "");
        if (comment.indexOf(':') >= 0) {
            return call.fail(3, "useradd: invalid comment '" + comment + "'");
        }
        if (!Accounts.isName(name)) {
            return call.fail(19, "useradd: invalid user name '" + name + "': use --badname to ignore");
        }
        if (Lines.has(disk, "/etc/passwd", name)) {
            return call.fail(9, "useradd: user '" + name + "' already exists");
        }
        if (Lines.of(disk, "/etc/passwd").stream().anyMatch(line -> line.split(":", -1)[2].equals(uid))) {
            return call.fail(4, "useradd: UID " + uid + " is not unique");
        }
        if (ownGroup && Lines.has(disk, "/etc/group", name)) {
            return call.fail(
                    9, "useradd: group " + name + " exists - if you want to add this user to that group, use -g.");
        }
        if (ownGroup) {
            boolean free = Lines.of(disk, "/etc/group").stream().noneMatch(line -> line.split(":", -1)[2].equals(uid));
            gid = free ? uid : Accounts.freeId(disk, "/etc/group", system);
            Lines.add(disk, "/etc/group", name + ":x:" + gid + ":");
        }
        if (system && Integer.parseInt(uid) > LAST_OF_SYSTEM) {
            call.err("useradd warning: " + name + "'s uid " + uid + " is greater than SYS_UID_MAX " + LAST_OF_SYSTEM);
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
                        comment,
                        asked.options().getOrDefault("--home-dir", "/home/" + name),
                        asked.options().getOrDefault("--shell", "/bin/sh")));
        return 0;
    }

    private static @Nullable String groupId(Disk disk, String group) {
        return Lines.of(disk, "/etc/group").stream()
                .map(line -> line.split(":", -1))
                .filter(cells -> cells[0].equals(group) || cells[2].equals(group))
                .map(cells -> cells[2])
                .findFirst()
                .orElse(null);
    }
}
