package dev.tengil.resource.container;

import dev.tengil.model.HostPath;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.resource.facts.PathInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Devices that the file names, and those that {@code gpu} stands for; each must exist on the host. */
final class DeviceResolver {
    private static final List<String> NVIDIA = List.of(
            "/dev/nvidia0", "/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools", "/dev/nvidia-modeset");
    /** What AMD cards compute through, beside their render node. */
    private static final String KFD = "/dev/kfd";

    /** The choice that keeps where the card is plugged in whose node the file names. */
    private static final String SLOT = "pci.";

    /** udev's stable name of a card's node. */
    private static final Pattern BY_PATH = Pattern.compile("/dev/dri/by-path/pci-([0-9a-f:.]+)-(render|card)");

    private final Scope scope;
    private final GraphicsCards cards;
    private final SortedMap<String, String> devices = new TreeMap<>();

    private DeviceResolver(Scope scope) {
        this.scope = scope;
        this.cards = new GraphicsCards(scope.facts());
    }

    /** Paths to look at before these declarations can be resolved. */
    static SortedSet<HostPath> wanted(Merged asked) {
        SortedSet<HostPath> paths = new TreeSet<>();
        asked.list(ContainerKeys.DEVICES).forEach(device -> {
            if (HostPath.parse(source(device.value())) instanceof Parsed.Ok<HostPath>(HostPath path)) {
                paths.add(path);
            }
        });
        Located<String> gpu = asked.one(ContainerKeys.GPU);
        if (gpu != null && !gpu.value().equals("false")) {
            NVIDIA.forEach(path -> paths.add(HostPath.of(path)));
            paths.add(HostPath.of(KFD));
        }
        if (ofCards(asked)) {
            paths.addAll(GraphicsCards.places());
        }
        return paths;
    }

    /** Files to read before these declarations can be resolved. */
    static List<HostPath> files(Merged asked) {
        return ofCards(asked) ? GraphicsCards.files() : List.of();
    }

    private static boolean ofCards(Merged asked) {
        Located<String> gpu = asked.one(ContainerKeys.GPU);
        return (gpu != null && !gpu.value().equals("false"))
                || asked.list(ContainerKeys.DEVICES).stream()
                        .anyMatch(device -> GraphicsCards.isNode(source(device.value())));
    }

    /** Device strings by path. */
    static SortedMap<String, String> resolve(Scope scope) {
        DeviceResolver resolver = new DeviceResolver(scope);
        scope.asked.list(ContainerKeys.DEVICES).forEach(resolver::device);
        resolver.gpu();
        return resolver.devices;
    }

    private void device(Located<String> device) {
        String text = device.value();
        String path = source(text);
        if (!text.equals(path) && !text.equals(path + ":" + path)) {
            scope.error(
                    "container.device-renamed",
                    "Proxmox shows a device under its own name only, so " + text + " is not possible",
                    device.span(),
                    "Write " + path + ", or make a link inside the container.");
            return;
        }
        String node = GraphicsCards.isNode(path) ? card(path) : path;
        if (isDevice(node)) {
            devices.put(node, "path=" + node);
        } else {
            scope.error(
                    "container.no-device",
                    "there is no device " + path + " on the host",
                    device.span(),
                    "Look: ls -l " + path + ". Perhaps its driver is not loaded.");
        }
    }

    /** The node of the card that the file meant when it was first applied, whatever number it has today. */
    private String card(String path) {
        Matcher stable = BY_PATH.matcher(path);
        if (stable.matches()) {
            GraphicsCards.Node node = cards.in(stable.group(1), stable.group(2).equals("render"));
            return node == null ? path : node.path();
        }
        GraphicsCards.Node named = cards.at(path);
        String meant = scope.chosen(SLOT + path);
        GraphicsCards.Node moved = meant == null ? null : cards.in(meant, path.contains("render"));
        GraphicsCards.Node node = moved != null ? moved : named;
        if (node != null && node.slot() != null) {
            scope.choices.put(SLOT + path, node.slot());
        }
        if (moved != null && !moved.path().equals(path)) {
            scope.notes.add("the card that was " + path + " (PCI " + meant + ") is " + moved.path() + " now");
        }
        return node == null ? path : node.path();
    }

    private void gpu() {
        Located<String> gpu = scope.asked.one(ContainerKeys.GPU);
        if (gpu == null || gpu.value().equals("false")) {
            return;
        }
        boolean any = gpu.value().equals("true");
        List<String> present = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (GraphicsCards.Node node : cards.all()) {
            String maker = node.maker();
            boolean fits = any || maker == null || maker.equals(gpu.value());
            if (fits && (any || !gpu.value().equals("nvidia"))) {
                present.add(node.path());
            } else if (!fits) {
                others.add(node.path() + " is by " + maker);
            }
        }
        if (!present.isEmpty() && (any || gpu.value().equals("amd")) && isDevice(KFD)) {
            present.add(KFD);
        }
        if (any || gpu.value().equals("nvidia")) {
            NVIDIA.stream().filter(this::isDevice).forEach(present::add);
        }
        if (present.isEmpty()) {
            scope.error(
                    "container.no-gpu",
                    "the host shows no graphics device for gpu: " + gpu.value(),
                    gpu.span(),
                    (others.isEmpty()
                                    ? "Expected "
                                            + (gpu.value().equals("nvidia") ? NVIDIA.getFirst() : "/dev/dri/renderD128")
                                    : "There are others: " + String.join(", ", others))
                            + ". Load the driver on the host, or take gpu: out.");
        }
        // Images know no group names of the host: whoever runs in the container may use the device.
        present.forEach(path -> devices.putIfAbsent(path, "path=" + path + ",mode=0666"));
    }

    /** Proxmox follows links that udev made, and they stay right when a number changes. */
    private boolean isDevice(String path) {
        @Nullable PathInfo found = scope.facts().paths().get(HostPath.of(path));
        return found != null
                && switch (found.type()) {
                    case CHARACTER_DEVICE, BLOCK_DEVICE -> true;
                    case SYMLINK -> path.contains("/by-");
                    case FILE, DIRECTORY, OTHER -> false;
                };
    }

    /** Behind the path Docker's form has another; names by udev have colons of their own. */
    private static String source(String device) {
        int second = device.indexOf(":/dev/");
        return second < 0 ? device : device.substring(0, second);
    }
}
