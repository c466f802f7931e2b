package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Program;
import java.util.Arrays;
import java.util.Set;

/** {@code usermod --append --groups GROUP NAME} and {@code usermod --comment TEXT NAME}. */
final class Usermod implements Program {

    @Override
    public int run(Call call) {
        Accounts asked = Accounts.parse(call.arguments(), Set.of("--append"), Set.of("--groups", "--comment"));
        Disk disk = call.world().disk();
        String name = asked.name();
        if (!asked.unknown().isEmpty()) {
            return call.fail(2, "usermod: unrecognized option '" + asked.unknown() + "'");
        }
        if (!Lines.has(disk, "/etc/passwd", name)) {
            return call.fail(6, "usermod: user '" + name + "' does not exist");
        }
        String comment = asked.options().get("--comment");
        if (comment != null && comment.indexOf(':') >= 0) {
            return call.fail(3, "usermod: invalid field '" + comment + "'");
        }
        if (comment != null) {
            Lines.edit(disk, "/etc/passwd", line -> {
                String[] cells = line.split(":", -1);
                if (cells[0].equals(name)) {
                    cells[4] = comment;
                }
                return String.join(":", cells);
            });
        }
        for (String group : asked.options().getOrDefault("--groups", "").split(",", -1)) {
            if (!group.isEmpty() && !Lines.has(disk, "/etc/group", group)) {
                return call.fail(6, "usermod: group '" + group + "' does not exist");
            }
            Lines.edit(disk, "/etc/group", line -> line.startsWith(group + ":") ? joined(line, name) : line);
        }
        return 0;
    }

    private static String joined(String line, String name) {
        String members = line.substring(line.lastIndexOf(':') + 1);
        if (Arrays.asList(members.split(",", -1)).contains(name)) {
            return line;
        }
        return line + (members.isEmpty() ? "" : ",") + name;
    }
}
