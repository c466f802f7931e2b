package dev.tengil.resource.smb;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.HostFile;
import dev.tengil.model.HostPath;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Place;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.SmbBaseline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Check first, then replace, then reload; and the way back. */
final class SmbCommands {
    private static final int MODE = 0644;

    private final SmbFile file;
    private final Facts facts;
    private final @Nullable SmbConf conf;

    /**
     * @param conf null when Samba's package has still to bring it
     */
    SmbCommands(SmbFile file, Facts facts, @Nullable SmbConf conf) {
        this.file = file;
        this.facts = facts;
        this.conf = conf;
    }

    /**
     * @param before names of the shares in force
     * @param publishing datasets that must be mounted, since what lies under their mountpoint would be published instead
     */
    List<Operation> operations(List<SmbShare> shares, Collection<String> before, List<Place> publishing) {
        List<Operation> operations = new ArrayList<>();
        publishing.stream()
                .distinct()
                .forEach(place -> operations.add(new Operation.EnsureMounted(
                        "check that " + place.dataset() + " is mounted", place.dataset(), place.mountpoint())));
        String rendered = file.render(shares);
        check(rendered, shares, before, operations);
        if (!shares.isEmpty()) {
            operations.add(write("write " + file.path(), file.path(), Bytes.utf8(rendered), digest(file.path())));
        }
        if (conf == null) {
            // The package brings a smb.conf that nobody has read yet, so it gets our line without being rewritten.
            if (!shares.isEmpty()) {
                operations.add(Operation.Run.of(
                        "include it from " + SmbConf.PATH,
                        Command.changes("sed", "-i", "$a " + SmbConf.includeLine(file.path()), SmbConf.PATH.value())));
            }
        } else {
            SmbConf settled = settled(shares, conf);
            if (!settled.equals(conf)) {
                operations.add(write(
                        (shares.isEmpty() ? "no longer include it from " : "include it from ") + SmbConf.PATH,
                        SmbConf.PATH,
                        Bytes.latin1(settled.text()),
                        digest(SmbConf.PATH)));
            }
        }
        if (shares.isEmpty()) {
            operations.add(new Operation.Remove("remove " + file.path(), file.path()));
        }
        operations.add(reload());
        // Last of all: as long as it lies there, Samba may not have been told.
        operations.add(new Operation.Remove("remove the candidate", file.candidate()));
        return operations;
    }

    private SmbConf settled(List<SmbShare> shares, SmbConf present) {
        if (shares.isEmpty()) {
            return present.without(file.path());
        }
        return present.isSettled(file.path()) ? present : present.with(file.path());
    }

    private void check(String rendered, List<SmbShare> shares, Collection<String> before, List<Operation> operations) {
        SortedSet<String> now = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        shares.forEach(share -> now.add(share.name()));
        SortedSet<String> then = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        then.addAll(before);
        Bytes whole = conf == null
                ? Bytes.utf8(rendered)
                : Bytes.latin1(conf.inlined(file.path(), Bytes.utf8(rendered).latin1()));
        operations.add(write("write the candidate for testparm", file.candidate(), whole, null));
        operations.add(new Operation.Run(
                "check the candidate",
                // The judge knows more than the exit code does.
                Command.reads("testparm", "-s", file.candidate().value()).withOkExits(0, 1),
                new TestparmJudge(conf == null ? SmbBaseline.NONE : facts.smbBaseline(), then, now),
                false));
    }

    /** Puts back what stood there; where nobody else's work has come between. */
    List<Operation> undo(List<SmbShare> shares) {
        List<Operation> operations = new ArrayList<>();
        HostFile own = facts.files().get(file.path());
        HostFile smbConf = facts.files().get(SmbConf.PATH);
        if (own != null) {
            operations.add(write("write the former " + file.path(), file.path(), own.content(), null));
        } else if (conf == null) {
            operations.add(write(
                    "write " + file.path() + " without shares", file.path(), Bytes.utf8(file.render(List.of())), null));
        } else {
            operations.add(new Operation.Remove("remove " + file.path(), file.path()));
        }
        SmbConf settled = conf == null ? null : settled(shares, conf);
        if (smbConf != null && settled != null && !settled.equals(conf)) {
            operations.add(write(
                    "write the former " + SmbConf.PATH,
                    SmbConf.PATH,
                    smbConf.content(),
                    Bytes.latin1(settled.text()).digest("SHA-256")));
        }
        operations.add(reload());
        // Last of all: as long as it lies there, Samba may not have been told.
        operations.add(new Operation.Remove("remove the candidate", file.candidate()));
        return operations;
    }

    private static Operation reload() {
        return Operation.Run.of(
                "let Samba read its configuration", Command.changes("smbcontrol", "all", "reload-config"));
    }

    private Operation write(String title, HostPath path, Bytes content, @Nullable String expected) {
        HostFile present = facts.files().get(path);
        return new Operation.Write(
                title, new FileWrite(path, content, present == null ? MODE : present.mode()), expected);
    }

    private String digest(HostPath path) {
        HostFile present = facts.files().get(path);
        return present == null ? "" : present.content().digest("SHA-256");
    }
}
