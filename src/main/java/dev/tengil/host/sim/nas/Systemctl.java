package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import java.util.List;
import java.util.Map;

/** {@code systemctl} for the services of the shares: they run once their package is installed. */
final class Systemctl implements Program {

    private static final Map<String, String> UNITS = Map.of(
            "smbd",
            "samba",
            "nmbd",
            "samba",
            "nfs-server",
            "nfs-kernel-server",
            "nfs-kernel-server",
            "nfs-kernel-server");

    @Override
    public int run(Call call) {
        List<String> words =
                call.arguments().stream().filter(word -> !word.startsWith("-")).toList();
        if (words.size() < 2) {
            return call.fail(1, "Too few arguments.");
        }
        String unit = words.get(1).replace(".service", "");
        String pkg = UNITS.get(unit);
        boolean there = pkg != null && call.world().texts("packages").contains(pkg);
        if (words.getFirst().equals("is-active")) {
            return active(call, words.subList(1, words.size()));
        }
        return there
                ? 0
                : call.fail(
                        5,
                        "Failed to " + words.getFirst() + " " + unit + ".service: Unit " + unit
                                + ".service not found.");
    }

    /** One running unit is enough for success. */
    private static int active(Call call, List<String> units) {
        int exit = 3;
        for (String unit : units) {
            String pkg = UNITS.get(unit.replace(".service", ""));
            boolean there = pkg != null && call.world().texts("packages").contains(pkg);
            call.out(there ? "active" : "inactive");
            exit = there ? 0 : exit;
        }
        return exit;
    }
}
