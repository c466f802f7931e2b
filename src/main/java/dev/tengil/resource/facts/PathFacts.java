package dev.tengil.resource.facts;

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

/**
 * Reads owners, modes, ACLs, and whether something lies in a directory, with one {@code stat}, one {@code getfacl} and one {@code find}
 * for as many paths as a command line holds.
 */
final class PathFacts {

    /** Well below what the kernel takes for all arguments together (2 MiB with the default stack). */
    private static final int LONGEST_COMMAND = 1 << 20;

    private PathFacts() {}

    static SortedMap<HostPath, PathInfo> look(Questions ask, Collection<HostPath> paths) throws HostException {
        List<Future<Questions.Answer>> stats = new ArrayList<>();
        List<Future<Questions.Answer>> acls = new ArrayList<>();
        List<Future<Questions.Answer>> occupied = new ArrayList<>();
        for (List<String> batch : batches(paths)) {
            // A path that does not exist makes all of them exit 1, which is an answer too.
            stats.add(ask.command(command(List.of("stat", "--printf=%F|%a|%u|%g|%n\\n", "--"), batch)));
            acls.add(ask.command(command(List.of("getfacl", "-n", "-p", "-s", "--"), batch)));
            List<String> find = new ArrayList<>(List.of("find"));
            find.addAll(batch);
            occupied.add(ask.command(command(find, List.of("-maxdepth", "0", "-type", "d", "!", "-empty", "-print"))));
        }
        SortedMap<HostPath, PathInfo> found = new TreeMap<>();
        for (Future<Questions.Answer> stat : stats) {
            Questions.Answer answer = ask.answer(stat);
            for (String line : answer.text().lines().toList()) {
                String[] cells = line.split("\\|", 5);
                if (cells.length == 5 && HostPath.parse(cells[4]) instanceof Parsed.Ok<HostPath>(HostPath path)) {
                    found.put(
                            path,
                            new PathInfo(
                                    type(cells[0]),
                                    Integer.parseInt(cells[1], 8),
                                    Integer.parseInt(cells[2]),
                                    Integer.parseInt(cells[3]),
                                    List.of(),
                                    false));
                } else {
                    Observer.unreadable(ask.diagnostics(), answer.command(), "\"" + line + "\"");
                }
            }
        }
        for (Future<Questions.Answer> acl : acls) {
            addAcls(ask.answer(acl).text(), found);
        }
        for (Future<Questions.Answer> directories : occupied) {
            for (String line : ask.answer(directories).text().lines().toList()) {
                if (HostPath.parse(line) instanceof Parsed.Ok<HostPath>(HostPath path)) {
                    found.computeIfPresent(path, (_, info) -> info.withSomethingIn());
                }
            }
        }
        return found;
    }

    private static Command command(List<String> head, List<String> paths) {
        List<String> argv = new ArrayList<>(head);
        argv.addAll(paths);
        return Command.reads(argv).withOkExits(0, 1);
    }

    private static List<List<String>> batches(Collection<HostPath> paths) {
        List<List<String>> batches = new ArrayList<>();
        List<String> batch = new ArrayList<>();
        int length = 0;
        for (HostPath path : paths) {
            if (length + path.value().length() > LONGEST_COMMAND) {
                batches.add(batch);
                batch = new ArrayList<>();
                length = 0;
            }
            batch.add(path.value());
            length += path.value().length() + 1;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
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
