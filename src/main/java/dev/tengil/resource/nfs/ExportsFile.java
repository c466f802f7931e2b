package dev.tengil.resource.nfs;

import dev.tengil.model.HostPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Our own file in /etc/exports.d, rendered whole; exports(5) escapes blanks and the like in octal. */
record ExportsFile(String stack) {

    private static final String HEADER = "# Written by tengil from tengil.yml; changes here are lost.\n";
    private static final int DIGITS = 3;

    HostPath path() {
        return HostPath.of("/etc/exports.d/" + (stack.equals("main") ? "tengil" : "tengil-" + stack) + ".exports");
    }

    static String render(Collection<NfsExport> exports) {
        StringBuilder text = new StringBuilder(HEADER);
        for (NfsExport export : exports) {
            text.append(escaped(export.path().value()));
            export.clients()
                    .forEach((client, options) -> text.append(' ')
                            .append(client)
                            .append('(')
                            .append(options)
                            .append(')'));
            text.append('\n');
        }
        return text.toString();
    }

    static String escaped(String path) {
        StringBuilder text = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > 0x20 && b < 0x7f && "\\#\"()".indexOf(b) < 0;
            text.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "\\%03o", b & 0xff));
        }
        return text.toString();
    }

    /** Clients and options by path, of a file that we wrote. */
    static SortedMap<String, SortedMap<String, String>> parse(String text) {
        SortedMap<String, SortedMap<String, String>> exports = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            String[] words = line.strip().split(" ", -1);
            if (line.startsWith("#") || words.length < 2) {
                continue;
            }
            SortedMap<String, String> clients = new TreeMap<>();
            for (int i = 1; i < words.length; i++) {
                int open = words[i].indexOf('(');
                if (open > 0 && words[i].endsWith(")")) {
                    clients.put(words[i].substring(0, open), words[i].substring(open + 1, words[i].length() - 1));
                }
            }
            exports.put(unescaped(words[0]), clients);
        }
        return exports;
    }

    /** Octal escapes undone; what exportfs prints as it is may be any character. */
    static String unescaped(String path) {
        byte[] raw = path.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '\\' && isOctal(raw, i + 1)) {
                bytes.write(Integer.parseInt(new String(raw, i + 1, DIGITS, StandardCharsets.US_ASCII), 8));
                i += DIGITS;
            } else {
                bytes.write(raw[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isOctal(byte[] raw, int at) {
        return at + DIGITS <= raw.length
                && raw[at] >= '0'
                && raw[at] <= '3'
                && raw[at + 1] >= '0'
                && raw[at + 1] <= '7'
                && raw[at + 2] >= '0'
                && raw[at + 2] <= '7';
    }
}
