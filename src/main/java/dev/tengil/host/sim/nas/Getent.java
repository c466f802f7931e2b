package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.World;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code getent passwd|group [NAME…]} and {@code getent hosts NAME…}. */
final class Getent implements Program {

    private static final int NOT_FOUND = 2;
    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
    private static final Pattern BYTES = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        if (words.isEmpty()) {
            return call.fail(1, "Usage: getent [OPTION...] database [key ...]");
        }
        int exit = 0;
        for (String key : words.size() > 1 ? words.subList(1, words.size()) : List.of("")) {
            int one = switch (words.getFirst()) {
                case "passwd", "group" -> accounts(call, "/etc/" + words.getFirst(), key);
                case "hosts", "ahosts" -> host(call, key);
                default -> {
                    call.out("Try `getent --help' or `getent --usage' for more information.");
                    yield call.fail(1, "Unknown database: " + words.getFirst());
                }
            };
            exit = Math.max(exit, one);
        }
        return exit;
    }

    private static int accounts(Call call, String file, String key) {
        List<String> lines = Lines.of(call.world().disk(), file).stream()
                .filter(line -> key.isEmpty() || line.startsWith(key + ":") || line.contains(":" + key + ":"))
                .toList();
        lines.forEach(call::out);
        return key.isEmpty() || !lines.isEmpty() ? 0 : NOT_FOUND;
    }

    private static int host(Call call, String name) {
        // An address is looked up, too: what it is called is printed behind it, and most are called nothing.
        boolean number = NUMBERS.matcher(name).matches() || name.indexOf(':') >= 0;
        String address = number ? name : address(call.world(), name);
        String called = !number ? name : name.equals(LOOPBACK) ? "localhost" : null;
        if (address == null || called == null) {
            return NOT_FOUND;
        }
        call.out(String.format(Locale.ROOT, "%-15s %s", address, called));
        return 0;
    }

    /** The address of a host by its name or itself; null when nobody knows it. */
    static @Nullable String address(World world, String name) {
        if (NUMBERS.matcher(name).matches()) {
            return BYTES.matcher(name).matches() ? name : null;
        }
        if (name.indexOf(':') >= 0) {
            return name;
        }
        return name.equals("localhost") ? LOOPBACK : world.texts("hosts").get(name);
    }
}
