package dev.tengil.resource.container;

import dev.tengil.host.HostFile;
import dev.tengil.model.HostPath;
import dev.tengil.resource.facts.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The graphics cards of the host. Their device nodes are numbered as drivers come up, so a number may belong to another card after a
 * restart; what a card is, and where it is plugged in, the kernel says in the uevent file beside the node (Linux, drm_sysfs).
 */
final class GraphicsCards {
    private static final String NODES = "/dev/dri/";
    private static final List<String> NAMES =
            List.of("renderD128", "renderD129", "renderD130", "renderD131", "card0", "card1", "card2", "card3");
    private static final Map<String, String> MAKERS = Map.of("8086", "intel", "1002", "amd", "10DE", "nvidia");

    private final List<Node> nodes = new ArrayList<>();

    /**
     * A device node of a card.
     *
     * @param maker {@code intel}, {@code amd}, {@code nvidia}, or null when the kernel does not say
     * @param slot its PCI address, {@code 0000:00:02.0}, or null
     */
    record Node(
            String path, @Nullable String maker, @Nullable String slot) {
        boolean isRender() {
            return path.startsWith(NODES + "render");
        }
    }

    /** Those whose nodes are there. */
    GraphicsCards(Facts facts) {
        for (String name : NAMES) {
            if (facts.paths().containsKey(HostPath.of(NODES + name))) {
                HostFile file = facts.files().get(uevent(name));
                Map<String, String> said =
                        file == null ? Map.of() : pairs(file.content().text());
                String id = said.getOrDefault("PCI_ID", "").toUpperCase(java.util.Locale.ROOT);
                int colon = id.indexOf(':');
                String maker = colon < 0 ? null : MAKERS.getOrDefault(id.substring(0, colon), "another maker");
                nodes.add(new Node(NODES + name, maker, said.get("PCI_SLOT_NAME")));
            }
        }
    }

    /** Where device nodes may stand. */
    static List<HostPath> places() {
        return NAMES.stream().map(name -> HostPath.of(NODES + name)).toList();
    }

    /** Files to read before the cards can be told apart. */
    static List<HostPath> files() {
        return NAMES.stream().map(GraphicsCards::uevent).toList();
    }

    /** Whether telling cards apart matters to this device. */
    static boolean isNode(String path) {
        return path.startsWith(NODES);
    }

    List<Node> all() {
        return List.copyOf(nodes);
    }

    /** The node of this path; null when it is none of a card. */
    @Nullable
    Node at(String path) {
        return nodes.stream()
                .filter(node -> node.path().equals(path))
                .findFirst()
                .orElse(null);
    }

    /** The node of the card in a slot. */
    @Nullable
    Node in(String slot, boolean render) {
        return nodes.stream()
                .filter(node -> slot.equals(node.slot()) && node.isRender() == render)
                .findFirst()
                .orElse(null);
    }

    private static HostPath uevent(String name) {
        return HostPath.of("/sys/class/drm/" + name + "/device/uevent");
    }

    private static Map<String, String> pairs(String text) {
        return text.lines()
                .filter(line -> line.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1).strip(),
                        (first, second) -> first));
    }
}
