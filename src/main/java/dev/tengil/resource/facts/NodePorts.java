package dev.tengil.resource.facts;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The node as the network sees it; looked at only where ports are forwarded.
 *
 * @param addresses its own, without prefix
 * @param listening programs by {@code PORT/tcp} or {@code PORT/udp}, those that only the node itself reaches left out
 * @param tables tables of nftables, {@code FAMILY NAME}
 */
public record NodePorts(SortedSet<String> addresses, SortedMap<String, String> listening, SortedSet<String> tables) {

    /** Nobody looked. */
    public static final NodePorts NONE = new NodePorts(new TreeSet<>(), new TreeMap<>(), new TreeSet<>());

    private static final Pattern LOCAL = Pattern.compile("(.*):(\\d{1,5})");
    private static final Pattern PROGRAM = Pattern.compile("users:\\(\\(\"([^\"]+)\"");
    private static final Pattern LOOPBACK = Pattern.compile("127\\..*|\\[::1].*|\\[::ffff:127\\..*");

    /**
     * From what {@code ss -Hlntup} and {@code nft list tables} print: {@code tcp LISTEN 0 4096 *:8006 *:* users:(("pveproxy",…))}, and
     * {@code table ip NAME}.
     */
    static NodePorts read(String sockets, String tables, SortedSet<String> addresses) {
        SortedMap<String, String> listening = new TreeMap<>();
        for (String line : sockets.lines().toList()) {
            String[] words = line.strip().split("\\s+", -1);
            Matcher local = LOCAL.matcher(words.length > 4 ? words[4] : "");
            if (local.matches() && !LOOPBACK.matcher(local.group(1)).matches()) {
                Matcher program = PROGRAM.matcher(line);
                listening.put(local.group(2) + "/" + words[0], program.find() ? program.group(1) : "another program");
            }
        }
        SortedSet<String> names = new TreeSet<>();
        tables.lines()
                .filter(line -> line.startsWith("table "))
                .forEach(line -> names.add(line.substring("table ".length()).strip()));
        return new NodePorts(addresses, listening, names);
    }
}
