package dev.tengil.resource.nfs;

import dev.tengil.model.Fields;
import dev.tengil.model.IpText;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import java.util.List;
import java.util.Set;

/**
 * Who may mount an export, and how.
 *
 * @param host address, network in CIDR form, or name
 * @param options further options of exports(5), checked
 */
record NfsClient(String host, boolean write, List<String> options) {

    private static final Set<String> OPTIONS = Set.of(
            "sync",
            "async",
            "wdelay",
            "no_wdelay",
            "nohide",
            "hide",
            "crossmnt",
            "subtree_check",
            "no_subtree_check",
            "secure",
            "insecure",
            "root_squash",
            "no_root_squash",
            "all_squash",
            "no_all_squash",
            "mountpoint");
    private static final Key<String> HOST = Key.of(
            "host",
            Scalars.of("address, network or name", Shape.Schema.text(), NfsClient::host),
            "Who: `192.168.1.0/24`, an address or a host name.");
    private static final Key<String> ACCESS =
            Key.of("access", Scalars.word("rw", "ro", "write", "read"), "`rw` or `ro`. Default: `ro`.");
    private static final Key<List<Located<String>>> CLIENT_OPTIONS = Key.of(
            "options",
            Shape.listOf(Scalars.of("option of exports(5)", Shape.Schema.text(), NfsClient::option)),
            "Further options of exports(5).");

    static final Shape<NfsClient> SHAPE =
            Shape.struct("NFS client", HOST, ACCESS, CLIENT_OPTIONS).refine(NfsClient::read);

    private static Parsed<NfsClient> read(Located<Fields> client) {
        String host = client.value().value(HOST);
        if (host == null) {
            return Parsed.bad("a client has a host");
        }
        String access = client.value().valueOr(ACCESS, "ro");
        return Parsed.ok(new NfsClient(
                host,
                access.equals("rw") || access.equals("write"),
                client.value().valueOr(CLIENT_OPTIONS, List.<Located<String>>of()).stream()
                        .map(Located::value)
                        .sorted()
                        .toList()));
    }

    /** What exports(5) takes as a client and tengil lets through: never everybody. */
    static Parsed<String> host(String text) {
        if (text.equals("*") || text.equals("0.0.0.0/0") || text.equals("::/0")) {
            return Parsed.bad("an export to everybody is not made; name a network, for example 192.168.1.0/24");
        }
        if (text.startsWith("@")) {
            return Parsed.bad("netgroups are not supported; name the hosts or their network");
        }
        boolean name = text.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,252}") && !text.matches("[0-9.]+");
        return name
                        || IpText.isV4(text)
                        || IpText.isV6(text)
                        || IpText.isV4WithPrefix(text, 1)
                        || IpText.isV6WithPrefix(text, 1)
                ? Parsed.ok(text)
                : Parsed.bad("\"" + text + "\" is not an address, a network or a host name");
    }

    static Parsed<String> option(String text) {
        return OPTIONS.contains(text) || text.matches("(anonuid|anongid|fsid)=\\d{1,10}|sec=[a-z0-9:]+")
                ? Parsed.ok(text)
                : Parsed.bad(
                        "\"" + text + "\" is not an option of exports(5) that tengil knows; access is said by access:");
    }

    /** Whether its options decide what becomes of the client's ids, so that tengil does not. */
    boolean keepsIds() {
        return options.contains("no_root_squash")
                || options.contains("root_squash")
                || options.contains("no_all_squash");
    }

    /** Whether the file says as whom the client acts. */
    boolean saysWho() {
        return keepsIds() || options.stream().anyMatch(option -> option.startsWith("anonuid="));
    }

    /** Whether it is a name, which exportfs would accept without it existing. */
    boolean isName() {
        return !host.matches("[0-9./]+") && host.indexOf(':') < 0;
    }
}
