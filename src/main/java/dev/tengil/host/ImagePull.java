package dev.tengil.host;

import dev.tengil.model.HostPath;
import dev.tengil.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one command by which skopeo on the host brings an image into an archive, or looks at it. Logins come by standard input and lie in a file that has no name any
 * more when skopeo starts, so that nothing is left of them however the call ends. What skopeo has written so far is counted from time to
 * time, since it tells no bytes where there is no terminal. The Perl text is constant.
 */
public final class ImagePull {

    /** Before each count: {@code tengil-pulled BYTES BLOBS}. */
    private static final String COUNT = "tengil-pulled ";

    private static final String NEXT = "--or";

    private static final int BEFORE_SKOPEO = 6;

    /** copy has options for both ends, what only looks has one end. */
    private static final String OF_SOURCE = "--src-";

    private static final String OF_ALL = "--";

    /**
     * A directory for what skopeo writes, what its options begin with, then a command line of skopeo for each place to get the image from, parted by {@code --or}. On
     * standard input a line with the auth file and then one for each place with certificates, in hex; all may be empty.
     */
    public static final String SCRIPT = """
            use strict;
            use Fcntl;
            $| = 1;
            umask 077;
            my ($work, $of) = splice @ARGV, 0, 2;
            my @places = ([]);
            for my $word (@ARGV) { $word eq '--or' ? push(@places, []) : push(@{$places[-1]}, $word) }
            my $pid;
            sub clear { system 'rm', '-rf', '--', $work }
            $SIG{HUP} = $SIG{INT} = $SIG{TERM} = sub { kill 'TERM', $pid if $pid; waitpid $pid, 0 if $pid; clear(); exit 143 };
            clear();
            mkdir $work, 0700 or die "$work: $!\\n";
            sub line { my $line = <STDIN>; $line = '' unless defined $line; chomp $line; pack 'H*', $line }
            my $logins = line();
            my $auth;
            if (length $logins) {
                my $name = "/run/tengil-login-$$";
                sysopen $auth, $name, O_RDWR | O_CREAT | O_EXCL, 0600 or die "$name: $!\\n";
                unlink $name or die "$name: $!\\n";
                syswrite($auth, $logins) == length $logins or die "$name: $!\\n";
                fcntl $auth, F_SETFD, 0 or die "$name: $!\\n";
            }
            sub count {
                my ($directory, $deep) = @_;
                my ($bytes, $blobs) = (0, 0);
                opendir(my $names, $directory) or return (0, 0);
                for my $name (readdir $names) {
                    next if $name eq '.' or $name eq '..';
                    my @stat = lstat "$directory/$name" or next;
                    if (-d _) {
                        next if $deep == 4 or $name eq 'certificates';
                        my ($more, $inside) = count("$directory/$name", $deep + 1);
                        $bytes += $more;
                        $blobs += $inside;
                    } elsif (-f _) {
                        $bytes += $stat[7];
                        $blobs++ if $name =~ /^[0-9a-f]{64}$/;
                    }
                }
                return ($bytes, $blobs);
            }
            my $exit = 1;
            for my $place (@places) {
                my @words = (@$place, '--tmpdir', $work);
                push @words, $of . 'authfile', '/proc/self/fd/' . fileno $auth if $auth;
                my $trusted = line();
                if (length $trusted) {
                    my $certificates = "$work/certificates";
                    -d $certificates or mkdir $certificates or die "$certificates: $!\\n";
                    open my $file, '>:raw', "$certificates/ca.crt" or die "$certificates: $!\\n";
                    print $file $trusted;
                    close $file or die "$certificates: $!\\n";
                    push @words, $of . 'cert-dir', $certificates;
                }
                $pid = fork;
                defined $pid or die "fork: $!\\n";
                if (!$pid) {
                    $SIG{HUP} = $SIG{INT} = $SIG{TERM} = 'DEFAULT';
                    open STDIN, '<', '/dev/null';
                    exec { $words[0] } @words or do { print STDERR "$words[0]: $!\\n"; kill 9, $$ unless $!{ENOENT}; exit 127 };
                }
                my $told = 0;
                while (waitpid($pid, 1) == 0) {
                    select undef, undef, undef, 0.2;
                    my ($bytes, $blobs) = count($work, 0);
                    # It gets less when the archive is written and skopeo clears up.
                    next if $bytes <= $told;
                    $told = $bytes;
                    print "tengil-pulled $bytes $blobs\\n";
                }
                $exit = $? & 127 ? 128 + ($? & 127) : $? >> 8;
                $pid = undef;
                last if $exit == 0;
            }
            clear();
            exit $exit;
            """;

