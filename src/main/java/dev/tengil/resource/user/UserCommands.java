package dev.tengil.resource.user;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.model.Secret;
import dev.tengil.resource.Operation;
import java.util.Set;

/** What is run for one account. */
final class UserCommands {
    private final String name;

    UserCommands(String name) {
        this.name = name;
    }

    Operation add(User user, String stack) {
        return Operation.Run.of(
                "create user " + name,
                Command.changes(
                        "useradd",
                        "--system",
                        "--uid",
                        Integer.toString(user.uid()),
                        "--gid",
                        Integer.toString(user.gid()),
                        "--no-create-home",
                        "--home-dir",
                        "/nonexistent",
                        "--shell",
                        "/usr/sbin/nologin",
                        "--comment",
                        UserMark.of(stack),
                        "--",
                        name));
    }

    Operation join(String group) {
        return Operation.Run.of(
                "add " + name + " to group " + group, Command.changes("usermod", "--append", "--groups", group, name));
    }

    Operation leave(String group) {
        return Operation.Run.of(
                "take " + name + " out of group " + group, Command.changes("gpasswd", "--delete", name, group));
    }

    /** smbpasswd asks twice; it replaces the password of a user who has one. */
    Operation setPassword(Secret password) {
        String text = password.reveal();
        return Operation.Run.of(
                "set the Samba password of " + name,
                Command.changes("smbpasswd", "-a", "-s", name)
                        .withStdin(Bytes.utf8(text + "\n" + text + "\n"))
                        .withRedactions(Set.of(text)));
    }

    Operation removePassword() {
        return Operation.Run.of("remove the Samba password of " + name, Command.changes("smbpasswd", "-x", name));
    }

    Operation unmark() {
        return Operation.Run.of("take the mark off user " + name, Command.changes("usermod", "--comment", "", name));
    }
}
