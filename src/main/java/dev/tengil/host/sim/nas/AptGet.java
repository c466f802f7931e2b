package dev.tengil.host.sim.nas;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Program;
import java.util.List;
import java.util.Map;

/**
 * {@code apt-get install -y PACKAGE…} for the packages that tengil knows; they bring the config files that Debian's bring, and
 * {@code apt-get remove} leaves those.
 */
final class AptGet implements Program {

    private static final Map<String, String> VERSIONS = Map.of(
            "nftables",
            "1.1.3-1",
            "samba",
            "2:4.22.4+dfsg-1",
            "nfs-kernel-server",
            "1:2.8.3-1",
            "skopeo",
            "1.18.0+ds1-1",
            "acl",
            "2.3.2-2");

    private static final String SMB_CONF = """
            [global]
               workgroup = WORKGROUP
               log file = /var/log/samba/log.%m
               max log size = 1000
               logging = file
               server role = standalone server
               obey pam restrictions = yes
               unix password sync = yes
               map to guest = bad user
               usershare allow guests = yes

            [homes]
               comment = Home Directories
               browseable = no
               read only = yes
               create mask = 0700
               directory mask = 0700
               valid users = %S

            [printers]
               comment = All Printers
               browseable = no
               path = /var/tmp
               printable = yes
               guest ok = no
               read only = yes
               create mask = 0700

            [print$]
               comment = Printer Drivers
               path = /var/lib/samba/printers
               browseable = yes
               read only = yes
               guest ok = no
            """;

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        List<String> names =
                words.stream().filter(word -> !word.startsWith("-")).toList();
        if (names.isEmpty()) {
            return call.fail(100, "E: Invalid operation");
        }
        if (names.getFirst().equals("update")) {
            call.out("Reading package lists...");
            return 0;
        }
        if (names.getFirst().equals("remove")) {
            for (String name : names.subList(1, names.size())) {
                call.out("Removing " + name + " ...");
                call.world().texts("packages").remove(name);
            }
            return 0;
        }
        if (!names.getFirst().equals("install")) {
            return call.fail(100, "E: Invalid operation " + names.getFirst());
        }
        for (String name : names.subList(1, names.size())) {
            if (!VERSIONS.containsKey(name)) {
                return call.fail(100, "E: Unable to locate package " + name);
            }
        }
        for (String name : names.subList(1, names.size())) {
            if (!call.world().texts("packages").contains(name)) {
                call.out("Setting up " + name + " (" + VERSIONS.get(name) + ") ...");
                call.world().texts("packages").put(name, String.valueOf(VERSIONS.get(name)));
                files(name, call.world().disk());
            }
        }
        return 0;
    }

    private static void files(String name, Disk disk) {
        if (name.equals("samba")) {
            disk.mkdirs("/etc/samba", 0755);
            if (disk.follow("/etc/samba/smb.conf") == null) {
                disk.write("/etc/samba/smb.conf", Bytes.utf8(SMB_CONF), 0644);
            }
        }
        if (name.equals("nfs-kernel-server")) {
            if (disk.follow("/etc/exports") == null) {
                disk.write(
                        "/etc/exports",
                        Bytes.utf8("# /etc/exports: the access control list for filesystems which may be exported\n"),
                        0644);
            }
        }
    }
}
