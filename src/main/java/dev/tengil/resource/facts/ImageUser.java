package dev.tengil.resource.facts;

import dev.tengil.model.Parsed;
import dev.tengil.oci.layer.LookedFor;
import dev.tengil.resource.Owner;
import java.util.List;
import java.util.Map;

/**
 * The number behind the USER of an image, {@code NAME}, {@code NAME:GROUP} or {@code UID:GROUP}, by the image's own passwd and group. A name
 * that is not in there has none: Proxmox passes over it and starts the program as root (pve-container, Create.pm).
 */
final class ImageUser {

    static final String PASSWD = "etc/passwd";
    static final String GROUP = "etc/group";

    private static final int NAME = 0;
    private static final int ID = 2;
    private static final int GID_OF_USER = 3;

    private ImageUser() {}

    static Parsed<Owner> of(String user, Map<String, LookedFor.Found> files) {
        int colon = user.indexOf(':');
        String name = colon < 0 ? user : user.substring(0, colon);
        String group = colon < 0 ? "" : user.substring(colon + 1);
        Parsed<int[]> uid = isNumber(name)
                ? Parsed.ok(new int[] {Integer.parseInt(name), Integer.parseInt(name)})
                : entry(files, PASSWD, name)
                        .then(fields -> id(fields, ID)
                                .then(number -> id(fields, GID_OF_USER).map(gid -> new int[] {number, gid})));
        return uid.then(ids -> group.isEmpty()
                ? Parsed.ok(new Owner(ids[0], ids[1]))
                : gid(files, group).map(gid -> new Owner(ids[0], gid)));
    }

    private static Parsed<Integer> gid(Map<String, LookedFor.Found> files, String group) {
        return isNumber(group)
                ? Parsed.ok(Integer.valueOf(group))
                : entry(files, GROUP, group).then(fields -> id(fields, ID));
    }

    private static Parsed<String[]> entry(Map<String, LookedFor.Found> files, String path, String name) {
        return switch (files.getOrDefault(path, new LookedFor.Found.Nothing())) {
            case LookedFor.Found.Content(String text) -> {
                List<String[]> entries = text.lines()
                        .map(line -> line.split(":", -1))
                        .filter(fields -> fields[NAME].equals(name))
                        .toList();
                yield entries.isEmpty()
                        ? Parsed.bad("its /" + path + " does not have the name \"" + name
                                + "\", and Proxmox would start it as root")
                        : Parsed.ok(entries.getFirst());
            }
            case LookedFor.Found.NoFile _ -> Parsed.bad("its /" + path + " is not an ordinary file");
            case LookedFor.Found.Nothing _ -> Parsed.bad("it has no /" + path);
        };
    }

    private static Parsed<Integer> id(String[] fields, int at) {
        return fields.length > at && isNumber(fields[at])
                ? Parsed.ok(Integer.valueOf(fields[at]))
                : Parsed.bad("what its files say of \"" + fields[NAME] + "\" is no number");
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,9}");
    }
}
