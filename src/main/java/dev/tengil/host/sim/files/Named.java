package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.World;

/** Users and groups by name, as the accounts of the host have them. */
final class Named {

    private static final String USERS = "/etc/passwd";
    private static final String GROUPS = "/etc/group";

    private Named() {}

    /** The name of a user; the number when it has none. */
    static String user(World world, int id) {
        return column(world, USERS, 2, Integer.toString(id), 0);
    }

    /** The name of a group; the number when it has none. */
    static String group(World world, int id) {
        return column(world, GROUPS, 2, Integer.toString(id), 0);
    }

    /** An entry of an ACL with its name as a number; as it is when nobody has that name. */
    static String byNumber(World world, String entry) {
        String[] parts = entry.split(":", -1);
        int kind = parts[0].equals("d") || parts[0].equals("default") ? 1 : 0;
        if (parts.length > kind + 1 && !parts[kind + 1].isEmpty()) {
            boolean user = parts[kind].startsWith("u");
            parts[kind + 1] = column(world, user ? USERS : GROUPS, 0, parts[kind + 1], 2);
        }
        return String.join(":", parts);
    }

    /** An entry of an ACL with its number as a name, where it has one. */
    static String byName(World world, String entry) {
        String[] parts = entry.split(":", -1);
        int kind = parts[0].equals("default") ? 1 : 0;
        if (!parts[kind + 1].isEmpty()) {
            boolean user = parts[kind].equals("user");
            parts[kind + 1] = column(world, user ? USERS : GROUPS, 2, parts[kind + 1], 0);
        }
        return String.join(":", parts);
    }

    private static String column(World world, String file, int key, String wanted, int column) {
        Inode accounts = world.disk().follow(file);
        return (accounts == null ? "" : accounts.content().text())
                .lines()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 2 && fields[key].equals(wanted))
                .map(fields -> fields[column])
                .findFirst()
                .orElse(wanted);
    }
}
