package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Inode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The plain programs of a container with which one sees who may do what with which file; they speak as BusyBox does. */
final class GuestTools {

    private static final Set<String> NAMES = Set.of(
            "id", "ls", "cat", "touch", "rm", "chown", "chmod", "mkdir", "test", "[", "echo", "env", "true", "false",
            "tr", "sleep");

    private final GuestFiles files;
    private final List<String> env;
    private final String entrypoint;

    /**
     * @param env items that the program is started with
     * @param entrypoint the command line of process 1
     */
    GuestTools(GuestFiles files, List<String> env, String entrypoint) {
        this.files = files;
        this.env = env;
        this.entrypoint = entrypoint;
    }

    /** What a program did. */
    record Done(int exit, String out, String err) {
        static Done of(String out) {
            return new Done(0, out, "");
        }

        static Done failed(int exit, String complaint) {
            return new Done(exit, "", complaint + "\n");
        }
    }

    List<String> env() {
        return env;
    }

    GuestFiles files() {
        return files;
    }

    static boolean has(String name) {
        return NAMES.contains(name);
    }

    /** Runs one; null when it is none of these. */
    @Nullable
    Done run(List<String> argv, String input) {
        List<String> words = argv.subList(1, argv.size());
        String name = argv.getFirst().substring(argv.getFirst().lastIndexOf('/') + 1);
        return switch (name) {
            case "true", "sleep" -> Done.of("");
            case "false" -> new Done(1, "", "");
            case "id" -> Done.of("uid=0(root) gid=0(root)\n");
            case "env" -> Done.of(env.stream().map(item -> item + "\n").collect(Collectors.joining()));
            case "echo" -> Done.of(String.join(" ", words) + "\n");
            case "tr" -> Done.of(input.replace(plain(words.getFirst()), plain(words.getLast())));
            case "test" -> test(words);
            case "[" -> test(words.subList(0, Math.max(0, words.size() - 1)));
            case "ls" -> ls(words);
            case "cat" -> words.isEmpty() ? Done.of(input) : cat(operands(words));
            case "touch" -> each("touch", operands(words), "%s: %s", this::touch);
            case "mkdir" ->
                each(
                        "mkdir",
                        operands(words),
                        "can't create directory '%s': %s",
                        path -> options(words).contains("p") ? makeAll(path) : files.mkdir(path));
            case "rm" ->
                each("rm", operands(words), "can't remove '%s': %s", path -> {
                    String refused = files.remove(path);
                    return options(words).contains("f") && GuestFiles.MISSING.equals(refused) ? null : refused;
                });
            case "chown" -> chown(operands(words));
            case "chmod" -> {
                List<String> operands = operands(words);
                yield operands.getFirst().matches("[0-7]{3,4}")
                        ? each(
                                "chmod",
                                operands.subList(1, operands.size()),
                                "%s: %s",
                                path -> files.chmod(path, Integer.parseInt(operands.getFirst(), 8)))
                        : Done.of("");
            }
            default -> null;
        };
    }

    private static String plain(String text) {
        return text.equals("\\0") ? "\0" : text.equals("\\n") ? "\n" : text;
    }

    private static List<String> operands(List<String> words) {
        return words.stream().filter(word -> !word.startsWith("-")).toList();
    }

    private static String options(List<String> words) {
        return words.stream().filter(word -> word.startsWith("-")).collect(Collectors.joining());
    }

    private Done each(String program, List<String> paths, String complaint, Function<String, @Nullable String> work) {
        StringBuilder err = new StringBuilder();
        for (String path : paths) {
            // Where the host sees nothing of the container's files nothing can be refused.
            String refused = files.place(path) == null ? null : work.apply(path);
            if (refused != null) {
                err.append(program)
                        .append(": ")
                        .append(complaint.formatted(path, refused))
                        .append('\n');
            }
        }
        return new Done(err.isEmpty() ? 0 : 1, "", err.toString());
    }

    private @Nullable String touch(String path) {
        GuestFiles.Seen there = files.seen(path);
        return there == null ? files.write(path, Bytes.EMPTY) : files.refusesWrite(path);
    }

    private @Nullable String makeAll(String path) {
        if (files.seen(path) != null || path.equals("/")) {
            return null;
        }
        String above = makeAll(GuestFiles.parent(path));
        return above == null ? files.mkdir(path) : above;
    }

    private Done chown(List<String> words) {
        if (words.size() < 2 || !words.getFirst().matches("\\d*:?\\d*")) {
            return Done.of("");
        }
        String[] ids = words.getFirst().split(":", -1);
        int uid = ids[0].isEmpty() ? -1 : Integer.parseInt(ids[0]);
        int gid = ids.length < 2 || ids[1].isEmpty() ? -1 : Integer.parseInt(ids[1]);
        return each("chown", words.subList(1, words.size()), "%s: %s", path -> files.chown(path, uid, gid));
    }

