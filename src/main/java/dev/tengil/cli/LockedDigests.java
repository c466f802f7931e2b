package dev.tengil.cli;

import dev.tengil.apply.Outcome;
import dev.tengil.host.WholeFile;
import dev.tengil.model.Address;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.plan.Plan;
import dev.tengil.resource.ImagePin;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.UpdateRule;
import dev.tengil.resource.image.ImageLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code tengil.lock} beside the file: which digest each image name stands for, so that an unchanged file means unchanged images. */
final class LockedDigests {

    private final Path path;
    private final SortedMap<ImageReference, ImagePin> digests;

    private LockedDigests(Path path, SortedMap<ImageReference, ImagePin> digests) {
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
        SortedMap<ImageReference, ImagePin> digests = ImageLock.read(text, diagnostics);
        output.diagnostics(diagnostics.all(), null);
        if (diagnostics.hasErrors()) {
            throw new Stopped(Exit.INVALID);
        }
        return new LockedDigests(path, digests);
    }

    SortedMap<ImageReference, ImagePin> digests() {
        return digests;
    }

    /**
     * Writes down what these containers were made from, if that changes anything. What failed or was not begun changes nothing that was
     * written before. A folder that cannot be written to is only a warning.
     */
    void keep(Collection<Container> containers, Plan plan, Outcome outcome, Output output) {
        Set<Address> open = new HashSet<>(plan.notRun());
        Stream.of(outcome.failed(), outcome.skipped())
                .flatMap(List::stream)
                .flatMap(step -> step.changes().stream())
                .forEach(change -> open.add(change.address()));
        SortedMap<ImageReference, ImagePin> now = new TreeMap<>(digests);
        SortedMap<ImageReference, ImagePin> perhaps = new TreeMap<>();
        for (Container container : containers) {
            String digest = container.choices().get("digest");
            if (digest != null
                    && container.origin() instanceof Container.Origin.Image
                    && ImageReference.parse(String.valueOf(container.choices().get("image")))
                            instanceof Parsed.Ok<ImageReference>(ImageReference asked)
                    && asked.digest() == null) {
                boolean held = container.update().policy() == UpdateRule.Policy.PIN;
                (held || open.contains(container.address()) ? perhaps : now)
                        .put(asked, new ImagePin(container.choices().get("tag"), digest));
            }
        }
        perhaps.forEach(now::putIfAbsent);
        write(now, output);
    }

    /** Writes down what these names stand for from now on. */
    void move(Map<ImageReference, ImagePin> moved, Output output) {
        SortedMap<ImageReference, ImagePin> now = new TreeMap<>(digests);
        now.putAll(moved);
        write(now, output);
    }

    private void write(SortedMap<ImageReference, ImagePin> now, Output output) {
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
