package dev.tengil.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random words of random bytes, joined and read back by the shells themselves. */
class ShellWordsTest {

    @Property(tries = 60)
    void sh_reads_back_what_was_joined(@ForAll("words") List<String> words) throws Exception {
        assertReadBack("/bin/sh", words);
    }

    @Property(tries = 60)
    void bash_reads_back_what_was_joined(@ForAll("words") List<String> words) throws Exception {
        assertReadBack("/bin/bash", words);
    }

    @Property(tries = 40)
    void fish_reads_back_what_was_joined(@ForAll("words") List<String> words) throws Exception {
        assertReadBack("/usr/bin/fish", words);
    }

    /** Each char stands for one byte from 1 to 255, whether or not the bytes make UTF-8; the troublesome ones come often. */
    @Provide
    Arbitrary<List<String>> words() {
        Arbitrary<Character> any = Arbitraries.chars().range((char) 1, (char) 255);
        Arbitrary<Character> troublesome = Arbitraries.chars().with("'\\\"$`!\n\t *?~#&;|(){}[]<>%=-^".toCharArray());
        return Arbitraries.oneOf(any, troublesome)
                .list()
                .ofMaxSize(40)
                .map(chars -> {
                    StringBuilder word = new StringBuilder();
                    chars.forEach(word::append);
                    return word.toString();
                })
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    /** The line reaches the shell as the bytes of a file descriptor, since Java's own arguments cannot carry every byte. */
    private static void assertReadBack(String shell, List<String> words) throws Exception {
        assumeTrue(Files.isExecutable(Path.of(shell)), "skipped: " + shell + " is missing");
        Process process = new ProcessBuilder(
                        "perl", "-e", "binmode STDIN; local $/; exec $ARGV[0], '-c', scalar <STDIN>", shell)
                .redirectErrorStream(true)
                .start();
        try (OutputStream line = process.getOutputStream()) {
            line.write(("/usr/bin/printf '%s\\0' " + ShellWords.join(words)).getBytes(StandardCharsets.ISO_8859_1));
        }
        byte[] output = process.getInputStream().readAllBytes();
        process.waitFor();
        String read = new String(output, StandardCharsets.ISO_8859_1);
        assertThat(Arrays.asList(read.split("\0", -1)))
                .startsWith(words.toArray(new String[0]))
                .hasSize(words.size() + 1);
    }
}
