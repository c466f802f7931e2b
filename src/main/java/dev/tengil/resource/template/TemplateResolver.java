package dev.tengil.resource.template;

import dev.tengil.resource.Need;
import dev.tengil.resource.Resolved;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns needs into templates, each once. */
public final class TemplateResolver {

    /** One template for all who need it. */
    public Resolved<Template> resolve(Collection<Need.OfTemplate> needs) {
        SortedMap<String, Template> templates = new TreeMap<>();
        needs.forEach(
                need -> templates.putIfAbsent(need.file(), new Template(need.file(), need.storage(), need.span())));
        return new Resolved<>(List.copyOf(templates.values()), List.of());
    }
}
