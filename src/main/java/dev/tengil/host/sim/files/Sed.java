package dev.tengil.host.sim.files;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.List;

/** {@code sed -i '$a LINE' FILE}: a line put at the end of a file whose content is not known beforehand. */
final class Sed implements Program {

    private static final String APPEND = "$a ";

    @Override
    public int run(Call call) {
        List<String> words =
                call.arguments().stream().filter(word -> !word.equals("--")).toList();
        if (words.size() != 3 || !words.getFirst().equals("-i") || !words.get(1).startsWith(APPEND)) {
            return call.fail(1, "sed: the simulated host knows sed only for putting a line at the end of a file");
        }
        String path = words.get(2);
        Inode file = call.world().disk().follow(path);
        if (file == null) {
            return call.fail(2, "sed: can't read " + path + ": No such file or directory");
        }
        if (file.content().isEmpty()) {
            // Without a last line there is none to put another behind, as with the real one.
            return 0;
        }
        String text = file.content().latin1();
        String line = Bytes.utf8(words.get(1).substring(APPEND.length())).latin1();
        call.world()
                .disk()
                .write(path, Bytes.latin1(text + (text.endsWith("\n") ? "" : "\n") + line + "\n"), file.mode());
        return 0;
    }
}
