package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.pve.guest.Notes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code journalctl -u UNIT}: of a unit of the host it shows when it was started, and of a container how it ended. */
final class Journalctl implements Program {

    private static final Set<String> FLAGS =
            Set.of("--no-pager", "-q", "--quiet", "-e", "-x", "-b", "-r", "--utc", "--show-cursor");
    private static final String AFTER = "--after-cursor=s=";

    @Override
    public int run(Call call) {
        List<String> units = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        int after = 0;
        List<String> words = call.arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if ((word.equals("-u")
                            || word.equals("--unit")
                            || word.equals("-n")
                            || word.equals("--lines")
                            || word.equals("-o"))
                    && i + 1 < words.size()) {
                String value = words.get(++i);
                if (word.equals("-u") || word.equals("--unit")) {
                    units.add(Units.full(value));
                }
            } else if (word.startsWith(AFTER)) {
                after = Integer.parseInt(word.substring(AFTER.length()));
            } else if (word.startsWith("--unit=")) {
                units.add(Units.full(word.substring("--unit=".length())));
            } else if (!FLAGS.contains(word) && !word.startsWith("--output=") && !word.startsWith("--lines=")) {
                return call.fail(1, "journalctl: unrecognized option '" + word + "'");
            }
        }
        for (String unit : units) {
            String guest = unit.replaceAll("^pve-container@(\\d+)\\.service$", "$1");
            String row = call.world().texts("running").get(guest);
            if (row != null) {
                Instant start = Instant.ofEpochSecond(Long.parseLong(row.substring(row.indexOf(' ') + 1)));
                String time = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT)
                        .format(start.atOffset(ZoneOffset.UTC));
                lines.add(time + " " + call.world().node() + " systemd[1]: Started " + unit + " - PVE LXC Container: "
                        + guest + ".");
            }
            for (String note : Notes.of(call.world(), guest)) {
                lines.add((words.contains("--output=cat") ? "" : call.world().node() + " systemd[1]: ") + note);
            }
        }
        List<String> since = lines.subList(Math.min(after, lines.size()), lines.size());
        since.forEach(call::out);
        if (since.isEmpty()) {
            call.out("-- No entries --");
        }
        if (words.contains("--show-cursor")) {
            call.out("-- cursor: s=" + lines.size());
        }
        return 0;
    }
}
