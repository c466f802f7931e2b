package dev.tengil.resource.facts;

import java.util.List;

/**
 * What {@code testparm -s} says of the present smb.conf, so that only what is new counts as our fault.
 *
 * @param output the normalised config with all sections
 * @param messages lines on standard error
 */
public record SmbBaseline(String output, List<String> messages) {
    public SmbBaseline {
        messages = List.copyOf(messages);
    }

    /** Samba is not installed. */
    public static final SmbBaseline NONE = new SmbBaseline("", List.of());
}
