package dev.tengil.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A mistake of ours that reached the end of the program: told in words, with the trace in a private file instead of on the screen. */
final class Defect {

    private Defect() {}

    static Exit report(Throwable defect, Io io) {
        io.err()
                .println("error[tengil.defect]: tengil itself made a mistake: "
                        + defect.getClass().getSimpleName()
                        + (defect.getMessage() == null ? "" : ": " + firstLine(defect.getMessage())));
        try {
            Path file = Files.createTempFile("tengil-defect-", ".txt");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                defect.printStackTrace(writer);
            }
            io.err().println("  help: Please report it with " + file);
        } catch (IOException e) {
            io.err().println("  help: Please report it.");
        }
        return Exit.ERROR;
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
