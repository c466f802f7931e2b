package dev.tengil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Writes down what was skipped and why: Surefire counts it without the reason, and leaves out a class that is skipped as a whole. */
public final class SkippedTests implements TestExecutionListener {

    private final Map<String, Integer> counts = new TreeMap<>();

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        add(test, reason);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            add(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        var lines = counts.entrySet().stream()
                .map(entry -> "skipped: %s (%d)".formatted(entry.getKey(), entry.getValue()))
                .toList();
        try {
            Path target = Files.createDirectories(Path.of(System.getProperty("basedir", "."), "target"));
            Files.write(
                    target.resolve("skipped-tests.txt"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        counts.clear();
    }

    private void add(TestIdentifier test, String reason) {
        String why = reason.replaceFirst("^Assumption failed: ", "").replaceFirst("^skipped: ", "");
        String what = test.isTest() ? "tests of " : "all tests of ";
        counts.merge(what + className(test) + ": " + why, 1, Integer::sum);
    }

    private static String className(TestIdentifier test) {
        Optional<TestSource> source = test.getSource();
        if (source.isPresent() && source.get() instanceof MethodSource method) {
            return simple(method.getClassName());
        }
        if (source.isPresent() && source.get() instanceof ClassSource whole) {
            return simple(whole.getClassName());
        }
        return test.getDisplayName();
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
