package dev.tengil.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {

    private static final String PACKAGES = "openjdk-25-jdk-headless maven";

    @TempDir
    Path folder;

    private Checkout checkout;

    @BeforeEach
    void a_machine_with_maven_and_without_java() throws IOException {
        checkout = new Checkout(folder);
        checkout.maven();
    }

    private void number(int user) throws IOException {
        Files.delete(checkout.machine.resolve("bin/id"));
        checkout.program("id", "echo " + user + "\n");
    }

    @Test
    void a_jdk_older_than_25_in_java_home_is_passed_over() throws Exception {
        checkout.variable("JAVA_HOME", checkout.jdk("old-17", "17.0.15").toString());
        checkout.jdk("zulu-26", "26");
        Checkout.Ran ran = checkout.tg("version");
        assertThat(ran.exit()).as(ran.text()).isZero();
        assertThat(ran.text()).contains("java of zulu-26\n").doesNotContain("old-17");
    }

    @Test
    void a_jdk_25_in_java_home_is_taken_first() throws Exception {
        checkout.jdk("a-25", "25");
        checkout.variable("JAVA_HOME", checkout.jdk("b-25", "25.0.3").toString());
        assertThat(checkout.tg("version").text()).contains("java of b-25\n");
    }

    @Test
    void a_runtime_without_a_compiler_is_no_jdk() throws Exception {
        Files.delete(checkout.jdk("jre-25", "25").resolve("bin/javac"));
        checkout.jdk("old-21", "21");
        number(0);
        assertThat(checkout.tg("version"))
                .isEqualTo(new Checkout.Ran(1, "tengil needs a JDK 25 and Maven: apt-get install " + PACKAGES + "\n"));
    }

    @Test
    void without_maven_a_jdk_is_not_enough() throws Exception {
        checkout.jdk("a-25", "25");
        Files.delete(checkout.machine.resolve("bin/mvn"));
        number(0);
        assertThat(checkout.tg("version").text())
                .isEqualTo("tengil needs a JDK 25 and Maven: apt-get install " + PACKAGES + "\n");
    }

    @Test
    void without_root_and_sudo_one_sentence_says_what_to_install() throws Exception {
        checkout.variable("CI", "true");
        number(1000);
        assertThat(checkout.tg("version"))
                .isEqualTo(new Checkout.Ran(
                        1, "tengil needs a JDK 25 and Maven; as root: apt-get install " + PACKAGES + "\n"));
    }

    @Test
    void elsewhere_than_on_debian_13_nothing_is_installed() throws Exception {
        checkout.variable("CI", "true");
        checkout.program("apt-get", "echo must not run\n");
        number(0);
        for (String os : new String[] {
            "ID=fedora\nVERSION_ID=43\n", "ID=debian\nVERSION_ID=\"12\"\n", "ID=ubuntu\nVERSION_ID=\"24.04\"\n", ""
        }) {
            checkout.os(os);
            assertThat(checkout.tg("version"))
                    .as(os)
                    .isEqualTo(new Checkout.Ran(
                            1,
                            "tengil needs a JDK 25 and Maven; install them (on Debian 13: apt-get install " + PACKAGES
                                    + ") and try again\n"));
        }
    }

    @Test
    void what_is_missing_is_installed_on_debian_13_and_on_testing() throws Exception {
        checkout.variable("CI", "true");
        number(1000);
        Path installed = checkout.jdk("later-25", "25.0.5");
        Path waiting = checkout.machine.resolve("later-25");
        checkout.program("sudo", "echo \"$@\" >> '%s'\nexec \"$@\"\n".formatted(checkout.machine.resolve("asked")));
        checkout.program("apt-get", "case $* in *' install '*) mv '%s' '%s' ;; esac\n".formatted(waiting, installed));
        for (String os : new String[] {"ID=debian\nVERSION_ID=\"13\"\n", "ID=debian\nVERSION_CODENAME=forky\n"}) {
            checkout.os(os);
            Files.move(installed, waiting);
            Checkout.Ran ran = checkout.tg("version");
            assertThat(ran.exit()).as(ran.text()).isZero();
            assertThat(ran.text()).startsWith("installing " + PACKAGES + " …\n").contains("java of later-25\n");
        }
        assertThat(checkout.machine.resolve("asked"))
                .content()
                .contains("install -y --no-install-recommends " + PACKAGES);
    }

    @Test
    void a_failed_installation_shows_what_apt_get_said_last() throws Exception {
        checkout.variable("CI", "true");
        number(0);
        checkout.program(
                "apt-get",
                "case $* in *' install '*) echo 'E: Unable to locate package openjdk-25-jdk-headless'; exit 100 ;; esac\n");
        Checkout.Ran ran = checkout.tg("version");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.text())
                .contains("could not install " + PACKAGES + "; apt-get said")
                .endsWith("E: Unable to locate package openjdk-25-jdk-headless\n");
    }
}
