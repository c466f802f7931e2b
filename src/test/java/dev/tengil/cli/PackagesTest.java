package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages come with the first share that needs them, and stay. */
class PackagesTest {

    private static final String FILE = "pools: {tank: {datasets: {media: {shares: {smb: Media}}}}}\n";

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void host() {
        tg = new Tg(folder);
        assertThat(tg.say("sim new w").exit()).isZero();
    }

    private void applied(String file) throws IOException {
        Tg.Ran ran = tg.file(file).say("apply --yes");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(tg.say("plan").out()).startsWith("No changes.");
    }

    @Test
    void a_package_stays_installed_when_nothing_needs_it_any_more() throws IOException {
        applied(FILE);
        Tg.Ran plan = tg.file("pools: {tank: {datasets: {media: {}}}}\n").say("plan");
        assertThat(plan.out()).contains("package:samba").contains("stays installed");
        applied("pools: {tank: {datasets: {media: {}}}}\n");
        assertThat(tg.onHost("dpkg-query -W samba").exit()).isZero();
        applied(FILE);
    }

    @Test
    void one_that_was_there_is_not_spoken_of() throws IOException {
        assertThat(tg.onHost("apt-get install -y samba").exit()).isZero();
        assertThat(tg.file(FILE).say("plan").out()).doesNotContain("package:");
        applied(FILE);
        applied("pools: {tank: {datasets: {media: {}}}}\n");
    }

    @Test
    void a_package_that_cannot_be_installed_holds_back_what_needs_it_and_nothing_else() throws IOException {
        tg.faults("- {match: apt-get install, do: fail, exit: 100, stderr: 'E: Unable to fetch some archives'}\n");
        Tg.Ran ran = tg.file(FILE).say("apply --yes");
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.out() + ran.err()).contains("E: Unable to fetch some archives");
        assertThat(tg.onHost("zfs list tank/media").exit()).isZero();
        assertThat(tg.onHost("ls /etc/samba").out()).isEmpty();
        tg.faults("[]\n");
        applied(FILE);
        assertThat(tg.onHost("testparm -s").out()).contains("[Media]");
    }

    @Test
    void one_that_somebody_removed_comes_back() throws IOException {
        applied(FILE);
        assertThat(tg.onHost("apt-get remove -y samba").exit()).isZero();
        assertThat(tg.say("plan").out()).contains("+ package:samba");
    }
}
