package dev.tengil.host.sim.pve;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.RegistryImage;
import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import dev.tengil.oci.credentials.Login;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** {@code skopeo inspect|copy|list-tags|login|logout|--version}. */
final class SkopeoProgram implements Program {

    private static final String DOCKER = "docker://";
    private static final String ARCHIVE = "oci-archive:";

    @Override
    public int run(Call call) {
        SkopeoLine line = SkopeoLine.read(call.arguments());
        if (!line.unknown().isEmpty()) {
            return fatal(call, "unknown flag: " + line.unknown());
        }
        return switch (line.command()) {
            case "inspect" -> inspect(call, line);
            case "copy" -> copy(call, line);
            case "list-tags" -> tags(call, line);
            case "login" -> login(call, line);
            case "" -> {
                call.out("skopeo version "
                        + new Proxmox(call.world()).version("skopeo").replaceFirst("[+-].*", ""));
                yield 0;
            }
            default -> fatal(call, "unknown command \"" + line.command() + "\" for \"skopeo\"");
        };
    }

    private static int fatal(Call call, String message) {
        Proxmox pve = new Proxmox(call.world());
        return call.fail(message.endsWith("manifest unknown") ? 2 : 1, ImageCopy.fatal(pve, message));
    }

    private static int inspect(Call call, SkopeoLine line) {
        if (line.words().size() != 1) {
            return fatal(call, "Exactly one argument expected");
        }
        String name = line.words().getFirst();
        return switch (find(call, name, line)) {
            case Registries.Found.Image(RegistryImage image) -> describe(call, line, image, name);
            case Registries.Found.Missing(String reason) ->
                fatal(call, "Error parsing image name \"" + name + "\": " + reason);
        };
    }

    private static int describe(Call call, SkopeoLine line, RegistryImage image, String name) {
        JsonObject view = SkopeoViews.image(
                image,
                name.startsWith(DOCKER) ? new Registries(new Proxmox(call.world())) : null,
                image.genuine() != null && line.has("--no-tags"));
        String format = line.option("--format");
        if (line.has("--raw")) {
            call.print((line.has("--config") ? image.imageConfig() : image.manifest()).toString());
            return 0;
        }
        if (line.has("--config")) {
            call.out(SkopeoViews.pretty(image.imageConfig()));
            return 0;
        }
        if (format != null) {
            String key = format.replaceFirst("^\\{\\{\\s*\\.(\\w+)\\s*\\}\\}$", "$1");
            if (!view.has(key)) {
                return fatal(call, "template: skopeo: can't evaluate field " + key);
            }
            call.out(
                    view.get(key).isJsonPrimitive()
                            ? view.get(key).getAsString()
                            : view.get(key).toString());
            return 0;
        }
        call.out(SkopeoViews.pretty(view));
        return 0;
    }

    private static Registries.Found find(Call call, String name, SkopeoLine line) {
        if (name.startsWith(ARCHIVE)) {
            String path = name.substring(ARCHIVE.length()).replaceFirst(":[^/]*$", "");
            Inode file = call.world().disk().follow(path);
            RegistryImage image = file == null ? null : RegistryImage.fromDocument(file.content());
            return image != null
                    ? new Registries.Found.Image(image)
                    : new Registries.Found.Missing(
                            file == null
                                    ? "open " + path + ": no such file or directory"
                                    : "open " + path + ": not an OCI archive");
        }
        if (!name.startsWith(DOCKER)) {
            return new Registries.Found.Missing(
                    "Invalid image name \"" + name + "\", expected colon-separated transport:reference");
        }
        return new Registries(new Proxmox(call.world()))
                .find(
                        name.substring(DOCKER.length()),
                        line.told(),
                        line.command().equals("copy"));
    }

