package dev.tengil.host.sim.pve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command line of skopeo.
 *
 * @param command empty for {@code --version}
 * @param unknown the first flag that does not exist, empty for none
 */
record SkopeoLine(String command, List<String> words, Map<String, String> options, String unknown) {

    private static final Set<String> FLAGS = Set.of(
            "--config",
            "--raw",
            "--no-tags",
            "--quiet",
            "--all",
            "--preserve-digests",
            "--password-stdin",
            "--insecure-policy",
            "--debug",
            "--no-creds",
            "--version");
    private static final Set<String> VALUES = Set.of(
            "--format",
            "--authfile",
            "--src-authfile",
            "--dest-authfile",
            "--creds",
            "--src-creds",
            "--cert-dir",
            "--src-cert-dir",
            "--username",
            "--password",
            "--retry-times",
            "--command-timeout",
            "--override-arch",
            "--override-os",
            "--override-variant",
            "--policy",
            "--registries.d",
            "--tmpdir");
    private static final Set<String> SWITCHES = Set.of("--tls-verify", "--src-tls-verify", "--dest-tls-verify");
    private static final Map<String, String> SHORT = Map.of(
            "-f",
            "--format",
            "-q",
            "--quiet",
            "-a",
            "--all",
            "-u",
            "--username",
            "-p",
            "--password",
            "-n",
            "--no-tags",
            "-v",
            "--version");

    static SkopeoLine read(List<String> argv) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        String unknown = "";
        for (int i = 0; i < argv.size(); i++) {
            String word = argv.get(i);
            if (!word.startsWith("-")) {
                words.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String flag = equals < 0 ? word : word.substring(0, equals);
            String name = SHORT.getOrDefault(flag, flag);
            if (FLAGS.contains(name) || SWITCHES.contains(name)) {
                options.put(name, equals < 0 ? "true" : word.substring(equals + 1));
            } else if (VALUES.contains(name) && (equals >= 0 || i + 1 < argv.size())) {
                options.put(name, equals >= 0 ? word.substring(equals + 1) : argv.get(++i));
            } else if (unknown.isEmpty()) {
                unknown = flag;
            }
        }
        String command = words.isEmpty() || options.containsKey("--version") ? "" : words.removeFirst();
        return new SkopeoLine(command, words, options, unknown);
    }

    boolean has(String flag) {
        return options.getOrDefault(flag, "false").equals("true");
    }

    @Nullable
    String option(String name) {
        return options.get(name);
    }

    /** What it says of the registry that it is to read from. */
    Registries.Told told() {
        String verify = options.getOrDefault("--src-tls-verify", options.getOrDefault("--tls-verify", "true"));
        String certificates = options.get("--src-cert-dir");
        return new Registries.Told(
                authFile(), verify.equals("false"), certificates != null ? certificates : options.get("--cert-dir"));
    }

    /** Where the credentials for the source are, null for the usual places. */
    @Nullable
    String authFile() {
        String source = options.get("--src-authfile");
        return source != null ? source : options.get("--authfile");
    }
}
