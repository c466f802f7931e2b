package dev.tengil.resource.restart;

import dev.tengil.model.HostPath;
import dev.tengil.model.VmId;

/** The files of one stack: a program, a unit that runs it, and beside each container's own unit a line that calls this one. */
record RestartFiles(String stack) {

    static final HostPath FOLDER = HostPath.of("/etc/tengil/restart");

    private static final String UNITS = "/etc/systemd/system/";
    private static final String HEADER = "# Written by tengil from tengil.yml; changes here are lost.\n";

    /** What decides and starts. Constant; {@code ARGV} is the number, and for a test another root and a shorter first wait. */
    static final String PROGRAM = """
            #!/usr/bin/perl
            # Written by tengil from tengil.yml; changes here are lost.
            # Starts a container again whose program ended by itself. Whoever ends one by Proxmox leaves a task there.
            use strict;
            use warnings;
            use Fcntl qw(:flock);

            my ($id, $root, $first) = @ARGV;
            $root //= '';
            $first //= 5;
            my $tasks = "$root/var/log/pve/tasks";
            my $conf = "$root/etc/pve/lxc/$id.conf";
            my $note = "$root/run/tengil-restart-$id";
            my $ended = time;

            sub lines {
                my ($file) = @_;
                open(my $in, '<', $file) or return ();
                my @all = <$in>;
                return @all;
            }

            # Whether a task that ends this container was at work when it ended, or has been since.
            sub meant {
                for my $line (map { lines("$tasks/$_") } 'active', 'index') {
                    my ($upid, $pid, $begin, $type, $of, $end) = $line =~
                        /^(UPID:[^:]*:([0-9A-F]+):[0-9A-F]+:([0-9A-F]+):(\\w+):([^:]*):[^:]*:)\\s*(?:[01]\\b\\s*)?([0-9A-F]{8}\\b)?/
                        or next;
                    next if $of ne $id || $type !~ /^(?:vz|ha)(?:stop|shutdown|reboot|suspend|destroy|restore|rollback|migrate)$/;
                    if (!defined $end) {
                        return 1 if -d '/proc/' . hex($pid);
                        my @log = stat("$tasks/" . substr($begin, -1) . "/$upid");
                        return 1 if @log && $log[9] >= $ended - 3;
                    } elsif (hex($end) >= $ended - 3) {
                        return 1;
                    }
                }
                return 0;
            }

            # While an apply is at work it alone starts and stops.
            sub applying {
                for my $lock (glob("$root/var/lib/tengil/*/apply.lock")) {
                    open(my $held, '<', $lock) or next;
                    return 1 if !flock($held, LOCK_EX | LOCK_NB);
                }
                return 0;
            }

            sub locked { return scalar grep { /^lock:/ } lines($conf); }

            sub running { return system('systemctl', '--quiet', 'is-active', "pve-container\\@$id") == 0; }

            # A test waits for less than a second.
            sub pause { select(undef, undef, undef, $_[0]); }

            exit 0 if meant();
            while (1) {
                my ($count, $last) = map { split / / } lines($note);
                ($count, $last) = (0, 0) if !defined $last || time - $last > 600;
                my $wait = $first * 2**($count > 6 ? 6 : $count);
                pause($wait > 300 ? 300 : $wait);
                pause($first) while applying();
                exit 0 if meant() || !-e $conf || locked() || running();
                if (open(my $out, '>', $note)) {
                    print $out $count + 1, ' ', time, "\\n";
                    close $out;
                }
                print "container $id ended by itself and is started again\\n";
                system('pct', 'start', $id);
                sleep 2;
                exit 0 if running();
                $ended = time;
            }
            """;

    HostPath program() {
        return FOLDER.resolve(stack + ".pl");
    }

    private String name() {
        return stack.equals("main") ? "tengil-restart" : "tengil-restart-" + stack;
    }

    HostPath unit() {
        return HostPath.of(UNITS + name() + "@.service");
    }

    String unitText() {
        return HEADER + "[Unit]\nDescription=Starts container %i again when its program ended by itself\n\n"
                + "[Service]\nType=exec\nExecStart=/usr/bin/perl " + program() + " %i\n";
    }

    /** Beside the unit by which Proxmox runs a container; another stack's has another name. */
    HostPath call(VmId vmid) {
        return HostPath.of(UNITS + "pve-container@" + vmid + ".service.d/" + name() + ".conf");
    }

    /** LXC does not tell how the program ended, so both ends are one. */
    String callText() {
        String called = name() + "@%i.service\n";
        return HEADER + "[Unit]\nOnSuccess=" + called + "OnFailure=" + called;
    }
}
