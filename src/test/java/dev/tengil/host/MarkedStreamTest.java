package dev.tengil.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class MarkedStreamTest {

    @Property(tries = 300)
    void the_pieces_in_which_a_stream_arrives_do_not_matter(
            @ForAll @StringLength(max = 60) String body, @ForAll @IntRange(min = 1, max = 9) int piece) {
        MarkedStream stream = new MarkedStream("mark", 1000, new Lines(line -> {}));
        feed(stream, "hello\nmark:begin\n" + body + "mark:end:17\nlater", piece);
        assertThat(stream.ending()).isEqualTo("17");
        assertThat(stream.body()).isEqualTo(Bytes.utf8(body));
        assertThat(stream.truncated()).isFalse();
    }

    @Test
    void a_stream_without_its_end_was_cut() {
        MarkedStream stream = new MarkedStream("mark", 1000, new Lines(line -> {}));
        feed(stream, "ssh: broken\nmark:begin\nout mark:end:1", 3);
        assertThat(stream.ending()).isNull();
        assertThat(stream.complaint()).isEqualTo("ssh: broken\nout ");
    }

    @Test
    void output_beyond_the_bound_is_dropped_and_the_end_still_found() {
        MarkedStream stream = new MarkedStream("mark", 4, new Lines(line -> {}));
        feed(stream, "mark:begin\nabcdefghmark:end:0\n", 2);
        assertThat(stream.body()).isEqualTo(Bytes.utf8("abcd"));
        assertThat(stream.truncated()).isTrue();
        assertThat(stream.ending()).isEqualTo("0");
    }

    @Test
    void lines_end_at_a_line_feed_at_a_carriage_return_and_at_the_end() {
        List<String> lines = new ArrayList<>();
        MarkedStream stream = new MarkedStream("mark", 100, new Lines(lines::add));
        feed(stream, "no\nmark:begin\none\r\n10%\r20%\r\n\nlastmark:end:0\n", 4);
        assertThat(lines).containsExactly("one", "10%", "20%", "", "last");
    }

    private static void feed(MarkedStream stream, String text, int piece) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i += piece) {
            byte[] part = java.util.Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + piece));
            stream.feed(part, part.length);
        }
    }
}
