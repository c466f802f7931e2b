package dev.tengil.cli;

import dev.tengil.cli.view.Ink;
import dev.tengil.cli.view.Visible;
import dev.tengil.model.Address;
import dev.tengil.model.HostPath;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import java.util.SortedMap;

/** The state for people: what is owned, with the choices that were made. */
final class StateText {

    private StateText() {}

    static String of(Applied state, HostPath file, Ink ink, int columns) {
        StringBuilder out = new StringBuilder()
                .append("Stack ")
                .append(state.stack())
                .append(", generation ")
                .append(state.generation())
                .append(", serial ")
                .append(state.serial())
                .append(", in ")
                .append(file)
                .append('\n');
        resources(out, state.resources(), ink, columns);
        if (!state.intended().isEmpty()) {
            out.append("\nAn apply was cut off before or while it made these:\n");
            resources(out, state.intended(), ink, columns);
        }
        return out.toString();
    }

    private static void resources(
            StringBuilder out, SortedMap<Address, AppliedResource> resources, Ink ink, int columns) {
        resources.forEach((address, resource) -> {
            out.append("  ").append(ink.bold(address.toString())).append('\n');
            resource.fields().forEach((name, value) -> line(out, name, value, "", columns));
            resource.choices().forEach((name, value) -> line(out, name, value, " (chosen)", columns));
        });
    }

    private static void line(StringBuilder out, String name, String value, String behind, int columns) {
        String text = "      " + name + " " + Visible.line(value);
        int room = Math.max(20, columns - behind.length());
        out.append(text.length() > room ? text.substring(0, room - 1) + "…" : text)
                .append(behind)
                .append('\n');
    }
}
