package dev.tengil.host.sim.pve.guest;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How Proxmox tells the distribution of an unpacked root disk (pve-container Setup.pm, autodetect_type). */
final class OsDetection {

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("alpine", "alpine"),
            Map.entry("arch", "archlinux"),
            Map.entry("archlinux", "archlinux"),
            Map.entry("centos", "centos"),
            Map.entry("rocky", "centos"),
            Map.entry("almalinux", "centos"),
            Map.entry("debian", "debian"),
            Map.entry("devuan", "devuan"),
            Map.entry("fedora", "fedora"),
            Map.entry("gentoo", "gentoo"),
            Map.entry("opensuse", "opensuse"),
            Map.entry("opensuse-leap", "opensuse"),
            Map.entry("opensuse-tumbleweed", "opensuse"),
            Map.entry("sles", "opensuse"),
            Map.entry("ubuntu", "ubuntu"),
            Map.entry("nixos", "nixos"),
            Map.entry("openeuler", "centos"));

    private OsDetection() {}

    /**
     * @param os ID of its os-release, null when it has none
     * @param binary whether {@code /bin/sh} tells the architecture
     */
    static void apply(Section section, @Nullable String os, boolean binary, Consumer<String> log) {
        if (!section.get("ostype", "").equals("unmanaged")) {
            if (os == null) {
                log.accept("/etc/os-release file not found and autodetection failed, falling back to 'unmanaged'");
                section.set("ostype", "unmanaged");
            } else {
                String type = TYPES.get(os);
                if (type == null) {
                    throw PveFailure.of("unable to detect OS distribution");
                }
                section.set("ostype", type);
            }
        }
        if (section.get("arch") == null) {
            if (binary) {
                log.accept("Detected container architecture: amd64");
            } else {
                log.accept("Falling back to amd64.");
                log.accept("Use `pct set VMID --arch ARCH` to change.");
            }
            section.set("arch", "amd64");
        }
    }
}