    private Done test(List<String> words) {
        if (words.size() == 2) {
            GuestFiles.Seen seen = files.seen(words.getLast());
            boolean yes = switch (words.getFirst()) {
                case "-e" -> seen != null;
                case "-f" -> seen != null && seen.inode().kind() == Inode.Kind.FILE;
                case "-d" -> seen != null && seen.inode().kind() == Inode.Kind.DIRECTORY;
                case "-w" -> seen != null && files.refusesWrite(words.getLast()) == null;
                case "-r" -> seen != null && files.refusesRead(words.getLast()) == null;
                case "-n" -> !words.getLast().isEmpty();
                case "-z" -> words.getLast().isEmpty();
                default -> true;
            };
            return new Done(yes ? 0 : 1, "", "");
        }
        boolean same = words.size() == 3 && words.getFirst().equals(words.getLast());
        return new Done(words.size() != 3 || same == !words.get(1).equals("!=") ? 0 : 1, "", "");
    }

    private Done cat(List<String> paths) {
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        for (String path : paths) {
            if (path.equals("/proc/1/cmdline")) {
                out.append(entrypoint.replace(' ', '\0')).append('\0');
                continue;
            }
            GuestFiles.Seen seen = files.seen(path);
            String refused = seen == null ? GuestFiles.MISSING : files.refusesRead(path);
            if (refused != null) {
                err.append("cat: can't open '")
                        .append(path)
                        .append("': ")
                        .append(refused)
                        .append('\n');
            } else if (seen != null) {
                out.append(seen.inode().content().text());
            }
        }
        return new Done(err.isEmpty() ? 0 : 1, out.toString(), err.toString());
    }

    private Done ls(List<String> words) {
        String options = options(words);
        List<String> paths = new ArrayList<>(operands(words));
        paths.sort(null);
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        boolean several = paths.size() > 1;
        for (String path : paths) {
            GuestFiles.Seen seen = files.seen(path);
            if (seen == null) {
                err.append("ls: ")
                        .append(path)
                        .append(": ")
                        .append(GuestFiles.MISSING)
                        .append('\n');
            } else if (options.contains("d") || seen.inode().kind() != Inode.Kind.DIRECTORY) {
                out.append(line(options, seen, path));
            } else if (files.refusesRead(path) != null) {
                err.append("ls: can't open '")
                        .append(path)
                        .append("': ")
                        .append(GuestFiles.DENIED)
                        .append('\n');
            } else {
                out.append(several ? (out.isEmpty() ? "" : "\n") + path + ":\n" : "");
                directory(out, options, path);
            }
        }
        return new Done(err.isEmpty() ? 0 : 1, out.toString(), err.toString());
    }

    private void directory(StringBuilder out, String options, String path) {
        List<String> names = new ArrayList<>();
        if (options.contains("a")) {
            names.addAll(List.of(".", ".."));
        }
        files.list(path).stream()
                .filter(name -> options.contains("a") || options.contains("A") || !name.startsWith("."))
                .forEach(names::add);
        out.append(options.contains("l") ? "total " + names.size() + "\n" : "");
        for (String name : names) {
            String whole = name.equals(".") ? path : name.equals("..") ? GuestFiles.parent(path) : path + "/" + name;
            GuestFiles.Seen seen = files.seen(whole.replace("//", "/"));
            if (seen != null) {
                out.append(line(options, seen, name));
            }
        }
    }

    private String line(String options, GuestFiles.Seen seen, String name) {
        if (!options.contains("l")) {
            return name + "\n";
        }
        Inode inode = seen.inode();
        boolean directory = inode.kind() == Inode.Kind.DIRECTORY;
        return String.format(
                Locale.ROOT,
                "%s    %d %-8s %-8s %9d %s %s%n",
                Inode.letters(inode),
                directory ? 2 : 1,
                owner(options, seen.uid()),
                owner(options, seen.gid()),
                directory ? 2 : inode.content().size(),
                DateTimeFormatter.ofPattern("MMM dd HH:mm", Locale.ROOT)
                        .format(Instant.ofEpochSecond(inode.modified()).atOffset(ZoneOffset.UTC)),
                name);
    }

    private static String owner(String options, int id) {
        return id == 0 && !options.contains("n") ? "root" : Integer.toString(id);
    }

    /** Variables by name, for a shell. */
    Map<String, String> variables() {
        return env.stream()
                .filter(item -> item.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        item -> item.substring(0, item.indexOf('=')),
                        item -> item.substring(item.indexOf('=') + 1),
                        (first, later) -> later));
    }
}