    private ImagePull() {}

    /**
     * A place to get the image from.
     *
     * @param source {@code docker://…}
     * @param encrypted whether TLS with a certificate that somebody vouches for is needed
     * @param trusted certificates in PEM form that are believed beside the usual ones; null for none
     */
    public record From(
            String source, boolean encrypted, @Nullable String trusted) {

        private List<String> words(List<String> verb, String of) {
            List<String> words = new ArrayList<>(List.of("skopeo"));
            words.addAll(verb);
            if (!encrypted) {
                words.add(of + "tls-verify=false");
            }
            words.add(source);
            return words;
        }

        private List<String> words(HostPath archive) {
            List<String> words = words(List.of("copy"), OF_SOURCE);
            words.add("oci-archive:" + archive.value());
            return words;
        }

        /** As a person would type it who has a login and the certificates at hand. */
        public Command typed(HostPath archive) {
            List<String> words = words(archive);
            if (trusted != null) {
                words.addAll(2, List.of("--src-cert-dir", "DIRECTORY"));
            }
            return Command.changes(words);
        }
    }

    /**
     * Logins for the registries.
     *
     * @param auths an auth file as containers-auth.json(5) has it
     * @param hidden texts in it that nobody may see
     */
    public record Logins(Secret auths, Set<String> hidden) {}

    /**
     * @param archive the file to make; its directory exists, it does not
     * @param from where to get it, the first that works counts
     */
    public static Command command(HostPath archive, List<From> from, @Nullable Logins logins) {
        return with(
                Command.changes(argv(
                        work(archive),
                        OF_SOURCE,
                        from.stream().map(each -> each.words(archive)).toList())),
                from,
                logins);
    }

    /**
     * Looks at what a registry has.
     *
     * @param verb for example {@code inspect --no-tags}
     * @param from where to look, the first that answers counts
     */
    public static Command look(List<String> verb, List<From> from, @Nullable Logins logins) {
        if (from.size() == 1 && logins == null && from.getFirst().trusted() == null) {
            return Command.reads(from.getFirst().words(verb, OF_ALL));
        }
        String work = work(String.join(" ", verb) + from.getFirst().source() + UUID.randomUUID());
        return with(
                Command.reads(argv(
                        work,
                        OF_ALL,
                        from.stream().map(each -> each.words(verb, OF_ALL)).toList())),
                from,
                logins);
    }

    /** The command of skopeo in one of ours, for whoever is to read it; another command as it is. */
    public static Command plain(Command command) {
        List<String> argv = command.argv();
        boolean ours = argv.size() > BEFORE_SKOPEO && argv.get(2).equals(SCRIPT);
        return ours
                ? new Command(
                        argv.subList(BEFORE_SKOPEO, argv.size()),
                        command.stdin(),
                        command.deadline(),
                        command.mutates(),
                        command.okExits(),
                        command.redactions())
                : command;
    }

    private static List<String> argv(String work, String of, List<List<String>> places) {
        List<String> argv = new ArrayList<>(List.of("perl", "-e", SCRIPT, "--", work, of));
        for (int i = 0; i < places.size(); i++) {
            if (i > 0) {
                argv.add(NEXT);
            }
            argv.addAll(places.get(i));
        }
        return argv;
    }

    private static Command with(Command command, List<From> from, @Nullable Logins logins) {
        StringBuilder stdin =
                new StringBuilder(hex(logins == null ? "" : logins.auths().reveal()));
        from.forEach(each -> stdin.append('\n').append(hex(each.trusted() == null ? "" : each.trusted())));
        Command whole = command.withStdin(Bytes.utf8(stdin.append('\n').toString()));
        return logins == null ? whole : whole.withRedactions(logins.hidden());
    }

    private static String work(HostPath archive) {
        return work(archive.value());
    }

    /** Where skopeo itself keeps what it pulls until it is whole, but under a name by which the next attempt finds what is left. */
    private static String work(String of) {
        return "/var/tmp/tengil-pull-" + Bytes.utf8(of).digest("SHA-256").substring(0, 16);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * How far a pull is.
     *
     * @param bytes that are there
     * @param blobs that are whole, the config among them
     */
    public record Progress(long bytes, int blobs) {

        /** Reads a line of the command's output; null when it is one of skopeo's. */
        public static @Nullable Progress read(String line) {
            if (!line.matches(COUNT + "\\d{1,18} \\d{1,6}")) {
                return null;
            }
            String[] parts = line.split(" ", 3);
            return new Progress(Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
        }
    }
}
