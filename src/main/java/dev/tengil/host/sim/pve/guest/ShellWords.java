package dev.tengil.host.sim.pve.guest;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Joins an image's argv to one line as Proxmox does: single quotes around whatever a shell might touch. */
final class ShellWords {

    private static final Pattern SAFE = Pattern.compile("[\\w!%+,./:=@^-]+");

    private ShellWords() {}

    static String join(List<String> argv) {
        return argv.stream()
                .map(word -> SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
