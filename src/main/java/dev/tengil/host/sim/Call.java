package dev.tengil.host.sim;

import dev.tengil.host.Bytes;
import java.util.List;
import java.util.function.Consumer;

/** One start of a program: what it was given, and where its output goes. */
public final class Call {

    private final World world;
    private final List<String> argv;
    private final Bytes stdin;
    private final Consumer<String> eachLine;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();

    /**
     * @param argv the program's name first
     * @param eachLine given every complete line of standard output at once
     */
    public Call(World world, List<String> argv, Bytes stdin, Consumer<String> eachLine) {
        this.world = world;
        this.argv = List.copyOf(argv);
        this.stdin = stdin;
        this.eachLine = eachLine;
    }

    public World world() {
        return world;
    }

    /** All words, the program's name first. */
    public List<String> argv() {
        return argv;
    }

    /** The words behind the program's name. */
    public List<String> arguments() {
        return argv.subList(1, argv.size());
    }

    public Bytes stdin() {
        return stdin;
    }

    /** Prints a line. */
    public void out(String line) {
        out.append(line).append('\n');
        eachLine.accept(line);
    }

    /** Prints text as it is. */
    public void print(String text) {
        out.append(text);
        text.lines().forEach(eachLine);
    }

    /** Prints a line on standard error. */
    public void err(String line) {
        err.append(line).append('\n');
        eachLine.accept(line);
    }

    /** Complains and gives the exit code, for {@code return call.fail(1, "…")}. */
    public int fail(int exit, String line) {
        err(line);
        return exit;
    }

    /** Another program of the same world, in the same call: its output joins this one's. */
    public int exec(Programs programs, List<String> words, Bytes input) {
        Call inner = new Call(world, words, input, eachLine);
        int exit = programs.run(inner);
        out.append(inner.out);
        err.append(inner.err);
        return exit;
    }

    String outText() {
        return out.toString();
    }

    String errText() {
        return err.toString();
    }
}
