package dev.tengil.host.sim.pve;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.schema.Parameters;
import dev.tengil.host.sim.pve.schema.Property;
import dev.tengil.host.sim.pve.schema.Type;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /nodes/N/execute}: several calls in one, with values that no command line can carry. */
final class ExecuteBatch implements Route.Endpoint {

    static final Parameters PARAMETERS = Parameters.of(Property.required("commands", new Type.Text(0)));

    private final Api api;

    ExecuteBatch(Api api) {
        this.api = api;
    }

    @Override
    public Answer call(Request request) {
        JsonElement commands;
        try {
            commands = JsonParser.parseString(request.option("commands", ""));
        } catch (JsonParseException e) {
            throw PveFailure.parameter("commands", "invalid format - unable to parse JSON\n");
        }
        if (!(commands instanceof JsonArray list)) {
            throw PveFailure.parameter("commands", "invalid format - expected an array of commands\n");
        }
        JsonArray results = new JsonArray();
        for (JsonElement command : list) {
            results.add(one(request, command.getAsJsonObject()));
        }
        return new Answer.Data(results);
    }

    private JsonObject one(Request request, JsonObject command) {
        JsonObject result = new JsonObject();
        try {
            Verb verb = Verb.of(command.get("method").getAsString());
            String path =
                    "/nodes/" + request.pve().node() + "/" + command.get("path").getAsString();
            Api.Found found = verb == null ? null : api.find(request.pve(), verb, path);
            if (found == null) {
                throw PveFailure.of("no such handler: " + path);
            }
            Map<String, String> options = new LinkedHashMap<>();
            if (command.get("args") instanceof JsonObject args) {
                args.asMap().forEach((name, value) -> options.put(name, text(value)));
            }
            Answer answer = api.call(request.pve(), found, options, request.stderr());
            result.add(
                    "data",
                    switch (answer) {
                        case Answer.Data(JsonElement value) -> value;
                        case Answer.Nothing() -> JsonNull.INSTANCE;
                        case Answer.Worker(var task) ->
                            new JsonPrimitive(task.upid().toString());
                    });
            result.addProperty("status", 200);
        } catch (PveFailure failure) {
            result.addProperty("status", failure.code());
            result.addProperty("message", failure.text() + "\n");
            if (!failure.errors().isEmpty()) {
                result.add("errors", Json.strings(failure.errors()));
            }
        }
        return result;
    }

    private static String text(JsonElement value) {
        String text = value.getAsString();
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean()
                ? (text.equals("true") ? "1" : "0")
                : text;
    }
}
