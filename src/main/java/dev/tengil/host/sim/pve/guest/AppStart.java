package dev.tengil.host.sim.pve.guest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the program of an image does when its container has started: it says something, and runs on or exits at once. */
final class AppStart {

    private final Proxmox pve;
    private final int vmid;

    AppStart(Proxmox pve, int vmid) {
        this.pve = pve;
        this.vmid = vmid;
    }

    /** Why it exits at once, as it says itself; null when it runs on. */
    @Nullable
    String run(Section section, ConsoleLog console) {
        RegistryImage image = Contents.of(pve, section);
        if (image == null) {
            return null;
        }
        RegistryImage.Behaviour program = image.content().program();
        if (!program.output().isEmpty()) {
            console.print(program.output());
        }
        for (String need : program.needs()) {
            if (!isThere(section, need)) {
                return need + (need.startsWith("/") ? ": nothing is mounted there" : " is not set");
            }
        }
        GuestFiles files = new GuestFiles(pve, vmid, id(section, "lxc.init.uid"), groups(section));
        for (String path : program.writes()) {
            String refused = files.place(path) == null ? null : files.refusesChange(path + "/x");
            if (refused != null) {
                return path + ": " + refused;
            }
        }
        return null;
    }

    private static boolean isThere(Section section, String need) {
        return need.startsWith("/")
                ? Mounts.of(section).stream().anyMatch(mount -> mount.target().equals(need))
                : section.env().stream()
                        .anyMatch(item -> item.startsWith(need + "=") && item.length() > need.length() + 1);
    }

    private static int id(Section section, String key) {
        return section.raw().stream()
                .filter(line -> line.key().equals(key) && line.value().matches("\\d{1,9}"))
                .map(line -> Integer.parseInt(line.value()))
                .findFirst()
                .orElse(0);
    }

    private static List<Integer> groups(Section section) {
        List<Integer> groups = new ArrayList<>(List.of(id(section, "lxc.init.gid")));
        section.raw().stream()
                .filter(line -> line.key().equals("lxc.init.groups"))
                .flatMap(line -> List.of(line.value().split("[, ]+", -1)).stream())
                .filter(each -> each.matches("\\d{1,9}"))
                .forEach(each -> groups.add(Integer.parseInt(each)));
        return groups;
    }
}
