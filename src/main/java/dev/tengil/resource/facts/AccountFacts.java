package dev.tengil.resource.facts;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads users and groups as getent prints them, and who has a Samba password. */
final class AccountFacts {

    private AccountFacts() {}

    static Accounts read(Questions.Answer passwd, Questions.Answer group, Questions.Answer smb) {
        SortedMap<String, Accounts.User> users = new TreeMap<>();
        for (String line : passwd.text().lines().toList()) {
            String[] cells = line.split(":", -1);
            if (cells.length >= 5 && cells[2].matches("\\d{1,9}") && cells[3].matches("\\d{1,9}")) {
                users.put(
                        cells[0],
                        new Accounts.User(cells[0], Integer.parseInt(cells[2]), Integer.parseInt(cells[3]), cells[4]));
            }
        }
        SortedMap<String, Accounts.Group> groups = new TreeMap<>();
        for (String line : group.text().lines().toList()) {
            String[] cells = line.split(":", -1);
            if (cells.length >= 4 && cells[2].matches("\\d{1,9}")) {
                TreeSet<String> members = new TreeSet<>(List.of(cells[3].split(",", -1)));
                members.remove("");
                groups.put(cells[0], new Accounts.Group(cells[0], Integer.parseInt(cells[2]), members));
            }
        }
        TreeSet<String> smbUsers = new TreeSet<>();
        smb.text()
                .lines()
                .map(line -> line.split(":", -1)[0])
                .filter(name -> !name.isBlank())
                .forEach(smbUsers::add);
        return new Accounts(users, groups, smbUsers);
    }
}
