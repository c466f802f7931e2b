package dev.tengil.host.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds the simulated programs around shares to a recording of the real ones: both streams and the exit code of every line that the
 * simulated host has the programs for. What does not agree is what tengil never asks for: testparm for a single parameter, Samba's
 * registry, the file behind exportfs, exports by the property sharenfs, ACL entries by name, and systemctl show.
 */
class ShareTranscriptTest {

    @ParameterizedTest
    @CsvSource({"06-samba, 7", "07-nfs, 18"})
    void the_programs_of_shares_answer_as_they_were_recorded(String file, int floor) throws Exception {
        List<Transcript.Entry> samba = Transcript.named("06-samba.txt").entries();
        List<Transcript.Entry> nfs = Transcript.named("07-nfs.txt").entries();
        String world = """
                packages: {samba: '2:4.22.11+dfsg-0+deb13u1', nfs-kernel-server: '1:2.8.3-1', zfsutils-linux: 2.3.9-0+deb13u1}
                pools: {tank: {size: '16642998272'}}
                datasets:
                  tank: {properties: {mountpoint: /tank}}
                  tank/media: {properties: {acltype: posix}}
                files:
                  /etc/samba/smb.conf: |
                """ + samba.getFirst().stdout().indent(4)
                + "  /etc/exports: |\n" + nfs.get(1).stdout().indent(4);
        SimulatedHost host = SimulatedHost.inMemory(world, Faults.none()).orThrow();
        List<String> different = new ArrayList<>();
        int compared = 0;
        int others = 0;
        if (file.startsWith("07")) {
            RecordedLine.run(host, "useradd -M -s /usr/sbin/nologin bob");
        }
        for (Transcript.Entry entry : Transcript.named(file + ".txt").entries()) {
            Result result = RecordedLine.run(host, entry.line());
            if (result == null) {
                others++;
                continue;
            }
            compared++;
            String real = comparable(entry.stdout(), entry.stderr(), entry.exit());
            String ours = comparable(result.out(), result.err(), result.exit());
            if (!real.equals(ours)) {
                different.add("$ " + entry.line() + "\nreal: " + real + "\nours: " + ours);
            }
        }
        int agree = compared - different.size();
        System.out.println("transcripts: " + file + ": " + agree + " of " + compared + " agree (" + others
                + " more need programs that are not simulated)");
        assertThat(agree).withFailMessage(() -> String.join("\n", different)).isGreaterThanOrEqualTo(floor);
    }

    private static String comparable(String out, String err, int exit) {
        return "exit " + exit + "\n" + out.strip() + "\n" + err.strip();
    }
}
