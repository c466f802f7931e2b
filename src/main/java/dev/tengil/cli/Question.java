package dev.tengil.cli;

import java.io.IOException;
import java.io.InputStream;

/** Reads one answer without taking what comes behind it. */
final class Question {

    private Question() {}

    static String line(InputStream in) {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                line.append((char) c);
            }
        } catch (IOException e) {
            return "";
        }
        return line.toString().strip();
    }
}
