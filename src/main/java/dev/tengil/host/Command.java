package dev.tengil.host;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One program start on a host, as data: argv, never shell text.
 *
 * @param argv program name first, at least one element, no NUL in any
 * @param stdin bytes given to the program, empty for none; may hold secrets
 * @param deadline after which the whole process group is killed
 * @param mutates whether it may change the host; such commands run under the shared {@code ops.lock}
 * @param okExits exit codes that mean success; Proxmox's others are arbitrary and mean only "failed"
 * @param redactions texts never shown in logs, errors or transcripts of this command
 */
public record Command(
        List<String> argv,
        Bytes stdin,
        Duration deadline,
        boolean mutates,
        Set<Integer> okExits,
        Set<String> redactions) {

    /** Long enough for one zfs or pct call on a busy machine; pulls and unpacking set their own. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(2);

    public Command {
        argv = List.copyOf(argv);
        okExits = Set.copyOf(okExits);
        redactions = Set.copyOf(redactions);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        for (String arg : argv) {
            if (arg.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("argv cannot carry NUL");
            }
        }
    }

    /** A command that only looks. */
    public static Command reads(String... argv) {
        return reads(Arrays.asList(argv));
    }

    /** A command that only looks. */
    public static Command reads(List<String> argv) {
        return new Command(argv, Bytes.EMPTY, DEFAULT_DEADLINE, false, Set.of(0), Set.of());
    }

    /** A command that changes the host. */
    public static Command changes(String... argv) {
        return changes(Arrays.asList(argv));
    }

    /** A command that changes the host. */
    public static Command changes(List<String> argv) {
        return new Command(argv, Bytes.EMPTY, DEFAULT_DEADLINE, true, Set.of(0), Set.of());
    }

    /** The program's name: the first word. */
    public String program() {
        return argv.getFirst();
    }

    /** The same command with these bytes on standard input. */
    public Command withStdin(Bytes bytes) {
        return new Command(argv, bytes, deadline, mutates, okExits, redactions);
    }

    /** The same command, killed after this time. */
    public Command withDeadline(Duration limit) {
        return new Command(argv, stdin, limit, mutates, okExits, redactions);
    }

    /** The same command, with these exit codes counted as success. */
    public Command withOkExits(Integer... codes) {
        return new Command(argv, stdin, deadline, mutates, Set.of(codes), redactions);
    }

    /** The same command, with these texts hidden wherever it is shown. */
    public Command withRedactions(Set<String> texts) {
        return new Command(argv, stdin, deadline, mutates, okExits, texts);
    }
}
