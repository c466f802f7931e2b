package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import java.util.List;

/** {@code getent passwd|group [NAME]} and {@code getent hosts NAME}. */
final class Getent implements Program {

    private static final int NOT_FOUND = 2;

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        if (words.isEmpty()) {
            return call.fail(1, "Usage: getent [OPTION...] database [key ...]");
        }
        String key = words.size() > 1 ? words.get(1) : "";
        return switch (words.getFirst()) {
            case "passwd", "group" -> accounts(call, "/etc/" + words.getFirst(), key);
            case "hosts", "ahosts" -> host(call, key);
            default -> call.fail(1, "Unknown database: " + words.getFirst());
        };
    }

    private static int accounts(Call call, String file, String key) {
        List<String> lines = Lines.of(call.world().disk(), file).stream()
                .filter(line -> key.isEmpty() || line.startsWith(key + ":") || line.contains(":" + key + ":"))
                .toList();
        lines.forEach(call::out);
        return key.isEmpty() || !lines.isEmpty() ? 0 : NOT_FOUND;
    }

    private static int host(Call call, String name) {
        String address = call.world().texts("hosts").get(name);
        if (address == null && name.matches("[0-9.]+|.*:.*")) {
            address = name;
        }
        if (address == null) {
            return NOT_FOUND;
        }
        call.out(address + "      " + name);
        return 0;
    }
}
