package dev.tengil.resource.container;

import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is installed in a container once it runs: by a word that tengil knows, a command, or a script file. */
final class PostInstall {
    private static final String DOCKER = """
            set -e
            command -v docker >/dev/null 2>&1 && exit 0
            export DEBIAN_FRONTEND=noninteractive
            apt-get update
            apt-get install -y docker.io
            apt-get install -y docker-compose || true
            systemctl enable --now docker
            """;

    private static final String PORTAINER = """
            set -e
            docker inspect portainer >/dev/null 2>&1 && exit 0
            docker volume create portainer_data
            docker run -d --name portainer --restart=always -p 9443:9443 \
            -v /var/run/docker.sock:/var/run/docker.sock -v portainer_data:/data portainer/portainer-ce:lts
            """;

    private static final int LARGEST = 100_000;
    private static final String SHELL = "sh";

    /** A script's first line, by which the kernel knows its interpreter. */
    private static final Pattern INTERPRETER =
            Pattern.compile("#![ \\t]*(?:/usr/bin/env[ \\t]+)?(\\S+)([^\\n]*)(?s:\\n.*)?");

    private PostInstall() {}

    /** Programs to run inside once, each as argv. */
    static List<List<String>> of(Scope scope) {
        List<List<String>> programs = new ArrayList<>();
        for (Located<String> item : scope.asked.list(ContainerKeys.POST_INSTALL)) {
            String text = item.value();
            switch (text) {
                case "docker" -> add(SHELL, DOCKER, programs);
                case "portainer" -> add(SHELL, PORTAINER, programs);
                default -> {
                    String script = isFile(text) ? read(scope, item) : text;
                    add(isFile(text) ? shell(scope, item, script) : SHELL, script, programs);
                }
            }
        }
        return programs;
    }

    private static void add(String shell, String script, List<List<String>> programs) {
        if (!script.isBlank()) {
            programs.add(List.of(shell, "-c", script));
        }
    }

    /** One word with a slash in front or a script's ending is a file, everything else is a command. */
    private static boolean isFile(String text) {
        return text.matches("(?:\\.{0,2}/)?[\\w./-]+\\.sh");
    }

    /** The shell that the script's first line asks for; what a plain sh would misread must not be given to it. */
    private static String shell(Scope scope, Located<String> item, String script) {
        Matcher line = INTERPRETER.matcher(script);
        if (!line.matches()) {
            return SHELL;
        }
        String program = line.group(1);
        if (!program.matches("(?:/[\\w.-]+)*/?(?:sh|bash|dash|ash|zsh|ksh)")
                || !line.group(2).isBlank()) {
            scope.error(
                    "container.script",
                    item.value() + " begins with \""
                            + script.lines().findFirst().orElse("") + "\"",
                    item.span(),
                    "A script begins with #!/bin/sh, #!/bin/bash or another shell, and nothing behind it; say set -e in a line of its own.");
        }
        return program;
    }

    private static String read(Scope scope, Located<String> item) {
        return switch (scope.inputs.file().apply(item.value())) {
            case Parsed.Ok<String>(String script) -> {
                if (script.indexOf('\0') >= 0 || script.length() > LARGEST) {
                    scope.error(
                            "container.script", item.value() + " is no script of at most 100 KB", item.span(), null);
                    yield "";
                }
                yield script;
            }
            case Parsed.Bad<String>(String reason) -> {
                scope.error("container.script", reason, item.span(), "The path counts from tengil.yml's directory.");
                yield "";
            }
        };
    }
}
