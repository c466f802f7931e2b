package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.List;

/** {@code stat -c FORMAT}; links are not followed unless {@code -L} is given. */
final class Stat implements Program {

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        String format = null;
        boolean follow = false;
        int i = 0;
        for (; i < words.size() && words.get(i).startsWith("-"); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                i++;
                break;
            }
            if (word.equals("-c") && i + 1 < words.size()) {
                format = words.get(++i) + "\n";
            } else if (word.startsWith("--format=")) {
                format = word.substring("--format=".length()) + "\n";
            } else if (word.startsWith("--printf=")) {
                format = word.substring("--printf=".length())
                        .replace("\\n", "\n")
                        .replace("\\0", "\0")
                        .replace("\\t", "\t");
            } else if (word.equals("-L") || word.equals("--dereference")) {
                follow = true;
            } else {
                return call.fail(1, Words.complaint("stat", word));
            }
        }
        if (format == null) {
            return call.fail(1, "stat: the simulated host knows stat only with -c or --printf");
        }
        int exit = 0;
        for (String path : words.subList(Math.min(i, words.size()), words.size())) {
            Inode inode = follow
                    ? call.world().disk().follow(path)
                    : call.world().disk().get(path);
            if (inode == null) {
                call.err("stat: cannot statx " + Words.quoted(path) + ": No such file or directory");
                exit = 1;
            } else {
                call.print(filled(format, path, inode));
            }
        }
        return exit;
    }

    private static String filled(String format, String path, Inode inode) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            out.append(
                    switch (format.charAt(++i)) {
                        case 'n' -> path;
                        case 'F' -> type(inode);
                        case 'a' -> Integer.toOctalString(inode.mode());
                        case 'u' -> Integer.toUnsignedString(inode.uid());
                        case 'g' -> Integer.toUnsignedString(inode.gid());
                        case 's' -> Integer.toString(inode.content().size());
                        case 'Y' -> Long.toString(inode.modified());
                        case '%' -> "%";
                        default -> "?";
                    });
        }
        return out.toString();
    }

    private static String type(Inode inode) {
        return switch (inode.kind()) {
            case FILE -> inode.content().isEmpty() ? "regular empty file" : "regular file";
            case DIRECTORY -> "directory";
            case SYMLINK -> "symbolic link";
            case CHARACTER_DEVICE -> "character special file";
            case BLOCK_DEVICE -> "block special file";
        };
    }
}
