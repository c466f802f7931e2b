package dev.tengil.cli;

import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import dev.tengil.model.VmId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where what a container has to say is kept, read piece by piece: it is asked again for what came since, in the same way on every host,
 * so that nothing runs on there when the one who watches goes away.
 */
sealed interface LogSource {

    /** What a person calls it. */
    String title();

    /** The last lines; null when there is nothing to read from. */
    @Nullable
    List<String> last(int lines) throws HostException;

    /** What was added since. */
    List<String> more() throws HostException;

    /** The file that LXC writes what the program prints into. */
    final class Printed implements LogSource {

        /** Enough to hold this many bytes for each line that is asked for. */
        private static final long USUAL_LINE = 512;

        private static final long LEAST = 256 * 1024;

        private final Host host;
        private final HostPath file;

        /** How much of it was read, up to the end of a line. */
        private long read;

        Printed(Host host, HostPath file) {
            this.host = host;
            this.file = file;
        }

        @Override
        public String title() {
            return file.value();
        }

        @Override
        public @Nullable List<String> last(int lines) throws HostException {
            long size = size();
            if (size < 0) {
                return null;
            }
            read = Math.max(0, size - Math.max(LEAST, lines * USUAL_LINE));
            List<String> all = new ArrayList<>(since());
            return all.subList(Math.max(0, all.size() - lines), all.size());
        }

        @Override
        public List<String> more() throws HostException {
            long size = size();
            if (size < read) {
                // It was emptied to be written anew.
                read = 0;
            }
            return size <= read ? List.of() : since();
        }

        private long size() throws HostException {
            Result result = host.run(
                    Command.reads("stat", "-c", "%s", "--", file.value()).withOkExits(0, 1));
            String size = result.out().strip();
            return result.exit() == 0 && size.matches("\\d{1,18}") ? Long.parseLong(size) : -1;
        }

        /** Whole lines alone: the rest of one comes when it has ended. */
        private List<String> since() throws HostException {
            Result result = host.run(Command.reads("tail", "-c", "+" + (read + 1), "--", file.value()));
            byte[] bytes = result.exit() == 0 ? result.stdout().toArray() : new byte[0];
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            read += end;
            return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** A journal: that of the container's own systemd, or the host's notes on its start and end. */
    final class Journal implements LogSource {

        private static final String CURSOR = "-- cursor: ";

        private final Host host;
        private final String title;
        private final List<String> program;
        private @Nullable String cursor;

        private Journal(Host host, String title, List<String> program) {
            this.host = host;
            this.title = title;
            this.program = program;
        }

        static Journal inside(Host host, VmId vmid) {
            return new Journal(
                    host, "the container's journal", words(List.of("pct", "exec", vmid.toString(), "--"), List.of()));
        }

        static Journal ofHost(Host host, VmId vmid) {
            return new Journal(host, "the host's journal", words(List.of(), List.of("-u", "pve-container@" + vmid)));
        }

        private static List<String> words(List<String> before, List<String> after) {
            List<String> words = new ArrayList<>(before);
            words.addAll(List.of("journalctl", "--no-pager", "--output=short-iso", "--show-cursor"));
            words.addAll(after);
            return words;
        }

        @Override
        public String title() {
            return title;
        }

        @Override
        public @Nullable List<String> last(int lines) throws HostException {
            return asked("-n", Integer.toString(lines));
        }

        @Override
        public List<String> more() throws HostException {
            String since = cursor;
            List<String> lines = since == null ? asked("-n", "0") : asked("--after-cursor=" + since);
            return lines == null ? List.of() : lines;
        }

        private @Nullable List<String> asked(String... words) throws HostException {
            List<String> argv = new ArrayList<>(program);
            argv.addAll(Arrays.asList(words));
            Result result = host.run(Command.reads(argv));
            if (result.exit() != 0) {
                return null;
            }
            List<String> lines = new ArrayList<>();
            for (String line : result.out().lines().toList()) {
                if (line.startsWith(CURSOR)) {
                    cursor = line.substring(CURSOR.length()).strip();
                } else if (cursor == null || !line.equals("-- No entries --")) {
                    lines.add(line);
                }
            }
            return lines;
        }
    }
}
