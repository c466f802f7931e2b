package dev.tengil.oci.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A few files of an image, as its layers make them when they are laid one upon the other: looked for from the highest layer down, until
 * each was found or a layer takes it away (the OCI layer specification's whiteouts).
 */
public final class LookedFor {
    private static final String WHITEOUT = ".wh.";
    private static final long LONGEST = 1 << 20;
    private static final String OPAQUE = ".wh..wh..opq";

    private final Set<String> open;
    private final Map<String, Found> found = new TreeMap<>();

    /** @param paths without a slash at the beginning */
    public LookedFor(Collection<String> paths) {
        this.open = new HashSet<>(paths);
    }

    /** What stands at a path. */
    public sealed interface Found {

        /** A file of text; what is none has odd characters in it. */
        record Content(String text) implements Found {}

        /** Something that leads elsewhere, itself or on the way to it, is no file, or is longer than a megabyte. */
        record NoFile() implements Found {}

        /** Nothing. */
        record Nothing() implements Found {}
    }

    /** Whether lower layers need no look. */
    public boolean isDone() {
        return open.isEmpty();
    }

    /** What was found; call it when all layers were looked through, or when it is done. */
    public Map<String, Found> found() {
        Map<String, Found> all = new TreeMap<>(found);
        open.forEach(path -> all.put(path, new Found.Nothing()));
        return all;
    }

    /**
     * Looks through the next lower layer.
     *
     * @param tar unpacked
     * @param allowed bytes that may be read
     * @throws IOException with half a sentence when it cannot be read
     */
    public void layer(InputStream tar, long allowed) throws IOException {
        Map<String, Found> here = new HashMap<>();
        Set<String> hidden = new HashSet<>();
        TarStream entries = new TarStream(tar, allowed);
        for (TarStream.Entry entry = entries.next(); entry != null; entry = entries.next()) {
            String name = entry.name();
            int slash = name.lastIndexOf('/');
            String last = name.substring(slash + 1);
            String above = slash < 0 ? "" : name.substring(0, slash);
            if (last.equals(OPAQUE)) {
                hide(above, hidden, false);
            } else if (last.startsWith(WHITEOUT)) {
                String gone = last.substring(WHITEOUT.length());
                hide(above.isEmpty() ? gone : above + "/" + gone, hidden, true);
            } else if (open.contains(name)) {
                here.put(
                        name,
                        entry.kind() == TarStream.Kind.FILE && entry.size() <= LONGEST
                                ? new Found.Content(new String(entries.content(), StandardCharsets.UTF_8))
                                : new Found.NoFile());
            } else if (entry.kind() != TarStream.Kind.DIRECTORY) {
                // What was a directory below is something else from here on.
                for (String path : open) {
                    if (path.startsWith(name + "/")) {
                        here.put(path, new Found.NoFile());
                    }
                }
            }
        }
        found.putAll(here);
        open.removeAll(here.keySet());
        for (String path : hidden) {
            if (open.remove(path)) {
                found.put(path, new Found.Nothing());
            }
        }
    }

    private void hide(String gone, Set<String> hidden, boolean itself) {
        for (String path : open) {
            if ((itself && path.equals(gone)) || gone.isEmpty() || path.startsWith(gone + "/")) {
                hidden.add(path);
            }
        }
    }
}
