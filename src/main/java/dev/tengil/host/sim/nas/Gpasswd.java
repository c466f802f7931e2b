package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code gpasswd --delete NAME GROUP}. */
final class Gpasswd implements Program {

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        if (words.size() != 3 || !words.getFirst().equals("--delete")) {
            return call.fail(2, "Usage: gpasswd [option] GROUP");
        }
        String group = words.get(2);
        if (!Lines.has(call.world().disk(), "/etc/group", group)) {
            return call.fail(3, "gpasswd: group '" + group + "' does not exist in /etc/group");
        }
        call.out("Removing user " + words.get(1) + " from group " + group);
        boolean belongs = Lines.of(call.world().disk(), "/etc/group").stream()
                .filter(line -> line.startsWith(group + ":"))
                .anyMatch(line -> List.of(
                                line.substring(line.lastIndexOf(':') + 1).split(",", -1))
                        .contains(words.get(1)));
        if (!belongs) {
            return call.fail(3, "gpasswd: user '" + words.get(1) + "' is not a member of '" + group + "'");
        }
        Lines.edit(call.world().disk(), "/etc/group", line -> {
            if (!line.startsWith(group + ":")) {
                return line;
            }
            int members = line.lastIndexOf(':') + 1;
            return line.substring(0, members)
                    + Arrays.stream(line.substring(members).split(",", -1))
                            .filter(member -> !member.equals(words.get(1)))
                            .collect(Collectors.joining(","));
        });
        return 0;
    }
}
