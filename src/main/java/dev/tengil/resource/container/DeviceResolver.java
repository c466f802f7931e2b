package dev.tengil.resource.container;

import dev.tengil.model.HostPath;
import dev.tengil.model.Located;
import dev.tengil.resource.facts.PathInfo;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Devices that the file names, and those that {@code gpu} stands for; each must exist on the host. */
final class DeviceResolver {
    private static final List<String> RENDER =
            List.of("/dev/dri/renderD128", "/dev/dri/renderD129", "/dev/dri/card0", "/dev/dri/card1");
    private static final List<String> NVIDIA = List.of(
            "/dev/nvidia0", "/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools", "/dev/nvidia-modeset");

    private DeviceResolver() {}

    /** Paths to look at before these declarations can be resolved. */
    static SortedSet<HostPath> wanted(Merged asked) {
        SortedSet<HostPath> paths = new TreeSet<>();
        asked.list(ContainerKeys.DEVICES).forEach(device -> addPath(device.value(), paths));
        Located<String> gpu = asked.one(ContainerKeys.GPU);
        if (gpu != null && !gpu.value().equals("false")) {
            RENDER.forEach(path -> paths.add(HostPath.of(path)));
            NVIDIA.forEach(path -> paths.add(HostPath.of(path)));
        }
        return paths;
    }

    /** Device strings by path. */
    static SortedMap<String, String> resolve(Scope scope) {
        SortedMap<String, String> devices = new TreeMap<>();
        for (Located<String> device : scope.asked.list(ContainerKeys.DEVICES)) {
            String text = device.value();
            String path = text.contains(":") ? text.substring(0, text.indexOf(':')) : text;
            if (text.contains(":") && !text.equals(path + ":" + path)) {
                scope.error(
                        "container.device-renamed",
                        "Proxmox shows a device under its own name only, so " + text + " is not possible",
                        device.span(),
                        "Write " + path + ", or make a link inside the container.");
                continue;
            }
            if (isDevice(scope, path)) {
                devices.put(path, "path=" + path);
            } else {
                scope.error(
                        "container.no-device",
                        "there is no device " + path + " on the host",
                        device.span(),
                        "Look: ls -l " + path + ". Perhaps its driver is not loaded.");
            }
        }
        gpu(scope, devices);
        return devices;
    }

    private static void gpu(Scope scope, SortedMap<String, String> devices) {
        Located<String> gpu = scope.asked.one(ContainerKeys.GPU);
        if (gpu == null || gpu.value().equals("false")) {
            return;
        }
        List<String> candidates = switch (gpu.value()) {
            case "nvidia" -> NVIDIA;
            case "true" ->
                java.util.stream.Stream.concat(RENDER.stream(), NVIDIA.stream()).toList();
            default -> RENDER;
        };
        List<String> present =
                candidates.stream().filter(path -> isDevice(scope, path)).toList();
        if (present.isEmpty()) {
            scope.error(
                    "container.no-gpu",
                    "the host shows no graphics device for gpu: " + gpu.value(),
                    gpu.span(),
                    "Expected one of " + String.join(", ", candidates)
                            + ". Load the driver on the host, or take gpu: out.");
        }
        // Images know no group names of the host: whoever runs in the container may use the device.
        present.forEach(path -> devices.putIfAbsent(path, "path=" + path + ",mode=0666"));
    }

    private static boolean isDevice(Scope scope, String path) {
        PathInfo found = scope.facts().paths().get(HostPath.of(path));
        return found != null
                && switch (found.type()) {
                    case CHARACTER_DEVICE, BLOCK_DEVICE -> true;
                    case FILE, DIRECTORY, SYMLINK, OTHER -> false;
                };
    }

    private static void addPath(String device, SortedSet<HostPath> paths) {
        String path = device.contains(":") ? device.substring(0, device.indexOf(':')) : device;
        if (HostPath.parse(path) instanceof dev.tengil.model.Parsed.Ok<HostPath>(HostPath ok)) {
            paths.add(ok);
        }
    }
}
