package dev.tengil.resource.facts;

import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Users and groups of the host.
 *
 * @param users by name
 * @param groups by name
 * @param smbUsers names that have a Samba password
 */
public record Accounts(SortedMap<String, User> users, SortedMap<String, Group> groups, SortedSet<String> smbUsers) {

    /** A line of passwd. */
    public record User(String name, int uid, int gid, String comment) {}

    /** A line of group. */
    public record Group(String name, int gid, SortedSet<String> members) {}
}
