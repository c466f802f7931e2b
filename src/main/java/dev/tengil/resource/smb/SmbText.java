package dev.tengil.resource.smb;

import dev.tengil.model.Parsed;

/** Values of smb.conf: refuses what the file cannot hold or Samba would replace. */
final class SmbText {
    private static final int LONGEST = 1000;

    private SmbText() {}

    static Parsed<String> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Parsed.bad("it has 1 to " + LONGEST + " characters");
        }
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            return Parsed.bad("smb.conf cannot hold line breaks or other control characters");
        }
        if (!text.equals(text.strip())) {
            return Parsed.bad("smb.conf loses blanks at the start and at the end");
        }
        if (text.indexOf('%') >= 0) {
            return Parsed.bad("Samba replaces \"%\" and the letter behind it by something else");
        }
        if (text.indexOf(';') >= 0 || text.startsWith("#")) {
            return Parsed.bad("\";\" and a leading \"#\" start a comment in smb.conf");
        }
        if (text.indexOf('"') >= 0 || text.indexOf('[') >= 0 || text.indexOf(']') >= 0) {
            return Parsed.bad("quotes and brackets have a meaning of their own in smb.conf");
        }
        return text.endsWith("\\") ? Parsed.bad("a backslash at the end would take in the next line") : Parsed.ok(text);
    }
}
