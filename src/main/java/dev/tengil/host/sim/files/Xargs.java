package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.Programs;
import java.util.ArrayList;
import java.util.List;

/** {@code xargs -0 [-r] PROGRAM [WORD…]}: starts a program with the names from standard input, which NULs end, behind its words. */
final class Xargs implements Program {

    private static final int SOME_FAILED = 123;
    private static final int NOT_FOUND = 127;

    private final Programs programs;

    Xargs(Programs programs) {
        this.programs = programs;
    }

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        int first = 0;
        while (first < words.size() && words.get(first).startsWith("-")) {
            first++;
        }
        List<String> options = words.subList(0, first);
        if (!options.contains("-0") || !List.of("-0", "-r").containsAll(options) || first == words.size()) {
            return call.fail(1, "xargs: the simulated host knows only xargs -0 [-r] PROGRAM [WORD...]");
        }
        List<String> names = new ArrayList<>(List.of(call.stdin().text().split("\0", -1)));
        names.removeLast();
        if (names.isEmpty() && options.contains("-r")) {
            return 0;
        }
        String program = words.get(first);
        if (!programs.has(program)) {
            return call.fail(NOT_FOUND, "xargs: " + program + ": No such file or directory");
        }
        List<String> started = new ArrayList<>(words.subList(first, words.size()));
        started.addAll(names);
        return call.exec(programs, started, call.stdin()) == 0 ? 0 : SOME_FAILED;
    }
}
