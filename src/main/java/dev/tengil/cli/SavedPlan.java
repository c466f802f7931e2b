package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tengil.host.WholeFile;
import dev.tengil.model.Address;
import dev.tengil.plan.Fingerprint;
import dev.tengil.plan.Plan;
import dev.tengil.resource.PlanOptions;
import dev.tengil.resource.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A plan to be carried out later, exactly as it was shown or not at all: where it came from, and a fingerprint of each step. It holds no
 * operations and no secrets; see docs/decisions/0001.
 */
record SavedPlan(String file, String host, long serial, long seed, PlanArguments arguments, List<String> fingerprints) {

    private static final int FORMAT = 1;

    static SavedPlan of(Session session, Planned planned, Plan plan, PlanArguments arguments) {
        return new SavedPlan(
                session.file()
                        .directory()
                        .resolve(Path.of(session.file().name()).getFileName())
                        .toString(),
                session.host().name(),
                session.applied().serial(),
                planned.facts().seed(),
                arguments,
                Fingerprint.of(plan));
    }

    void write(Path path, Output output) throws Stopped {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("file", file);
        json.addProperty("host", host);
        json.addProperty("serial", serial);
        json.addProperty("seed", Long.toString(seed));
        json.add("replace", addresses(arguments.options().replace()));
        json.add("recreate", addresses(arguments.options().recreate()));
        json.add("allowDestroy", addresses(arguments.options().allowDestroy()));
        json.addProperty("restart", arguments.options().restart());
        json.addProperty("snapshot", arguments.options().snapshot());
        json.addProperty("withData", arguments.options().withData());
        json.addProperty("autoVolumes", arguments.options().autoVolumes());
        json.add("targets", addresses(arguments.targets()));
        json.add("excluded", addresses(arguments.excluded()));
        JsonArray steps = new JsonArray();
        fingerprints.forEach(steps::add);
        json.add("steps", steps);
        try {
            WholeFile.write(path, json + "\n", WholeFile.PRIVATE);
            output.say("Saved in " + path + ". To carry it out: tg apply " + path);
        } catch (IOException e) {
            output.error("plan.not-saved", path + " cannot be written: " + WholeFile.why(e), null);
            throw new Stopped(Exit.ERROR);
        }
    }

    private static JsonArray addresses(Collection<Address> addresses) {
        JsonArray array = new JsonArray();
        addresses.stream().sorted().forEach(address -> array.add(address.toString()));
        return array;
    }

    static SavedPlan read(Path path, Output output) throws Stopped {
        try {
            JsonObject json = JsonParser.parseString(Files.readString(path, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            if (json.get("format").getAsInt() != FORMAT) {
                output.error(
                        "plan.unreadable",
                        path + " was written by another version of tengil",
                        "Make it again: tg plan --out " + path);
                throw new Stopped(Exit.INVALID);
            }
            PlanOptions options = new PlanOptions(
                    addresses(json.get("replace")),
                    addresses(json.get("recreate")),
                    addresses(json.get("allowDestroy")),
                    json.get("restart").getAsBoolean(),
                    json.get("snapshot").getAsBoolean(),
                    json.get("withData").getAsBoolean(),
                    json.get("autoVolumes").getAsBoolean());
            List<String> steps = new ArrayList<>();
            json.getAsJsonArray("steps").forEach(step -> steps.add(step.getAsString()));
            return new SavedPlan(
                    json.get("file").getAsString(),
                    json.get("host").getAsString(),
                    json.get("serial").getAsLong(),
                    Long.parseLong(json.get("seed").getAsString()),
                    new PlanArguments(options, addresses(json.get("targets")), addresses(json.get("excluded"))),
                    steps);
        } catch (IOException e) {
            output.error("plan.unreadable", "there is no plan " + path, "A plan is saved by: tg plan --out FILE");
            throw new Stopped(Exit.INVALID);
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | UnsupportedOperationException
                | IllegalArgumentException e) {
            output.error("plan.unreadable", path + " is no plan of tengil", "A plan is saved by: tg plan --out FILE");
            throw new Stopped(Exit.INVALID);
        }
    }

    private static Set<Address> addresses(JsonElement array) {
        Set<Address> addresses = new HashSet<>();
        array.getAsJsonArray()
                .forEach(each -> addresses.add(Address.parse(each.getAsString()).orThrow()));
        return addresses;
    }

    /** The file and the host of the plan, unless the command line names others. */
    Globals globals(Globals given) {
        return new Globals(
                given.config() != null ? given.config() : file,
                given.host() != null ? given.host() : host,
                given.color(),
                given.quiet(),
                given.verbose(),
                given.json());
    }

    /** What was shown, of the plan as it is now; stops unless each of its steps still is exactly that. Others do not count. */
    Plan asShown(Session session, Plan now, Output output) throws Stopped {
        Map<String, Step> present = new HashMap<>();
        List<String> prints = Fingerprint.of(now);
        for (int i = 0; i < prints.size(); i++) {
            present.put(prints.get(i), now.steps().get(i));
        }
        Set<Step> shown = new HashSet<>();
        fingerprints.stream().map(present::get).filter(Objects::nonNull).forEach(shown::add);
        Plan kept = now.keeping(shown::contains);
        String why = null;
        if (session.applied().serial() != serial) {
            why = "another apply was carried out since";
        } else if (shown.size() != fingerprints.size()) {
            why = "what it looked at in the file or on the host was changed since";
        } else {
            Set<Address> others = new HashSet<>();
            now.steps().stream()
                    .filter(step -> !shown.contains(step))
                    .forEach(step -> step.changes().forEach(change -> others.add(change.address())));
            why = kept.steps().stream().anyMatch(step -> step.after().stream().anyMatch(others::contains))
                    ? "something that it needs is to be changed as well by now"
                    : null;
        }
        if (why != null) {
            output.error("plan.stale", "the saved plan is no longer true: " + why, "Look at it again: tg plan");
            throw new Stopped(Exit.REFUSED);
        }
        return kept;
    }
}
