package dev.tengil.resource.facts;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.HostException;
import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Reads owners, modes, ACLs, and whether something lies in a directory, with one {@code stat}, one {@code getfacl} and one {@code find}
 * for all paths. They go through standard input, because the whole command line is one argument on the way through ssh, and the kernel
 * bounds an argument at 128 KiB.
 */
final class PathFacts {

    /** Of {@code xargs}, when a program that it started exited 1 to 125: some path is not there. */
    private static final int SOME_FAILED = 123;

    private PathFacts() {}

    static SortedMap<HostPath, PathInfo> look(Questions ask, Collection<HostPath> paths) throws HostException {
        Future<Questions.Answer> stat = ask.command(each(paths, "stat", "--printf=%F|%a|%u|%g|%n\\n", "--"));
        Future<Questions.Answer> acls = ask.command(each(paths, "getfacl", "-n", "-p", "-s", "--"));
        // Paths stand in the middle of a find.
        Future<Questions.Answer> occupied =
                ask.command(each(paths, "sh", "-c", "find \"$@\" -maxdepth 0 -type d ! -empty -print", "find"));
        SortedMap<HostPath, PathInfo> found = new TreeMap<>();
        Questions.Answer answer = ask.answer(stat);
        for (String line : answer.text().lines().toList()) {
            String[] cells = line.split("\\|", 5);
            if (cells.length == 5 && HostPath.parse(cells[4]) instanceof Parsed.Ok<HostPath>(HostPath path)) {
                found.put(
                        path,
                        new PathInfo(
                                type(cells[0]),
                                Integer.parseInt(cells[1], 8),
                                Integer.parseUnsignedInt(cells[2]),
                                Integer.parseUnsignedInt(cells[3]),
                                List.of(),
                                false));
            } else {
                Observer.unreadable(ask.diagnostics(), answer.command(), "\"" + line + "\"");
            }
        }
        addAcls(ask.answer(acls).text(), found);
        for (String line : ask.answer(occupied).text().lines().toList()) {
            if (HostPath.parse(line) instanceof Parsed.Ok<HostPath>(HostPath path)) {
                found.computeIfPresent(path, (_, info) -> info.withSomethingIn());
            }
        }
        return found;
    }

    private static Command each(Collection<HostPath> paths, String... program) {
        List<String> argv = new ArrayList<>(List.of("xargs", "-0", "-r"));
        argv.addAll(List.of(program));
        String input = paths.stream().map(path -> path.value() + "\0").collect(Collectors.joining());
        return Command.reads(argv).withStdin(Bytes.utf8(input)).withOkExits(0, SOME_FAILED);
    }

    private static PathInfo.Type type(String word) {
        return switch (word) {
            case "regular file", "regular empty file" -> PathInfo.Type.FILE;
            case "directory" -> PathInfo.Type.DIRECTORY;
            case "symbolic link" -> PathInfo.Type.SYMLINK;
            case "character special file" -> PathInfo.Type.CHARACTER_DEVICE;
            case "block special file" -> PathInfo.Type.BLOCK_DEVICE;
            default -> PathInfo.Type.OTHER;
        };
    }

    /** Blocks of {@code getfacl}: a comment names the file, entries follow, an effective right may stand behind a tab. */
    private static void addAcls(String text, SortedMap<HostPath, PathInfo> found) {
        HostPath path = null;
        List<String> entries = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("# file: ")) {
                path = HostPath.parse(line.substring("# file: ".length()).replace("\\040", " "))
                                instanceof Parsed.Ok<HostPath>(HostPath parsed)
                        ? parsed
                        : null;
                entries = new ArrayList<>();
            } else if (line.isEmpty()) {
                PathInfo info = path == null ? null : found.get(path);
                if (path != null && info != null) {
                    found.put(path, info.withAcl(extended(entries)));
                }
                path = null;
            } else if (!line.startsWith("#")) {
                entries.add(line.split("\t", -1)[0]);
            }
        }
    }

    /** What mode bits cannot say: with an ACL, also the group's own rights, which the mask hides from the mode. */
    private static List<String> extended(List<String> entries) {
        boolean masked = entries.stream().anyMatch(entry -> entry.startsWith("mask:"));
        return entries.stream()
                .filter(entry -> !entry.startsWith("user::") && !entry.startsWith("other::"))
                .filter(entry -> masked || !entry.startsWith("group::"))
                .toList();
    }
}
