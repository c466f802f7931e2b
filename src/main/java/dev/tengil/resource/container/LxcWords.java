package dev.tengil.resource.container;

import dev.tengil.model.Parsed;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines as LXC splits them ({@code lxc_string_split_quoted}): at blanks; a word may stand in one kind of quotes, which must be
 * its first and last character; nothing can be escaped. What cannot be said that way is refused.
 */
final class LxcWords {

    private LxcWords() {}

    /** The line that LXC splits into exactly these words. */
    static Parsed<String> quote(List<String> words) {
        List<String> quoted = new ArrayList<>();
        for (String word : words) {
            if (word.isEmpty()) {
                return Parsed.bad("Proxmox cannot pass an empty word to a program");
            }
            if (word.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
                return Parsed.bad("Proxmox cannot pass line breaks or control characters to a program");
            }
            boolean twice = word.indexOf('"') >= 0;
            boolean once = word.indexOf('\'') >= 0;
            if (twice && once) {
                return Parsed.bad("Proxmox cannot pass a word that has both kinds of quotes: " + word);
            }
            boolean blank = word.indexOf(' ') >= 0 || word.indexOf('\t') >= 0;
            quoted.add(twice ? "'" + word + "'" : once || blank ? "\"" + word + "\"" : word);
        }
        String line = String.join(" ", quoted);
        char first = line.charAt(0);
        if ((first == '"' || first == '\'') && line.charAt(line.length() - 1) == first) {
            // LXC takes such an outer pair away before it splits. The other kind of quotes may help.
            String head = quoted.getFirst();
            String bare = head.substring(1, head.length() - 1);
            char other = first == '"' ? '\'' : '"';
            if (quoted.size() == 1 || bare.indexOf(other) >= 0) {
                return Parsed.bad("Proxmox cannot start a program whose name needs quotes: " + bare);
            }
            line = other + bare + other + line.substring(head.length());
        }
        return Parsed.ok(line);
    }

    /** Whether a quote of the line has no partner. */
    static boolean isOpen(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        return quote != 0;
    }

    /** Words of a line that a person or an image wrote: blanks separate, quotes of both kinds hold together, a backslash escapes. */
    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean open = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
                open = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                open = true;
            } else if (c == ' ' || c == '\t' || c == '\n') {
                if (open) {
                    words.add(word.toString());
                    word.setLength(0);
                    open = false;
                }
            } else {
                word.append(c);
                open = true;
            }
        }
        if (open) {
            words.add(word.toString());
        }
        return List.copyOf(words);
    }
}
