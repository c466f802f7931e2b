package dev.tengil.resource.user;

import dev.tengil.model.Address;
import dev.tengil.model.Secret;
import dev.tengil.model.Span;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.Resource;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who uses shares.
 *
 * @param uid on disk
 * @param gid of the primary group
 * @param primaryGroup its name
 * @param groups further groups
 * @param smbPassword null when the file gives none
 */
public record User(
        Address address,
        int uid,
        int gid,
        String primaryGroup,
        SortedSet<String> groups,
        @Nullable Secret smbPassword,
        @Nullable Span span)
        implements Resource {
    static final String PASSWORD = "smb_password";

    /** Begins the name of the field that says of what group it is a member. */
    public static final String MEMBER = "group.";

    /** The choice that says whether the Samba password was {@code found} or {@code made}. */
    static final String SAMBA = "samba";

    public User {
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    }

    /** The address of a user. */
    public static Address addressOf(String name) {
        return new Address("user", name);
    }

    /** Whether the Samba password of an applied user is tengil's, to be removed once the file gives none. */
    public static boolean hasOurPassword(AppliedResource applied) {
        return "made".equals(applied.choice(SAMBA));
    }

    public String name() {
        return address.name();
    }

    @Override
    public Set<Address> dependsOn() {
        Set<Address> first = new HashSet<>();
        first.add(new Address("group", primaryGroup));
        groups.forEach(group -> first.add(new Address("group", group)));
        if (smbPassword != null) {
            first.add(new Address("package", "samba"));
        }
        return first;
    }

    /** Owned fields; the password as a digest with the stack's salt. */
    SortedMap<String, FieldValue> fields(String salt) {
        SortedMap<String, FieldValue> fields = new TreeMap<>();
        groups.forEach(group -> fields.put(MEMBER + group, FieldValue.of("member")));
        if (smbPassword != null) {
            fields.put(PASSWORD, new FieldValue(smbPassword.digest(salt), smbPassword.toString(), span));
        }
        return fields;
    }
}
