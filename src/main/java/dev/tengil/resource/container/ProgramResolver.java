package dev.tengil.resource.container;

import dev.tengil.model.HostPath;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Span;
import dev.tengil.resource.Owner;
import dev.tengil.resource.facts.ImageFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What runs in the container: entrypoint, command, user and workdir with Docker's meaning. */
final class ProgramResolver {
    private ProgramResolver() {}

    /** Sets the options and raw lines of the program. */
    static void resolve(
            Scope scope,
            @Nullable ImageReference image,
            SortedMap<String, String> options,
            SortedMap<String, String> raw) {
        if (image == null && !scope.existing && ofTemplate(scope)) {
            return;
        }
        Located<List<String>> entrypoint = scope.asked.one(ContainerKeys.ENTRYPOINT);
        Located<List<String>> command = scope.asked.one(ContainerKeys.COMMAND);
        List<String> words = new ArrayList<>();
        if (entrypoint != null) {
            words.addAll(entrypoint.value());
        } else if (command != null) {
            words.addAll(imageEntrypoint(scope, image, command.span()));
        }
        if (command != null) {
            words.addAll(command.value());
        }
        Located<List<String>> said = entrypoint != null ? entrypoint : command;
        if (said != null && !words.isEmpty()) {
            switch (LxcWords.quote(words)) {
                case Parsed.Ok<String>(String line) -> options.put("entrypoint", line);
                case Parsed.Bad<String>(String reason) ->
                    scope.error(
                            "container.words",
                            reason,
                            said.span(),
                            "Put the command into a script on a volume, and start that.");
            }
        }
        Located<String> user = scope.asked.one(ContainerKeys.USER);
        if (user != null) {
            Owner owner = IdMode.numeric(user.value());
            if (owner != null) {
                raw.put("lxc.init.uid", Integer.toString(owner.uid()));
                raw.put("lxc.init.gid", Integer.toString(owner.gid()));
            }
        }
        HostPath workdir = value(scope.asked.one(ContainerKeys.WORKDIR));
        if (workdir != null) {
            raw.put("lxc.init.cwd", workdir.value());
        }
    }

    /** Whether there is nothing more to say: a template in the place of an image starts its own system, as root. */
    private static boolean ofTemplate(Scope scope) {
        if (OriginResolver.image(scope.asked) != null) {
            scope.notes.add(
                    "made from the template: what the file says of the image's program and its variables is left out");
            return true;
        }
        Located<String> user = scope.asked.one(ContainerKeys.USER);
        if (user != null) {
            scope.error(
                    "container.user-of-template",
                    "user: is what an image's program runs as; a template starts its system as root",
                    user.span(),
                    "Take it out, and set the user inside the container.");
        }
        return user != null;
    }

    private static List<String> imageEntrypoint(Scope scope, @Nullable ImageReference image, Span span) {
        if (image == null || image.digest() == null) {
            return List.of();
        }
        ImageFacts facts = scope.image(image);
        String kept = scope.chosen("image_entrypoint");
        if (facts == null && kept == null) {
            scope.error(
                    "image.unknown",
                    "the entrypoint of the image " + image + " is not known, and command: goes behind it",
                    span,
                    "Give entrypoint: as well, or make the registry reachable.");
            return List.of();
        }
        List<String> words = facts != null
                ? facts.config().entrypoint()
                : List.of(String.valueOf(kept).split("\n", -1));
        List<String> real = words.stream().filter(word -> !word.isEmpty()).toList();
        scope.choices.put("image_entrypoint", String.join("\n", real));
        return real;
    }

    private static <T> @Nullable T value(@Nullable Located<T> located) {
        return located == null ? null : located.value();
    }
}
