package dev.tengil.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One output stream of a wrapped command: what came before the begin mark (greetings of login shells, complaints of ssh), the
 * output itself up to a bound, and what the end mark says. Fed piece by piece as bytes arrive.
 */
final class MarkedStream {

    private static final int NOISE_BOUND = 16 * 1024;

    private final byte[] begin;
    private final byte[] end;
    private final int bound;
    private final Lines lines;
    private final ByteArrayOutputStream noise = new ByteArrayOutputStream();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final StringBuilder ending = new StringBuilder();
    private byte[] held = new byte[0];
    private State state = State.BEFORE;
    private boolean truncated;

    private enum State {
        BEFORE,
        BODY,
        ENDING,
        ENDED
    }

    MarkedStream(String mark, int bound, Lines lines) {
        this.begin = (mark + ":begin\n").getBytes(StandardCharsets.US_ASCII);
        this.end = (mark + ":end:").getBytes(StandardCharsets.US_ASCII);
        this.bound = bound;
        this.lines = lines;
    }

    /** Takes the next bytes; what follows the end mark is of no interest, it comes from something the command left running. */
    synchronized void feed(byte[] chunk, int length) {
        byte[] data = new byte[held.length + length];
        System.arraycopy(held, 0, data, 0, held.length);
        System.arraycopy(chunk, 0, data, held.length, length);
        held = new byte[0];
        int from = 0;
        if (state == State.BEFORE) {
            from = upTo(begin, data, from, State.BODY);
        }
        if (state == State.BODY) {
            from = upTo(end, data, from, State.ENDING);
        }
        while (state == State.ENDING && from < data.length) {
            byte b = data[from++];
            if (b == '\n') {
                state = State.ENDED;
                lines.flush();
            } else {
                ending.append((char) b);
            }
        }
    }

    /** Keeps what lies before the mark; a tail that may be the start of the mark waits for the next bytes. */
    private int upTo(byte[] mark, byte[] data, int from, State next) {
        int at = find(mark, data, from);
        if (at >= 0) {
            keep(data, from, at);
            state = next;
            return at + mark.length;
        }
        int safe = data.length - startOf(mark, data, from);
        keep(data, from, safe);
        held = java.util.Arrays.copyOfRange(data, safe, data.length);
        return data.length;
    }

    private void keep(byte[] data, int from, int to) {
        if (state == State.BEFORE) {
            noise.write(data, from, Math.min(to - from, NOISE_BOUND - noise.size()));
            return;
        }
        int room = Math.min(to - from, bound - body.size());
        body.write(data, from, room);
        truncated |= room < to - from;
        lines.feed(data, from, to);
    }

    private static int find(byte[] mark, byte[] data, int from) {
        for (int i = from; i <= data.length - mark.length; i++) {
            if (data[i] == mark[0] && java.util.Arrays.equals(data, i, i + mark.length, mark, 0, mark.length)) {
                return i;
            }
        }
        return -1;
    }

    private static int startOf(byte[] mark, byte[] data, int from) {
        for (int n = Math.min(mark.length - 1, data.length - from); n > 0; n--) {
            if (java.util.Arrays.equals(data, data.length - n, data.length, mark, 0, n)) {
                return n;
            }
        }
        return 0;
    }

    synchronized boolean ended() {
        return state == State.ENDED;
    }

    /** What stood behind the end mark; null while there was none. */
    synchronized @Nullable String ending() {
        return state == State.ENDED ? ending.toString() : null;
    }

    synchronized Bytes body() {
        return Bytes.of(body.toByteArray());
    }

    synchronized boolean truncated() {
        return truncated;
    }

    /** Everything that can explain why there was no end: what came before the mark, then the last of the output. */
    synchronized String complaint() {
        String output = body.toString(StandardCharsets.UTF_8);
        return noise.toString(StandardCharsets.UTF_8) + output.substring(Math.max(0, output.length() - NOISE_BOUND));
    }
}
