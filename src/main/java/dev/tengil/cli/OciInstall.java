package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.apps.Catalog;
import dev.tengil.config.Insertion;
import dev.tengil.config.Loaded;
import dev.tengil.config.Loader;
import dev.tengil.config.Source;
import dev.tengil.host.WholeFile;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.oci.image.ImageConfigRules;
import dev.tengil.oci.image.Platform;
import dev.tengil.oci.image.RemoteImage;
import dev.tengil.plan.Declarations;
import dev.tengil.plan.TengilFile;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.dataset.DatasetKeys;
import dev.tengil.state.SecretStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code tg oci install NAME|IMAGE}: puts the containers of an application at the end of the file's own, and touches nothing else of it. What
 * would come out is read first; a file that cannot be added to stays as it is, and the lines are shown instead.
 */
final class OciInstall {

    private static final String IN = "  in: ";

    private final FileReading file;
    private final Output output;

    private OciInstall(FileReading file, Output output) {
        this.file = file;
        this.output = output;
    }

    /**
     * Lines for the file.
     *
     * @param secrets for the key of that name; empty for none
     * @param note what the person should know; empty for nothing
     */
    private record Lines(List<String> containers, List<String> secrets, String note) {

        boolean needsDataset() {
            return containers.stream().anyMatch(line -> line.startsWith(IN));
        }

        Lines in(String dataset) {
            return new Lines(
                    containers.stream()
                            .map(line -> line.startsWith(IN) ? IN + dataset : line)
                            .toList(),
                    secrets,
                    note);
        }

        String text() {
            return (secrets.isEmpty() ? "" : "secrets:\n" + indented(secrets)) + "containers:\n" + indented(containers);
        }

        private static String indented(List<String> lines) {
            return lines.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
        }
    }

    static Exit run(String word, @Nullable String dataset, Output output) throws Stopped {
        FileReading file = FileReading.read(output, new SecretStore());
        OciInstall install = new OciInstall(file, output);
        Catalog.App app = Catalog.builtIn().find(word);
        Lines lines = app == null ? install.ofImage(word) : new Lines(app.containers(), app.secrets(), app.note());
        return install.write(lines.needsDataset() ? lines.in(install.dataset(dataset)) : lines);
    }

    private Lines ofImage(String word) throws Stopped {
        ImageReference reference = OciAsking.image(word, output);
        try (OciAsking asking = OciAsking.open(output)) {
            RemoteImage image =
                    asking.ask((client, deadline) -> client.inspect(reference, Platform.LINUX_AMD64, deadline));
            List<Diagnostic> problems = ImageConfigRules.problems(reference, image.config());
            if (!problems.isEmpty()) {
                output.diagnostics(problems, null);
                throw new Stopped(Exit.REFUSED);
            }
            List<String> lines = ImageSnippet.of(image)
                    .lines()
                    .skip(1)
                    .map(line -> line.replaceFirst("^ {2}", ""))
                    .toList();
            return new Lines(lines, List.of(), "");
        }
    }

    /** The one that was named, else the only one that is made for this. */
    private String dataset(@Nullable String named) throws Stopped {
        Set<String> declared = new TreeSet<>();
        List<String> fitting = new ArrayList<>();
        for (Declaration each : file.declared().datasets()) {
            declared.add(each.name());
            String profile = each.fields().value(DatasetKeys.PROFILE);
            if ("appdata".equals(profile)) {
                fitting.add(each.name());
            }
        }
        if (named != null && declared.contains(named)) {
            return named;
        }
        if (named == null && fitting.size() == 1) {
            return fitting.getFirst();
        }
        output.error(
                "install.no-dataset",
                named != null
                        ? "the file has no dataset " + named
                        : fitting.isEmpty()
                                ? "the file has no dataset with the profile appdata, to hold the volumes"
                                : "the file has more than one dataset with the profile appdata: "
                                        + String.join(", ", fitting),
                declared.isEmpty()
                        ? "Add one first: pools: {tank: {datasets: {appdata: {profile: appdata}}}}"
                        : "Name one with --in DATASET. The file has: " + String.join(", ", declared) + ".");
        throw new Stopped(Exit.REFUSED);
    }

