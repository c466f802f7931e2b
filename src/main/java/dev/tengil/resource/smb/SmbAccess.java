package dev.tengil.resource.smb;

import dev.tengil.model.Fields;
import dev.tengil.resource.Ids;
import dev.tengil.resource.People;
import dev.tengil.resource.Sharing;
import dev.tengil.resource.Writers;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may do what through one share. Guests are nobody's account, so {@code valid users} would lock them out: with guests, everybody
 * reads and only those who are named write.
 *
 * @param readonly nobody writes who is not named with {@code write}
 * @param guests people without a password come in
 * @param grants who is named; empty for everybody
 */
record SmbAccess(boolean readonly, boolean guests, List<Grant> grants) {
    private static final int NOBODY = 65_534;

    static SmbAccess of(Fields fields) {
        List<Grant> grants = new ArrayList<>(fields.valueOr(SmbKeys.USERS, List.of()));
        grants.addAll(fields.valueOr(SmbKeys.GROUPS, List.of()));
        return new SmbAccess(
                fields.valueOr(SmbKeys.READONLY, false), fields.valueOr(SmbKeys.GUEST_OK, false), List.copyOf(grants));
    }

    /** Whether anybody writes. */
    boolean writable() {
        return grants.isEmpty() ? !readonly : grants.stream().anyMatch(this::writes);
    }

    private boolean writes(Grant grant) {
        Boolean said = grant.write();
        return said != null ? said : !readonly;
    }

    /** Whether writing is what everybody does who gets in, so that the exceptions are listed and not the rule. */
    private boolean openForWriting() {
        return !readonly && (grants.isEmpty() || !guests);
    }

    /** The parameters that say so. All are written out: {@code [global]} can set other defaults for each. */
    void write(SortedMap<String, String> parameters) {
        parameters.put("guest ok", guests ? "yes" : "no");
        parameters.put("read only", openForWriting() ? "no" : "yes");
        parameters.put("valid users", guests ? "" : principals(grants.stream()));
        parameters.put(
                "read list",
                principals(openForWriting() ? grants.stream().filter(grant -> !writes(grant)) : Stream.of()));
        parameters.put(
                "write list",
                principals(openForWriting() ? Stream.of() : grants.stream().filter(this::writes)));
    }

    private static String principals(Stream<Grant> grants) {
        return grants.map(Grant::principal).distinct().sorted().collect(Collectors.joining(" "));
    }

    /** Ids on disk of what people write here. */
    Sharing sharing(Ids ids, People people) {
        if (!writable()) {
            return Sharing.READ_ONLY;
        }
        SortedSet<Integer> uids = new TreeSet<>();
        if (grants.isEmpty()) {
            uids.addAll(people.samba());
        }
        if (guests && openForWriting()) {
            uids.add(NOBODY);
        }
        for (Grant grant : grants) {
            if (writes(grant)) {
                Integer uid = grant.group() ? null : ids.user(grant.name());
                if (uid != null) {
                    uids.add(uid);
                }
                if (grant.group()) {
                    uids.addAll(people.membersOf(grant.name()));
                }
            }
        }
        return new Sharing(true, new Writers(uids, new TreeSet<>()));
    }
}
