package dev.tengil.resource;

import dev.tengil.model.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change to a container's config file, in its own words; everything else in the file stays byte for byte. */
public sealed interface ConfEdit {

    /**
     * Sets a variable of the container, keeping the image's others and their order.
     *
     * @param value shown in plans; null when {@code secret} holds it
     */
    record SetEnv(
            String name, @Nullable String value, @Nullable Secret secret) implements ConfEdit {}

    /** Takes a variable out. */
    record RemoveEnv(String name) implements ConfEdit {}

    /** Sets {@code key: value} of the main section, for what no command can set. */
    record SetOption(String key, String value) implements ConfEdit {}

    /** Takes {@code key} out of the main section. */
    record RemoveOption(String key) implements ConfEdit {}

    /** Sets a raw {@code lxc.…} line that may stand once. */
    record SetRaw(String key, String value) implements ConfEdit {}

    /** Adds a raw {@code lxc.…} line of a key that may repeat, unless the very line stands there. */
    record AddRaw(String key, String value) implements ConfEdit {}

    /** As {@link AddRaw}, where an option of the main section has this value: what Proxmox found out while it made the container. */
    record AddRawWhere(String option, String is, String key, String value) implements ConfEdit {}

    /** Sets the comment lines at the head, which Proxmox shows as description; without their {@code #}, as escaped as they stand there. */
    record SetComment(List<String> lines) implements ConfEdit {
        public SetComment {
            lines = List.copyOf(lines);
        }
    }

    /** Takes raw lines out: those with this value, or all of the key when value is null. */
    record RemoveRaw(String key, @Nullable String value) implements ConfEdit {}
}
