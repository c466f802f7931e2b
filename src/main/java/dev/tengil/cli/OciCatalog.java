package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.apps.Catalog;
import java.util.List;

/** {@code tg oci catalog [QUERY]}: the applications that tengil knows by name, without asking anybody. */
final class OciCatalog {

    private OciCatalog() {}

    static Exit run(List<String> words, Output output) {
        List<Catalog.App> apps = Catalog.builtIn().search(words);
        if (output.globals().json()) {
            output.document(json(apps));
        } else if (apps.isEmpty()) {
            output.say("The catalog has nothing like " + String.join(" ", words)
                    + ". Registries have more: tg oci search WORD");
        } else {
            for (Catalog.App app : apps) {
                output.result(app.name() + "  " + app.image() + "\n    " + app.about() + "\n");
            }
            output.say("To put one into the file: tg oci install NAME");
        }
        return Exit.OK;
    }

    private static JsonObject json(List<Catalog.App> apps) {
        JsonObject root = new JsonObject();
        root.addProperty("format", 1);
        JsonArray list = new JsonArray();
        for (Catalog.App app : apps) {
            JsonObject json = new JsonObject();
            json.addProperty("name", app.name());
            json.addProperty("title", app.title());
            json.addProperty("about", app.about());
            json.addProperty("image", app.image().toString());
            json.addProperty("note", app.note());
            list.add(json);
        }
        root.add("apps", list);
        return root;
    }
}
