package dev.tengil.host;

import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes apart what {@link FileScripts#read} answers: lengths first, so that no name and no content can be mistaken for a frame. */
final class ReadFrames {

    private final byte[] data;
    private int at;

    private ReadFrames(byte[] data) {
        this.data = data;
    }

    static SortedMap<HostPath, HostFile> parse(Bytes answer) throws HostException {
        ReadFrames frames = new ReadFrames(answer.toArray());
        SortedMap<HostPath, HostFile> files = new TreeMap<>();
        while (frames.at < frames.data.length) {
            String[] head = frames.line().split(" ", -1);
            if (head.length != 6 || !head[0].equals("F")) {
                throw new HostException(HostException.Kind.FILE, "the answer to reading files is damaged");
            }
            HostPath path = path(frames.take(Integer.parseInt(head[4])));
            Bytes content = Bytes.of(frames.take(Integer.parseInt(head[5])));
            files.put(
                    path,
                    new HostFile(
                            content,
                            Integer.parseInt(head[1]),
                            Integer.parseUnsignedInt(head[2]),
                            Integer.parseUnsignedInt(head[3])));
        }
        return files;
    }

    /** A name that is no text would be lost or mixed up further on, so it is an error and not left out. */
    private static HostPath path(byte[] raw) throws HostException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new HostException(
                    HostException.Kind.FILE,
                    "a file name is not valid UTF-8: " + new String(raw, StandardCharsets.UTF_8),
                    e);
        }
        return named(text);
    }

    /** A path found on the host; one that the rest of tengil cannot express is an error. */
    static HostPath named(String text) throws HostException {
        return switch (HostPath.parse(text)) {
            case Parsed.Ok<HostPath> ok -> ok.value();
            case Parsed.Bad<HostPath> bad ->
                throw new HostException(
                        HostException.Kind.FILE,
                        "a file has a name that cannot be used, " + text.replaceAll("\\p{Cntrl}", "?") + ": "
                                + bad.reason());
        };
    }

    private String line() throws HostException {
        int start = at;
        while (at < data.length && data[at] != '\n') {
            at++;
        }
        if (at == data.length) {
            throw new HostException(HostException.Kind.FILE, "the answer to reading files is damaged");
        }
        return new String(data, start, at++ - start, StandardCharsets.US_ASCII);
    }

    private byte[] take(int length) throws HostException {
        if (length < 0 || length > data.length - at) {
            throw new HostException(HostException.Kind.FILE, "the answer to reading files is damaged");
        }
        at += length;
        return Arrays.copyOfRange(data, at - length, at);
    }
}
