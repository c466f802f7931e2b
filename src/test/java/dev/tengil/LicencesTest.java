package dev.tengil;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds every library, those of the tests too, to licences that Apache-2.0 can be handed on with. */
class LicencesTest {
    private static final Pattern LICENCE = Pattern.compile("<license>.*?<name>\\s*(.*?)\\s*</name>", Pattern.DOTALL);
    private static final Pattern PARENT = Pattern.compile("<parent>.*?</parent>", Pattern.DOTALL);
    private static final Pattern FINE =
            Pattern.compile("Apache|\\bMIT\\b|\\bBSD\\b|Eclipse Public License", Pattern.CASE_INSENSITIVE);

    // Surefire tells where Maven keeps what it fetched.
    private static final Path REPOSITORY = Path.of(System.getProperty("localRepository", ""));

    @Test
    void every_library_is_under_apache_mit_bsd_or_eclipse_terms() throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        for (Path jar : jars()) {
            String file = jar.getFileName().toString();
            found.put(file, licences(jar.resolveSibling(file.replaceFirst("(-[a-z]+)?\\.jar$", ".pom"))));
        }
        assertThat(found).as("libraries on the class path").hasSizeGreaterThan(10);
        // Who offers a choice of licences is taken at the first that fits.
        assertThat(found)
                .allSatisfy((jar, licences) ->
                        assertThat(licences).anyMatch(name -> FINE.matcher(name).find()));
    }

    private static List<Path> jars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .toList();
    }

    /** The licences that a POM names, or else those of the nearest parent that names some. */
    private static List<String> licences(Path pom) throws IOException {
        String text = Files.readString(pom).replaceAll("(?s)<!--.*?-->", "");
        var names = new ArrayList<String>();
        for (Matcher licence = LICENCE.matcher(text); licence.find(); ) {
            names.add(licence.group(1));
        }
        Matcher parent = PARENT.matcher(text);
        if (!names.isEmpty() || !parent.find()) {
            return names;
        }
        String group = value("groupId", parent.group());
        String artifact = value("artifactId", parent.group());
        String version = value("version", parent.group());
        return licences(REPOSITORY
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom"));
    }

    private static String value(String tag, String xml) {
        Matcher value =
                Pattern.compile("<" + tag + ">\\s*(.*?)\\s*</" + tag + ">").matcher(xml);
        assertThat(value.find()).as(tag + " in " + xml).isTrue();
        return value.group(1);
    }
}
