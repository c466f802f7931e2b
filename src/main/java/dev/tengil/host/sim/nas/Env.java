package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.Programs;
import java.util.List;

/** {@code env NAME=VALUE… PROGRAM…}: the simulated programs know no environment, so it only starts the program. */
final class Env implements Program {

    private final Programs programs;

    Env(Programs programs) {
        this.programs = programs;
    }

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        int first = 0;
        while (first < words.size() && words.get(first).matches("[A-Za-z_][A-Za-z0-9_]*=.*")) {
            first++;
        }
        return first == words.size() ? 0 : call.exec(programs, words.subList(first, words.size()), call.stdin());
    }
}
