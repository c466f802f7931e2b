package dev.tengil.host.sim.files;

import dev.tengil.host.MakeDirectory;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.Programs;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code sh -c 'PROGRAM "$@" WORD…' NAME [ARGUMENT…]}: one program around the arguments; of other shell texts only those
 * that tengil sends are known, by their very words.
 */
final class Sh implements Program {

    private static final String ARGUMENTS = "\"$@\"";
    private static final String SPECIAL = "\"'`$\\|&;<>()*?[]{}~#";

    private final Programs programs;

    Sh(Programs programs) {
        this.programs = programs;
    }

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        if (words.size() < 3 || !words.getFirst().equals("-c")) {
            return call.fail(2, "sh: the simulated host knows only sh -c 'PROGRAM \"$@\" WORD...' NAME [ARGUMENT...]");
        }
        if (words.size() == 7 && words.get(1).equals(MakeDirectory.SCRIPT)) {
            return Descent.run(call, programs, words.subList(3, words.size()));
        }
        List<String> started = new ArrayList<>();
        for (String word : words.get(1).split(" +", -1)) {
            if (word.equals(ARGUMENTS)) {
                started.addAll(words.subList(3, words.size()));
            } else if (word.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0)) {
                return call.fail(2, "sh: the simulated host does not know " + word);
            } else {
                started.add(word);
            }
        }
        return call.exec(programs, started, call.stdin());
    }
}