    private static int copy(Call call, SkopeoLine line) {
        if (line.words().size() != 2) {
            return fatal(call, "Exactly two arguments expected");
        }
        String from = line.words().get(0);
        String to = line.words().get(1);
        if (to.startsWith(DOCKER)) {
            return push(call, line, from, to.substring(DOCKER.length()));
        }
        if (!to.startsWith(ARCHIVE)) {
            return fatal(
                    call,
                    "Invalid destination name " + to
                            + ": the simulated host copies to oci-archive: and docker://NAME:TAG only");
        }
        String path = to.substring(ARCHIVE.length()).replaceFirst(":[^/]*$", "");
        String parent = path.substring(0, Math.max(1, path.lastIndexOf('/')));
        if (call.world().disk().follow(parent) == null) {
            return fatal(call, "initializing destination " + to + ": open " + parent + ": no such file or directory");
        }
        return switch (find(call, from, line)) {
            case Registries.Found.Image(RegistryImage image) -> {
                if (!line.has("--quiet")) {
                    ImageCopy.lines(image, call::out);
                }
                ImageCopy.write(new Proxmox(call.world()), image, path);
                yield 0;
            }
            case Registries.Found.Missing(String reason) -> fatal(call, "initializing source " + from + ": " + reason);
        };
    }

    private static int push(Call call, SkopeoLine line, String from, String to) {
        if (to.indexOf(':', Math.max(0, to.lastIndexOf('/'))) < 0) {
            return fatal(call, "Invalid destination name docker://" + to + ": name a tag");
        }
        return switch (find(call, from, line)) {
            case Registries.Found.Image(RegistryImage image) -> {
                Registries registries = new Registries(new Proxmox(call.world()));
                if (registries.real(Registries.registry(Registries.repository(to)), line.told()) != null) {
                    yield fatal(call, "the simulated host does not push into a real registry");
                }
                registries.push(image, to);
                yield 0;
            }
            case Registries.Found.Missing(String reason) -> fatal(call, "initializing source " + from + ": " + reason);
        };
    }

    private static int tags(Call call, SkopeoLine line) {
        String name = line.words().isEmpty() ? "" : line.words().getFirst();
        if (!name.startsWith(DOCKER)) {
            return fatal(call, "Exactly one non-option argument expected: docker://REPOSITORY");
        }
        String repository = name.substring(DOCKER.length());
        return switch (new Registries(new Proxmox(call.world())).tags(repository, line.told())) {
            case Parsed.Ok<List<String>>(List<String> tags) -> {
                JsonObject view = new JsonObject();
                view.addProperty("Repository", Registries.repository(repository));
                view.add("Tags", Json.array(tags));
                call.out(SkopeoViews.pretty(view));
                yield 0;
            }
            case Parsed.Bad<List<String>>(String reason) -> fatal(call, reason);
        };
    }

    private static int login(Call call, SkopeoLine line) {
        String user = line.option("--username");
        String password = line.has("--password-stdin") ? call.stdin().text().strip() : line.option("--password");
        String host = line.words().isEmpty() ? "" : line.words().getFirst();
        if (user == null || password == null || password.isEmpty()) {
            return fatal(call, "Must provide --username with --password-stdin");
        }
        JsonObject accepted = new Proxmox(call.world()).described("registries") instanceof JsonObject all
                        && all.get(host) instanceof JsonObject registry
                ? registry
                : new JsonObject();
        RealRegistry real = new Registries(new Proxmox(call.world())).real(host, line.told());
        if (real != null
                && real.accepts(new Login(user, Secret.of("password", password)))
                        instanceof Parsed.Bad<Boolean>(String reason)) {
            return fatal(call, "logging into \"" + host + "\": " + reason);
        }
        if (accepted.has("password") && !accepted.get("password").getAsString().equals(password)) {
            return fatal(call, "logging into \"" + host + "\": invalid username/password");
        }
        String authFile = line.authFile();
        String path = authFile == null ? "/run/containers/0/auth.json" : authFile;
        Inode before = call.world().disk().follow(path);
        JsonObject root = before == null
                ? new JsonObject()
                : JsonParser.parseString(before.content().text()).getAsJsonObject();
        JsonObject auths = root.get("auths") instanceof JsonObject object ? object : new JsonObject();
        JsonObject entry = new JsonObject();
        entry.addProperty(
                "auth", Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        auths.add(host, entry);
        root.add("auths", auths);
        call.world().disk().mkdirs(path.substring(0, Math.max(1, path.lastIndexOf('/'))), 0700);
        call.world().disk().write(path, Bytes.utf8(root + "\n"), 0600);
        call.out("Login Succeeded!");
        return 0;
    }
}
