package dev.tengil.host.sim.pve;

import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.schema.Booleans;
import dev.tengil.host.sim.pve.schema.Parameters;
import dev.tengil.host.sim.pve.schema.Property;
import dev.tengil.host.sim.pve.schema.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command line of the Proxmox programs, read by the parameters of the call (pve-common JSONSchema.pm, get_options).
 *
 * @param options by name; booleans as 1 or 0
 * @param words what is no option, in order
 * @param complaints lines for stderr about options that do not exist
 */
record CommandLine(Map<String, String> options, List<String> words, List<String> complaints) {

    /** Reads the arguments behind the program's name and command. */
    static CommandLine read(List<String> argv, Parameters parameters) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        for (int i = 0; i < argv.size(); i++) {
            String word = argv.get(i);
            if (word.equals("--")) {
                words.addAll(argv.subList(i + 1, argv.size()));
                break;
            }
            if (!word.startsWith("-") || word.length() == 1) {
                words.add(word);
                continue;
            }
            String text = word.substring(word.startsWith("--") ? 2 : 1);
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            Property property = parameters.find(name);
            if (property == null) {
                complaints.add("Unknown option: " + name);
                continue;
            }
            String next = i + 1 < argv.size() ? argv.get(i + 1) : null;
            String value = equals >= 0 ? text.substring(equals + 1) : null;
            if (value == null && takesNext(property, next)) {
                value = next;
                i++;
            }
            if (value == null && !(property.type() instanceof Type.Bool)) {
                complaints.add("Option " + name + " requires an argument");
                continue;
            }
            put(options, property, name, value);
        }
        return new CommandLine(options, words, complaints);
    }

    /** Stops the program when an option was unknown. */
    void refuseUnknown() {
        if (!complaints.isEmpty()) {
            throw PveFailure.usage("unable to parse option");
        }
    }

    private static void put(Map<String, String> options, Property property, String name, @Nullable String value) {
        if (property.type() instanceof Type.Bool) {
            options.put(name, value == null || value.isEmpty() ? "1" : Booleans.normal(value));
        } else if (property.type().isList() && value != null) {
            options.merge(name, value, (old, more) -> old + "," + more);
        } else if (value != null) {
            options.put(name, value);
        }
    }

    /** A boolean may stand bare, so what follows belongs to it only if it is no option. */
    private static boolean takesNext(Property property, @Nullable String next) {
        if (next == null) {
            return false;
        }
        return !(property.type() instanceof Type.Bool) || !next.startsWith("-");
    }
}
