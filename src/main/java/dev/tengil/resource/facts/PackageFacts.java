package dev.tengil.resource.facts;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads which Debian packages are installed, and Proxmox's versions. */
final class PackageFacts {

    private PackageFacts() {}

    /** Lines {@code NAME installed}. */
    static SortedSet<String> dpkg(Questions.Answer answer) {
        SortedSet<String> installed = new TreeSet<>();
        for (String line : answer.text().lines().toList()) {
            if (line.endsWith(" installed")) {
                installed.add(line.substring(0, line.indexOf(' ')));
            }
        }
        return installed;
    }

    /** Lines {@code NAME: VERSION (remark)} of {@code pveversion -v}; empty where there is no Proxmox. */
    static SortedMap<String, String> pveversion(Questions.Answer answer) {
        SortedMap<String, String> versions = new TreeMap<>();
        for (String line : answer.text().lines().toList()) {
            int colon = line.indexOf(": ");
            if (colon > 0 && !line.contains("not correctly installed")) {
                String version = line.substring(colon + 2).strip();
                int blank = version.indexOf(' ');
                versions.put(line.substring(0, colon), blank < 0 ? version : version.substring(0, blank));
            }
        }
        return versions;
    }
}
