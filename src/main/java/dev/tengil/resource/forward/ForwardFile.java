package dev.tengil.resource.forward;

import dev.tengil.model.HostPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Our table, written whole, and the unit that loads it. The table is replaced in one transaction, and no other is named anywhere.
 *
 * <p>What comes in for a port is sent on by its destination alone. What the node itself or a neighbour of the container sends there is
 * masqueraded as well, or the answer would take a shorter way back and be refused; so is everything where the container's router is
 * not the node.
 */
record ForwardFile(String stack) {

    static final String PACKAGE = "nftables";

    /** Files of all stacks. */
    static final HostPath FOLDER = HostPath.of("/etc/tengil/forwards");

    private static final String UNITS = "/etc/systemd/system/";
    private static final String HEADER =
            "#!/usr/sbin/nft -f\n# Written by tengil from tengil.yml; changes here are lost.\n";
    private static final String MARK = "# forward ";

    HostPath path() {
        return FOLDER.resolve(stack + ".nft");
    }

    /** The unit's name. */
    String unit() {
        return (stack.equals("main") ? "tengil-forwards" : "tengil-forwards-" + stack) + ".service";
    }

    HostPath unitFile() {
        return HostPath.of(UNITS + unit());
    }

    /** Stands where the unit is started with the host. */
    HostPath enabled() {
        return HostPath.of(UNITS + "multi-user.target.wants/" + unit());
    }

    /** The table's name, in both families. */
    String table() {
        return "tengil_" + stack.replace('-', '_');
    }

    String render(Collection<Forward> forwards) {
        StringBuilder text = new StringBuilder(HEADER);
        forwards.forEach(each -> text.append(MARK).append(each.line()).append('\n'));
        family(text, "ip", "127.0.0.0/8", ways(forwards, false));
        family(text, "ip6", "::1", ways(forwards, true));
        return text.toString();
    }

    /** A forward as one family sees it. */
    private record Way(int port, String protocol, Forward.Target target, int inside) {

        String to() {
            String address = target.address();
            return (address.contains(":") ? "[" + address + "]" : address) + ":" + inside;
        }
    }

    private static List<Way> ways(Collection<Forward> forwards, boolean six) {
        List<Way> ways = new ArrayList<>();
        for (Forward each : forwards) {
            Forward.Target target = six ? each.v6() : each.v4();
            if (target != null) {
                ways.add(new Way(each.port(), each.protocol(), target, each.inside()));
            }
        }
        return ways;
    }

    /** An empty table is taken away again by the second line. */
    private void family(StringBuilder text, String family, String loopback, List<Way> ways) {
        String table = "table " + family + " " + table();
        text.append(table).append('\n').append("delete ").append(table).append('\n');
        if (ways.isEmpty()) {
            return;
        }
        text.append(table).append(" {\n");
        List<String> in = ways.stream()
                .map(way -> family + " daddr != " + loopback + " fib daddr type local " + way.protocol() + " dport "
                        + way.port() + " dnat to " + way.to())
                .toList();
        chain(text, "prerouting", "prerouting priority -100", in);
        chain(text, "output", "output priority -100", in);
        List<String> back = new ArrayList<>();
        for (Way way : ways) {
            String those = family + " daddr " + way.target().address() + " " + way.protocol() + " dport " + way.inside()
                    + " ct status dnat ct original proto-dst " + way.port();
            if (way.target().routed()) {
                back.add(those + " " + family + " saddr " + way.target().cidr() + " masquerade");
                back.add(those + " fib saddr type local masquerade");
            } else {
                back.add(those + " masquerade");
            }
        }
        chain(text, "postrouting", "postrouting priority 100", back);
        text.append("}\n");
    }

    private static void chain(StringBuilder text, String name, String hook, List<String> rules) {
        text.append("\tchain ")
                .append(name)
                .append(" {\n\t\ttype nat hook ")
                .append(hook)
                .append("; policy accept;\n");
        rules.forEach(rule -> text.append("\t\t").append(rule).append('\n'));
        text.append("\t}\n");
    }

    /** Forwards by address, of a file that we wrote; empty when its rules are not those that its head speaks of. */
    SortedMap<String, Forward> parse(String text) {
        SortedMap<String, Forward> forwards = said(text);
        return render(forwards.values()).equals(text) ? forwards : new TreeMap<>();
    }

    /** What the head of any such file speaks of. */
    static SortedMap<String, Forward> said(String text) {
        SortedMap<String, Forward> forwards = new TreeMap<>();
        text.lines().filter(line -> line.startsWith(MARK)).forEach(line -> {
            Forward forward = Forward.parse(line.substring(MARK.length()));
            if (forward != null) {
                forwards.put(forward.address().name(), forward);
            }
        });
        return forwards;
    }

    /** Also behind nftables.service, which empties everything when it loads the rules of its own. */
    String unitText(Collection<Forward> forwards) {
        boolean six = forwards.stream().anyMatch(each -> each.v6() != null);
        String load = "/usr/sbin/nft -f " + path();
        return """
                # Written by tengil from tengil.yml; changes here are lost.
                [Unit]
                Description=Port forwards of tengil
                After=network-pre.target nftables.service
                Wants=network-pre.target
                PartOf=nftables.service
                ReloadPropagatedFrom=nftables.service

                [Service]
                Type=oneshot
                RemainAfterExit=yes
                ExecStart=/usr/sbin/sysctl -q -w net.ipv4.ip_forward=1
                """
                + (six ? "ExecStart=/usr/sbin/sysctl -q -w net.ipv6.conf.all.forwarding=1\n" : "")
                + "ExecStart=" + load + "\nExecReload=" + load + "\nExecStop=-/usr/sbin/nft delete table ip " + table()
                + "\nExecStop=-/usr/sbin/nft delete table ip6 " + table()
                + "\n\n[Install]\nWantedBy=multi-user.target\n";
    }
}
