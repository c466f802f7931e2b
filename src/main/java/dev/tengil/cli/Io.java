package dev.tengil.cli;

import dev.tengil.apply.Pauses;
import dev.tengil.cli.view.Rows.Window;
import dev.tengil.host.Host;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The world around a command, so that a test can give it another one.
 *
 * @param terminal whether standard output is a terminal that understands colours and cursor movement
 * @param interactive whether somebody can answer a question
 * @param columns width of the terminal, 80 when unknown
 * @param pauses how to wait before another try
 * @param hosts hosts that a test brings along, by the name they are asked for
 */
public record Io(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> env,
        Path directory,
        boolean terminal,
        boolean interactive,
        int columns,
        Pauses pauses,
        Map<String, Host> hosts) {

    /** What is narrower is not folded any more. */
    private static final int NARROWEST = 40;

    /** One that brings no hosts along. */
    public Io(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Map<String, String> env,
            Path directory,
            boolean terminal,
            boolean interactive,
            int columns,
            Pauses pauses) {
        this(in, out, err, env, directory, terminal, interactive, columns, pauses, Map.of());
    }

    /** One where waiting takes its time. */
    public Io(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Map<String, String> env,
            Path directory,
            boolean terminal,
            boolean interactive,
            int columns) {
        this(in, out, err, env, directory, terminal, interactive, columns, Pauses.REAL);
    }

    /** That of this process. */
    public static Io ofProcess(PrintStream stdout) {
        Map<String, String> env = System.getenv();
        // java.io.Console answers only for both streams together; the launcher looks at each.
        boolean out = "1".equals(env.get("TENGIL_STDOUT_TTY"));
        boolean in = "1".equals(env.get("TENGIL_STDIN_TTY"));
        boolean plain = env.containsKey("CI") || "dumb".equals(env.get("TERM")) || !out;
        return new Io(
                System.in,
                stdout,
                System.err,
                env,
                Path.of("").toAbsolutePath(),
                !plain,
                in && out && !env.containsKey("CI"),
                Math.max(NARROWEST, out ? window(env).columns() : columns(env.get("COLUMNS"))));
    }

    /** The person's own folder; where the variable says nothing, that of the account. */
    Path home() {
        String home = env.get("HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home", "/") : home);
    }

    /** Size of the terminal as the launcher found it. */
    private static Window window(Map<String, String> env) {
        Window window = WindowSize.parse(env.get("TENGIL_WINDOW"));
        return window != null ? window : new Window(columns(env.get("COLUMNS")), WindowSize.USUAL.lines());
    }

    private static int columns(@Nullable String text) {
        return text != null && text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : WindowSize.USUAL.columns();
    }

    /** Size of the terminal at the moment of each question. */
    Supplier<Window> window() {
        return new WindowSize(window(env));
    }
}
