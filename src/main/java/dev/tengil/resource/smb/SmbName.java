package dev.tengil.resource.smb;

import dev.tengil.model.Parsed;
import java.util.Locale;
import java.util.Set;

/** What a share may be called: what smb.conf can hold between brackets and clients can type, and nothing that Samba means specially. */
final class SmbName {
    private static final int LONGEST = 80;

    /** Refused by Windows in names of shares, or special in smb.conf. */
    private static final String FORBIDDEN = "\\/[]:|<>+=;,*?\"%#@";

    private static final Set<String> RESERVED =
            Set.of("global", "homes", "printers", "print$", "ipc$", "admin$", "netlogon", "sysvol", "profiles");

    private SmbName() {}

    static Parsed<String> parse(String text) {
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST) {
            return Parsed.bad("the name of a share has 1 to " + LONGEST + " characters");
        }
        if (!text.equals(text.strip())) {
            return Parsed.bad("the name of a share neither starts nor ends with a blank");
        }
        int bad = text.chars()
                .filter(c -> c < 0x20 || c == 0x7f || FORBIDDEN.indexOf(c) >= 0)
                .findFirst()
                .orElse(-1);
        if (bad >= 0) {
            return Parsed.bad("the name of a share cannot contain "
                    + (bad < 0x20 || bad == 0x7f ? "control characters" : "\"" + (char) bad + "\""));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (RESERVED.contains(lower) || lower.matches("[a-z]\\$")) {
            return Parsed.bad("\"" + text + "\" has a meaning of its own in Samba; choose another name");
        }
        return Parsed.ok(text);
    }
}
