package dev.tengil.apply;

import dev.tengil.host.Bytes;
import dev.tengil.model.Secret;
import dev.tengil.resource.ConfEdit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings the texts of edits into the byte-per-character form in which a config file is edited. */
final class ConfBytes {

    private ConfBytes() {}

    static List<ConfEdit> encoded(List<ConfEdit> edits) {
        return edits.stream().map(ConfBytes::encoded).toList();
    }

    private static ConfEdit encoded(ConfEdit edit) {
        return switch (edit) {
            case ConfEdit.SetEnv(String name, String value, Secret secret) ->
                new ConfEdit.SetEnv(name, value == null ? null : bytes(value), encoded(secret));
            case ConfEdit.SetOption(String key, String value) -> new ConfEdit.SetOption(key, bytes(value));
            case ConfEdit.SetRaw(String key, String value) -> new ConfEdit.SetRaw(key, bytes(value));
            case ConfEdit.AddRaw(String key, String value) -> new ConfEdit.AddRaw(key, bytes(value));
            case ConfEdit.AddRawWhere(String option, String is, String key, String value) ->
                new ConfEdit.AddRawWhere(option, is, key, bytes(value));
            case ConfEdit.SetComment(List<String> lines) ->
                new ConfEdit.SetComment(lines.stream().map(ConfBytes::bytes).toList());
            case ConfEdit.RemoveRaw(String key, String value) ->
                new ConfEdit.RemoveRaw(key, value == null ? null : bytes(value));
            case ConfEdit.RemoveEnv remove -> remove;
            case ConfEdit.RemoveOption remove -> remove;
        };
    }

    private static @Nullable Secret encoded(@Nullable Secret secret) {
        return secret == null ? null : new Secret(secret.name(), () -> bytes(secret.reveal()));
    }

    private static String bytes(String text) {
        return Bytes.utf8(text).latin1();
    }
}
