package dev.tengil.cli;

import dev.tengil.host.WholeFile;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.ImageReference;
import dev.tengil.resource.image.Image;
import dev.tengil.resource.image.ImageLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code tengil.lock} beside the file: which digest each image name stands for, so that an unchanged file means unchanged images. */
final class LockedDigests {

    private final Path path;
    private final SortedMap<ImageReference, String> digests;

    private LockedDigests(Path path, SortedMap<ImageReference, String> digests) {
        this.path = path;
        this.digests = digests;
    }

    /** Reads it; one that does not exist is empty, one that is damaged stops the run. */
    static LockedDigests beside(FileReading file, Output output) throws Stopped {
        Path path = file.directory().resolve("tengil.lock");
        String text = "";
        try {
            text = Files.readString(path, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            // the first apply makes it
        } catch (IOException e) {
            output.error("lock.unreadable", path + " cannot be read", null);
            throw new Stopped(Exit.ERROR);
        }
        Diagnostics diagnostics = new Diagnostics();
        SortedMap<ImageReference, String> digests = ImageLock.read(text, diagnostics);
        output.diagnostics(diagnostics.all(), null);
        if (diagnostics.hasErrors()) {
            throw new Stopped(Exit.INVALID);
        }
        return new LockedDigests(path, digests);
    }

    SortedMap<ImageReference, String> digests() {
        return digests;
    }

    /** Writes down the digests of these images, if that changes anything. A folder that cannot be written to is only a warning. */
    void keep(Collection<Image> images, Output output) {
        SortedMap<ImageReference, String> now = new TreeMap<>(digests);
        for (Image image : images) {
            String digest = image.reference().digest();
            if (digest != null && image.reference().tag() != null) {
                ImageReference asked = new ImageReference(
                        image.reference().registry(),
                        image.reference().repository(),
                        image.reference().tag(),
                        null);
                now.put(asked, digest);
            }
        }
        if (now.equals(digests)) {
            return;
        }
        try {
            // It is kept with the file, so whoever may read that may read this.
            WholeFile.write(path, ImageLock.write(now));
        } catch (IOException e) {
            output.say("tengil.lock could not be written beside the file (" + WholeFile.why(e)
                    + "); the digests are kept on the host.");
        }
    }
}
