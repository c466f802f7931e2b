package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code find PATH… [-xdev] [-mindepth N] [-maxdepth N] [[!] -empty|-type|-name|-uid|-gid|-perm VALUE]… [-quit] [-print0|-printf FORMAT]}. */
final class Find implements Program {

    /** A condition on a path and what stands there. */
    private interface Condition extends BiPredicate<String, Inode> {}

    @Override
    public int run(Call call) {
        return new Search(call).run();
    }

    private static final class Search {
        private final Call call;
        private final Disk disk;
        private final List<String> roots = new ArrayList<>();
        private final List<Condition> conditions = new ArrayList<>();
        private int least;
        private int most = Integer.MAX_VALUE;
        private boolean oneFileSystem;
        private boolean first;
        private boolean done;
        private String format = "%p\n";

        Search(Call call) {
            this.call = call;
            this.disk = call.world().disk();
        }

        int run() {
            Iterator<String> words = call.arguments().iterator();
            boolean expression = false;
            while (words.hasNext()) {
                String word = words.next();
                expression |= word.startsWith("-") || word.equals("!");
                if (!expression) {
                    roots.add(word);
                    continue;
                }
                String problem = word(word, words);
                if (problem != null) {
                    return call.fail(1, "find: " + problem);
                }
            }
            int exit = 0;
            for (String root : roots) {
                Inode inode = disk.get(root);
                if (inode == null) {
                    exit = call.fail(1, "find: " + Words.typographic(root) + ": No such file or directory");
                } else {
                    visit(root, inode, 0, disk.datasetOf(root));
                }
            }
            return exit;
        }

        private @Nullable String word(String word, Iterator<String> words) {
            switch (word) {
                case "-xdev", "-mount" -> oneFileSystem = true;
                case "-quit" -> first = true;
                case "-print" -> format = "%p\n";
                case "-empty" -> conditions.add(this::isEmpty);
                case "-print0" -> format = "%p\0";
                case "!", "-not" -> {
                    if (!words.hasNext()) {
                        return "expected an expression after '" + word + "'";
                    }
                    int before = conditions.size();
                    String problem = word(words.next(), words);
                    if (problem != null) {
                        return problem;
                    }
                    for (int i = before; i < conditions.size(); i++) {
                        Condition positive = conditions.get(i);
                        conditions.set(i, (path, inode) -> !positive.test(path, inode));
                    }
                }
                default -> {
                    if (!word.matches("-(mindepth|maxdepth|type|name|uid|gid|perm|printf)")) {
                        return "unknown predicate `" + word + "'";
                    }
                    if (!words.hasNext()) {
                        return "missing argument to `" + word + "'";
                    }
                    return valued(word, words.next());
                }
            }
            return null;
        }

        private @Nullable String valued(String word, String value) {
            boolean number = value.matches("\\d{1,9}");
            if (!number && word.matches("-(mindepth|maxdepth)")) {
                return "Expected a positive decimal integer argument to " + word + ", but got "
                        + Words.typographic(value);
            }
            if (!number && word.matches("-(uid|gid)")) {
                return "invalid argument `" + value + "' to `" + word + "'";
            }
            switch (word) {
                case "-mindepth" -> least = Integer.parseInt(value);
                case "-maxdepth" -> most = Integer.parseInt(value);
                case "-printf" ->
                    format = value.replace("\\n", "\n").replace("\\0", "\0").replace("\\t", "\t");
                case "-uid" -> conditions.add((path, inode) -> inode.uid() == Integer.parseInt(value));
                case "-gid" -> conditions.add((path, inode) -> inode.gid() == Integer.parseInt(value));
                case "-type" -> conditions.add((path, inode) -> letter(inode).equals(value));
                case "-perm" -> {
                    if (!value.matches("[0-7]{1,4}")) {
                        return "invalid mode `" + value + "'";
                    }
                    conditions.add((path, inode) -> inode.mode() == Integer.parseInt(value, 8));
                }
                default -> {
                    Pattern glob = Pattern.compile(
                            ("\\Q" + value + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), Pattern.DOTALL);
                    conditions.add((path, inode) -> glob.matcher(path.substring(path.lastIndexOf('/') + 1))
                            .matches());
                }
            }
            return null;
        }

        private void visit(String path, Inode inode, int depth, @Nullable String dataset) {
            if (depth >= least && conditions.stream().allMatch(condition -> condition.test(path, inode))) {
                call.print(format.replace("%p", path)
                        .replace("%U", Integer.toUnsignedString(inode.uid()))
                        .replace("%G", Integer.toUnsignedString(inode.gid()))
                        .replace("%m", Integer.toOctalString(inode.mode()))
                        .replace("%y", letter(inode)));
                done = first;
            }
            if (inode.kind() != Inode.Kind.DIRECTORY || depth >= most) {
                return;
            }
            for (String name : disk.list(path)) {
                String child = path.endsWith("/") ? path + name : path + "/" + name;
                Inode below = disk.get(child);
                boolean elsewhere = oneFileSystem && !java.util.Objects.equals(disk.datasetOf(child), dataset);
                if (below != null && !elsewhere && !done) {
                    visit(child, below, depth + 1, dataset);
                }
            }
        }

        private boolean isEmpty(String path, Inode inode) {
            return switch (inode.kind()) {
                case DIRECTORY -> disk.list(path).isEmpty();
                case FILE -> inode.content().size() == 0;
                case SYMLINK, CHARACTER_DEVICE, BLOCK_DEVICE -> false;
            };
        }

        private static String letter(Inode inode) {
            return switch (inode.kind()) {
                case FILE -> "f";
                case DIRECTORY -> "d";
                case SYMLINK -> "l";
                case CHARACTER_DEVICE -> "c";
                case BLOCK_DEVICE -> "b";
            };
        }
    }
}
