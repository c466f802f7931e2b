package dev.tengil.cli;

import dev.tengil.cli.view.ImageJson;
import dev.tengil.cli.view.ImageText;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.model.Severity;
import dev.tengil.oci.image.ImageConfigRules;
import dev.tengil.oci.image.Platform;
import dev.tengil.oci.image.RemoteImage;
import java.util.List;

/** {@code tg oci info IMAGE}: what an image says of itself, without pulling it, and what to write into the file. */
final class OciInfo {

    private OciInfo() {}

    static Exit run(String word, String platformWord, Output output) throws Stopped {
        ImageReference reference = OciAsking.image(word, output);
        Platform platform = platform(platformWord, output);
        try (OciAsking asking = OciAsking.open(output)) {
            RemoteImage image = asking.ask((client, deadline) -> client.inspect(reference, platform, deadline));
            List<Diagnostic> problems = ImageConfigRules.problems(reference, image.config());
            String snippet = problems.isEmpty() ? ImageSnippet.of(image) : "";
            if (output.globals().json()) {
                output.document(ImageJson.of(image, snippet, problems));
            } else {
                output.result(ImageText.of(image, output.io().columns()));
                if (!snippet.isEmpty()) {
                    output.result("\nFor tengil.yml:\n\n" + snippet);
                }
            }
            output.diagnostics(problems, null);
            return problems.stream().anyMatch(each -> each.severity() == Severity.ERROR) ? Exit.REFUSED : Exit.OK;
        }
    }

    private static Platform platform(String word, Output output) throws Stopped {
        return switch (Platform.parse(word)) {
            case Parsed.Ok<Platform>(Platform platform) -> platform;
            case Parsed.Bad<Platform>(String reason) -> {
                output.error("cli.usage", "--platform " + word + ": " + reason, "See: tg oci --help");
                throw new Stopped(Exit.INVALID);
            }
        };
    }
}
