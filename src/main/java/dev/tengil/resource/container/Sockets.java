package dev.tengil.resource.container;

/** Recognises volumes that hand a container engine's socket on: there is no such engine under Proxmox. */
final class Sockets {

    private Sockets() {}

    static boolean isSocket(VolumeSpec volume) {
        return isEngine(volume.source()) || isEngine(volume.target().value());
    }

    private static boolean isEngine(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.endsWith(".sock")
                && (name.contains("docker")
                        || name.contains("podman")
                        || name.contains("containerd")
                        || name.contains("oci"));
    }
}
