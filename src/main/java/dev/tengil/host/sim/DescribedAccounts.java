package dev.tengil.host.sim;

import dev.tengil.host.Bytes;
import java.util.List;
import java.util.Map;

/**
 * Users and groups that a world has from its beginning:
 *
 * <pre>
 * groups: {media: 1500}
 * users:  {anna: {uid: 1000, groups: [media], samba: secret}}
 * </pre>
 *
 * <p>A user's own group has its name and number; {@code samba} is the password that Samba knows it by.
 */
final class DescribedAccounts {

    private static final String USERS = "/etc/passwd";
    private static final String GROUPS = "/etc/group";
    private final World world;

    DescribedAccounts(World world) {
        this.world = world;
    }

    void put(Map<?, ?> groups, Map<?, ?> users) {
        groups.forEach((name, gid) -> add(GROUPS, name + ":x:" + number("group " + name, gid) + ":"));
        users.forEach((name, value) -> {
            Map<?, ?> user = value instanceof Map<?, ?> map ? map : Map.of("uid", String.valueOf(value));
            KnownKeys.of("user " + name, user, List.of("uid", "groups", "shell", "samba"));
            int uid = number("user " + name, user.get("uid"));
            add(GROUPS, name + ":x:" + uid + ":");
            String shell = WorldDescription.text(user, "shell", "/usr/sbin/nologin");
            add(USERS, name + ":x:" + uid + ":" + uid + "::/nonexistent:" + shell);
            for (Object group : user.get("groups") instanceof List<?> list ? list : List.of()) {
                join(String.valueOf(group), String.valueOf(name));
            }
            if (user.get("samba") != null) {
                String digest = Bytes.utf8(String.valueOf(user.get("samba"))).digest("SHA-256");
                world.texts("smbpasswd").put(String.valueOf(name), digest);
            }
        });
    }

    private static int number(String what, @org.jspecify.annotations.Nullable Object id) {
        if (!String.valueOf(id).matches("\\d{1,9}")) {
            throw new IllegalArgumentException(what + " has no number: \"" + id + "\"");
        }
        return Integer.parseInt(String.valueOf(id));
    }

    private void add(String file, String line) {
        world.disk().write(file, Bytes.utf8(text(file) + line + "\n"), 0644);
    }

    private void join(String group, String user) {
        String before = text(GROUPS);
        if (!("\n" + before).contains("\n" + group + ":")) {
            throw new IllegalArgumentException(
                    "user " + user + " is in the group \"" + group + "\", which is not described");
        }
        String after = before.replaceFirst("(?m)^(" + group + ":x:\\d+:.+)$", "$1," + user);
        world.disk()
                .write(
                        GROUPS,
                        Bytes.utf8(
                                after.equals(before)
                                        ? before.replaceFirst("(?m)^(" + group + ":x:\\d+:)$", "$1" + user)
                                        : after),
                        0644);
    }

    private String text(String file) {
        Inode inode = world.disk().follow(file);
        return inode == null ? "" : inode.content().text();
    }
}
