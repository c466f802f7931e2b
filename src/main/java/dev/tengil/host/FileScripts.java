package dev.tengil.host;

import dev.tengil.model.HostPath;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Reading, writing and removing files as constant Perl. Perl because it is essential on Debian and Proxmox, and one process does
 * with the right system calls what a pipeline of find, tar, mktemp and mv does with races: tar trusts the size in the inode, which
 * is 0 under /proc, and its stream cannot tell a file that vanished from one that may not be read.
 */
final class FileScripts {

    /**
     * Paths on stdin, each ended by NUL. Answer: for each file a line {@code F mode uid gid length-of-path length-of-content}, then
     * path and content. Links are followed at the given path (/etc/pve/lxc is one), not for what lies in a directory.
     */
    private static final String READ = """
            use strict;
            binmode STDIN; binmode STDOUT;
            sub gone { $!{ENOENT} || $!{ENOTDIR} }
            sub emit {
                my ($path) = @_;
                open(my $file, '<:raw', $path) or do { return if gone(); die "$path: $!\\n" };
                my @stat = stat($file) or die "$path: $!\\n";
                my $content = '';
                while (1) {
                    my $n = sysread($file, $content, 1 << 20, length $content);
                    defined $n or die "$path: $!\\n";
                    last if $n == 0;
                }
                print 'F ', $stat[2] & 07777, ' ', $stat[4], ' ', $stat[5], ' ', length $path, ' ', length $content, "\\n";
                print $path, $content;
            }
            local $/ = "\\0";
            chomp(my @paths = <STDIN>);
            for my $path (@paths) {
                if (!stat $path) { next if gone(); die "$path: $!\\n" }
                if (-f _) { emit($path); next }
                -d _ or die "$path: it is neither a file nor a directory\\n";
                opendir(my $directory, $path) or do { next if gone(); die "$path: $!\\n" };
                for my $name (readdir $directory) {
                    my $inside = $path eq '/' ? "/$name" : "$path/$name";
                    emit($inside) if lstat $inside and -f _;
                }
            }
            close STDOUT or die "$!\\n";
            """;

    /** {@code path temporary-name mode}, the content on stdin. pmxcfs refuses chmod, so a mode that is right already is left alone. */
    private static final String WRITE = """
            use strict;
            use Fcntl;
            use IO::Handle;
            my ($path, $name, $mode) = @ARGV;
            $mode = oct $mode;
            my $directory = $path =~ s{/[^/]*\\z}{}r;
            my $temporary = "$directory/$name";
            my $made = 0;
            sub fail { my $why = "$!"; unlink $temporary if $made; die "$path: $why\\n" }
            binmode STDIN;
            umask 077;
            sysopen(my $file, $temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, $mode) or fail();
            $made = 1;
            binmode $file;
            while (1) {
                my $n = sysread(STDIN, my $piece, 1 << 20);
                defined $n or fail();
                last if $n == 0;
                for (my $at = 0; $at < $n;) {
                    my $written = syswrite($file, $piece, $n - $at, $at);
                    defined $written or fail();
                    $at += $written;
                }
            }
            my @stat = stat($file) or fail();
            ($stat[2] & 07777) == $mode or chmod($mode, $file) or fail();
            $file->sync or fail();
            close $file or fail();
            rename($temporary, $path) or fail();
            $made = 0;
            sysopen(my $parent, length $directory ? $directory : '/', O_RDONLY | O_DIRECTORY) or fail();
            $parent->sync or $!{EINVAL} or fail();
            """;

    /** {@code path}; its directory is fsynced, so that a removal outlives a power cut as a write does. */
    private static final String REMOVE = """
            use strict;
            use Fcntl;
            use IO::Handle;
            my ($path) = @ARGV;
            my $directory = $path =~ s{/[^/]*\\z}{}r;
            if (lstat $path and -d _) { die "$path: it is a directory\\n" }
            if (!unlink $path) { exit 0 if $!{ENOENT} || $!{ENOTDIR}; die "$path: $!\\n" }
            sysopen(my $parent, length $directory ? $directory : '/', O_RDONLY | O_DIRECTORY) or die "$path: $!\\n";
            $parent->sync or $!{EINVAL} or die "$path: $!\\n";
            """;

    private FileScripts() {}

    static Command read(Collection<HostPath> paths) {
        StringBuilder names = new StringBuilder();
        paths.forEach(path -> names.append(path.value()).append('\0'));
        return Command.reads("perl", "-MErrno", "-e", READ)
                .withStdin(Bytes.of(names.toString().getBytes(StandardCharsets.UTF_8)));
    }

    static Command write(FileWrite file) {
        return Command.changes(List.of(
                        "perl",
                        "-MErrno",
                        "-e",
                        WRITE,
                        "--",
                        file.path().value(),
                        ".tengil-" + CommandWrapper.random(),
                        String.format(Locale.ROOT, "%04o", file.mode())))
                .withStdin(file.content());
    }

    static Command remove(HostPath file) {
        return Command.changes(List.of("perl", "-MErrno", "-e", REMOVE, "--", file.value()));
    }
}
