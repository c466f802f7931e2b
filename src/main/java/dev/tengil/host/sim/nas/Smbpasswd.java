package dev.tengil.host.sim.nas;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import java.util.List;

/** {@code smbpasswd -a -s NAME} with the password twice on standard input, and {@code smbpasswd -x NAME}. Keeps digests only. */
final class Smbpasswd implements Program {

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        String name = words.isEmpty() ? "" : words.getLast();
        if (words.contains("-x")) {
            if (!call.world().texts("smbpasswd").contains(name)) {
                return call.fail(1, "Failed to find entry for user " + name + ".");
            }
            call.world().texts("smbpasswd").remove(name);
            call.out("Deleted user " + name + ".");
            return 0;
        }
        List<String> lines = call.stdin().text().lines().toList();
        if (lines.size() < 2) {
            return call.fail(1, "Unable to get new password.");
        }
        if (!lines.get(0).equals(lines.get(1))) {
            return call.fail(1, "Mismatch - password unchanged.\nUnable to get new password.");
        }
        if (words.contains("-a") && !Lines.has(call.world().disk(), "/etc/passwd", name)) {
            return call.fail(1, "Failed to add entry for user " + name + ".");
        }
        boolean known = call.world().texts("smbpasswd").contains(name);
        if (!known && !words.contains("-a")) {
            return call.fail(1, "Failed to find entry for user " + name + ".");
        }
        call.world().texts("smbpasswd").put(name, Bytes.utf8(lines.getFirst()).digest("SHA-256"));
        if (!known) {
            call.world()
                    .texts("smbname")
                    .put(name, Accounts.comment(call.world().disk(), name));
            call.out("Added user " + name + ".");
        }
        return 0;
    }
}
