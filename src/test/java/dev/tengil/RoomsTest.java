package dev.tengil;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tengil.host.Host;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the code to the table of rooms: who may know whom. The table has no circle, so neither have the rooms. */
class RoomsTest {
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            entry("model", Set.of()),
            entry("config", Set.of("model")),
            entry("host", Set.of("model")),
            // a simulated host can see real registries, and reads them with the same client
            entry("host.sim", Set.of("host", "model", "oci")),
            entry("oci", Set.of("model")),
            entry("resource", Set.of("model", "host", "oci")),
            entry("kind", Set.of("resource", "model", "host", "oci")),
            entry("apps", Set.of("model", "config")),
            entry("check", Set.of("model", "resource", "kind")),
            // operations hold commands and files of the host's port, which a plan prints
            entry("plan", Set.of("model", "config", "resource", "kind", "check", "host")),
            entry("state", Set.of("model", "resource", "kind", "host")),
            entry("apply", Set.of("plan", "resource", "kind", "state", "host", "model")));

    @Test
    void what_decides_never_holds_a_host() {
        var holders = new TreeSet<String>();
        for (JavaClass from : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.tengil")) {
            boolean decides = Set.of("config", "kind", "check", "plan").contains(room(from.getPackageName()));
            boolean holds = from.getDirectDependenciesFromSelf().stream()
                    .anyMatch(dependency -> dependency.getTargetClass().isAssignableTo(Host.class));
            if (decides && holds) {
                holders.add(from.getName());
            }
        }
        assertThat(holders).isEmpty();
    }

    @Test
    void every_room_knows_only_the_rooms_that_the_table_allows() {
        var arrows = new TreeSet<String>();
        for (JavaClass from : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.tengil")) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (to.startsWith("dev.tengil") && !allowed(from.getPackageName(), to)) {
                    arrows.add(from.getPackageName() + " knows " + to + ": " + from.getSimpleName() + " -> "
                            + dependency.getTargetClass().getBaseComponentType().getSimpleName());
                }
            }
        }
        assertThat(arrows).isEmpty();
    }

    private static boolean allowed(String from, String to) {
        String room = room(from);
        String other = room(to);
        if (room.equals("cli")) {
            return true;
        }
        if (room.equals("kind") && other.equals("kind")) {
            return kind(from).equals(kind(to));
        }
        return room.equals(other) || MAY_KNOW.getOrDefault(room, Set.of()).contains(other);
    }

    private static String room(String packageName) {
        String[] names = packageName.split("\\.", -1);
        String first = names.length > 2 ? names[2] : "";
        String second = names.length > 3 ? names[3] : "";
        if (first.equals("host") && second.equals("sim")) {
            return "host.sim";
        }
        // What was observed is shared by all kinds.
        boolean isKind = first.equals("resource") && !second.isEmpty() && !second.equals("facts");
        return isKind ? "kind" : first;
    }

    private static String kind(String packageName) {
        return packageName.split("\\.", -1)[3];
    }
}
