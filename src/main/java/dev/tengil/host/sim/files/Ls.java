package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code ls [-aAdln1] [PATH…]}, one name a line, as ls does when its output is no terminal. */
final class Ls implements Program {

    private static final int MISSING = 2;
    private static final long RECENT = 182L * 86_400;

    @Override
    public int run(Call call) {
        Words words = Words.of(call.arguments());
        StringBuilder letters = new StringBuilder();
        for (String option : words.options()) {
            switch (option) {
                case "--all" -> letters.append('a');
                case "--almost-all" -> letters.append('A');
                case "--directory" -> letters.append('d');
                case "--numeric-uid-gid" -> letters.append('n');
                default -> {
                    if (!option.matches("-[aAdln1]+")) {
                        return call.fail(MISSING, Words.complaint("ls", wrong(option)));
                    }
                    letters.append(option, 1, option.length());
                }
            }
        }
        Listing listing = new Listing(call, letters.toString());
        List<String> paths = words.operands().isEmpty() ? List.of("/root") : new ArrayList<>(words.operands());
        int exit = 0;
        List<String> directories = new ArrayList<>();
        boolean printed = false;
        for (String path : paths.stream().sorted().toList()) {
            Inode inode = call.world().disk().follow(path);
            if (inode == null) {
                exit = call.fail(MISSING, "ls: cannot access " + Words.quoted(path) + ": No such file or directory");
            } else if (listing.has('d') || inode.kind() != Inode.Kind.DIRECTORY) {
                listing.line(inode, path);
                printed = true;
            } else {
                directories.add(path);
            }
        }
        for (String path : directories) {
            if (paths.size() > 1) {
                call.print((printed ? "\n" : "") + path + ":\n");
            }
            listing.directory(path);
            printed = true;
        }
        return exit;
    }

    private static String wrong(String option) {
        return option.startsWith("--")
                ? option
                : "-" + option.replaceFirst("^-[aAdln1]*", "").substring(0, 1);
    }

    /** Lines of one call. */
    private record Listing(Call call, String letters) {

        boolean has(char letter) {
            return letters.indexOf(letter) >= 0;
        }

        void directory(String path) {
            Disk disk = call.world().disk();
            List<String> names = new ArrayList<>();
            if (has('a')) {
                names.addAll(List.of(".", ".."));
            }
            disk.list(path).stream()
                    .filter(name -> has('a') || has('A') || !name.startsWith("."))
                    .forEach(names::add);
            if (has('l') || has('n')) {
                call.out("total " + names.size());
            }
            for (String name : names) {
                Inode inode = name.equals("..")
                        ? disk.follow(Words.parent(path))
                        : name.equals(".")
                                ? disk.follow(path)
                                : disk.get(path.equals("/") ? "/" + name : path + "/" + name);
                if (inode != null) {
                    line(inode, name);
                }
            }
        }

        void line(Inode inode, String name) {
            if (!has('l') && !has('n')) {
                call.out(name);
                return;
            }
            boolean directory = inode.kind() == Inode.Kind.DIRECTORY;
            long now = call.world().now().getEpochSecond();
            boolean recent = Math.abs(now - inode.modified()) < RECENT;
            String time = DateTimeFormatter.ofPattern(recent ? "MMM dd HH:mm" : "MMM dd  yyyy", Locale.ROOT)
                    .format(Instant.ofEpochSecond(inode.modified()).atOffset(ZoneOffset.UTC));
            call.out(String.join(
                    " ",
                    Inode.letters(inode),
                    directory ? "2" : "1",
                    has('n') ? Integer.toString(inode.uid()) : Named.user(call.world(), inode.uid()),
                    has('n') ? Integer.toString(inode.gid()) : Named.group(call.world(), inode.gid()),
                    Integer.toString(directory ? 2 : inode.content().size()),
                    time,
                    inode.kind() == Inode.Kind.SYMLINK
                            ? name + " -> " + inode.content().text()
                            : name));
        }
    }
}