    private Exit write(Lines lines) throws Stopped {
        Set<String> here = names(file.declared());
        Set<String> coming = new TreeSet<>();
        for (String line : lines.containers()) {
            if (!line.startsWith(" ")) {
                coming.add(line.substring(0, line.indexOf(':')));
            }
        }
        for (String name : coming) {
            if (here.contains(name)) {
                output.error(
                        "install.there-already",
                        "the file has a container " + name + " already",
                        "Change that one, or call it something else first.");
                throw new Stopped(Exit.REFUSED);
            }
        }
        String text = file.source().text();
        Parsed<String> whole =
                lines.secrets().isEmpty() ? Parsed.ok(text) : Insertion.under("secrets", lines.secrets(), text);
        whole = whole.then(withSecrets -> Insertion.under("containers", lines.containers(), withSecrets));
        return switch (whole.then(fresh -> checked(fresh, coming))) {
            case Parsed.Ok<String>(String fresh) -> put(fresh, lines, coming);
            case Parsed.Bad<String>(String reason) -> {
                output.error(
                        "install.by-hand",
                        "nothing was written to " + file.name() + ": " + reason,
                        "Paste these lines where they belong:\n\n" + lines.text());
                yield Exit.REFUSED;
            }
        };
    }

    private static Set<String> names(Declarations declared) {
        return declared.containers().stream().map(Declaration::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The text, if it is right and says what the old one said and the new containers. */
    private Parsed<String> checked(String text, Set<String> coming) {
        Loaded loaded = Loader.load(
                new Source(file.name(), text),
                TengilFile.ROOT,
                new FileEnvironment(output.io(), file.directory(), new SecretStore()));
        Fields fields = loaded.fields();
        Diagnostics diagnostics = loaded.diagnostics();
        Declarations declared = fields == null ? null : Declarations.of(fields, diagnostics);
        if (declared == null || diagnostics.hasErrors()) {
            return Parsed.bad("with the new lines it would not be right any more"
                    + diagnostics.all().stream()
                            .findFirst()
                            .map(each -> " (" + each.message() + ")")
                            .orElse(""));
        }
        Set<String> expected = names(file.declared());
        expected.addAll(coming);
        boolean same = names(declared).equals(expected)
                && declared.datasets().stream()
                        .map(Declaration::name)
                        .toList()
                        .equals(file.declared().datasets().stream()
                                .map(Declaration::name)
                                .toList());
        return same ? Parsed.ok(text) : Parsed.bad("the new lines would not end up under containers:");
    }

    private Exit put(String text, Lines lines, Set<String> names) throws Stopped {
        if (file.name().equals("-")) {
            output.result(text);
            return Exit.OK;
        }
        try {
            // A link stays one: what it leads to is written.
            Path path = output.io().directory().resolve(file.name()).toRealPath();
            if (!Files.readString(path).equals(file.source().text())) {
                throw new FileSystemException(file.name(), null, "it does not hold any more what was read");
            }
            PosixFileAttributes before = Files.readAttributes(path, PosixFileAttributes.class);
            WholeFile.write(path, text, WholeFile.PRIVATE);
            keep(path, before);
        } catch (IOException e) {
            output.error(
                    "install.by-hand",
                    "nothing was written to " + file.name() + ": " + WholeFile.why(e),
                    "Paste these lines where they belong:\n\n" + lines.text());
            throw new Stopped(Exit.ERROR);
        }
        said(lines, names);
        return Exit.OK;
    }

    /** Root may write somebody else's file, and it stays theirs. */
    private static void keep(Path path, PosixFileAttributes before) throws IOException {
        PosixFileAttributeView now = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (!now.readAttributes().owner().equals(before.owner())) {
            now.setOwner(before.owner());
        }
        if (!now.readAttributes().group().equals(before.group())) {
            now.setGroup(before.group());
        }
        now.setPermissions(before.permissions());
    }

    private void said(Lines lines, Set<String> names) {
        if (output.globals().json()) {
            JsonObject json = new JsonObject();
            json.addProperty("format", 1);
            json.addProperty("file", file.name());
            JsonArray containers = new JsonArray();
            names.forEach(containers::add);
            json.add("containers", containers);
            json.addProperty("lines", lines.text());
            output.document(json);
        } else {
            output.result(lines.text());
            output.say("This was added to " + file.name() + ". See what it would do: tg plan");
            if (!lines.note().isEmpty()) {
                output.say(lines.note());
            }
        }
    }
}
