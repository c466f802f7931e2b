package dev.tengil.resource;

import dev.tengil.model.Parsed;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a user or group that tengil makes: what useradd(8) of Debian takes, and no account of the system itself. Lower case
 * only, because Samba compares names without case and Linux with.
 */
public record AccountName(String value) implements Comparable<AccountName> {
    private static final Pattern FORM = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    /** Accounts of base-passwd and of Debian's and Proxmox's own services. */
    private static final Set<String> RESERVED = Set.of(
            "root",
            "daemon",
            "bin",
            "sys",
            "sync",
            "games",
            "man",
            "lp",
            "mail",
            "news",
            "uucp",
            "proxy",
            "www-data",
            "backup",
            "list",
            "irc",
            "_apt",
            "nobody",
            "nogroup",
            "adm",
            "tty",
            "disk",
            "kmem",
            "dialout",
            "fax",
            "voice",
            "cdrom",
            "floppy",
            "tape",
            "sudo",
            "audio",
            "dip",
            "operator",
            "src",
            "shadow",
            "utmp",
            "video",
            "sasl",
            "plugdev",
            "staff",
            "users",
            "wheel",
            "crontab",
            "input",
            "kvm",
            "render",
            "sgx",
            "docker",
            "lxd",
            "sshd",
            "_ssh",
            "ssh",
            "messagebus",
            "postfix",
            "postdrop",
            "gluster",
            "ceph",
            "tss",
            "statd",
            "_rpc",
            "ntp",
            "_chrony",
            "uuidd",
            "tcpdump",
            "frr",
            "frrvty",
            "sambashare",
            "polkitd",
            "dhcpcd");

    public AccountName {
        String problem = problem(value);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** Reads a name. */
    public static Parsed<AccountName> parse(String text) {
        String problem = problem(text);
        return problem.isEmpty() ? Parsed.ok(new AccountName(text)) : Parsed.bad(problem);
    }

    private static String problem(String text) {
        if (!FORM.matcher(text).matches()) {
            return "an account name is 1 to 32 lower-case letters, digits, - and _, and starts with a letter or _";
        }
        if (RESERVED.contains(text) || text.startsWith("systemd-")) {
            return "\"" + text + "\" is an account of the system itself; choose another name";
        }
        return "";
    }

    @Override
    public int compareTo(AccountName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
