package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import java.util.ArrayList;
import java.util.List;

/** {@code dpkg-query -W -f FORMAT PACKAGE…}. */
final class DpkgQuery implements Program {

    @Override
    public int run(Call call) {
        String format = "${Package}\t${Version}\n";
        List<String> names = new ArrayList<>();
        List<String> words = call.arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-f") && i + 1 < words.size()) {
                format = words.get(++i);
            } else if (word.startsWith("-f")) {
                format = word.substring(2);
            } else if (!word.equals("-W") && !word.equals("--")) {
                names.add(word);
            }
        }
        int exit = 0;
        for (String name : names) {
            String version = call.world().texts("packages").get(name);
            if (version == null) {
                call.err("dpkg-query: no packages found matching " + name);
                exit = 1;
            } else {
                call.print(format.replace("\\n", "\n")
                        .replace("${Package}", name)
                        .replace("${Version}", version)
                        .replace("${db:Status-Status}", "installed")
                        .replace("${Status}", "install ok installed"));
            }
        }
        return exit;
    }
}
