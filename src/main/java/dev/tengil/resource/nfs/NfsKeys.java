package dev.tengil.resource.nfs;

import dev.tengil.model.DatasetName;
import dev.tengil.model.Fields;
import dev.tengil.model.HostPath;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import dev.tengil.model.Span;
import dev.tengil.resource.Declaration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The keys of an NFS export, and what may stand behind {@code shares.nfs}. */
public final class NfsKeys {

    static final Key<List<Located<NfsClient>>> CLIENTS = Key.of(
            "clients", Shape.listOf(NfsClient.SHAPE), "Who may mount it; nobody is a mistake, everybody is refused.");
    public static final Key<HostPath> PATH =
            Key.of("path", Scalars.path(), "Another directory than the dataset's mountpoint.");
    private static final Key<String> ALLOWED =
            Key.of("allowed", Scalars.text(), "Client of older files.").oldFor("clients: [{host: …, access: …}]");
    private static final Key<String> OPTIONS =
            Key.of("options", Scalars.text(), "Options of older files.").oldFor("clients: [{host: …, options: […]}]");

    private static final Shape.Struct EXPORT = Shape.struct("NFS export", CLIENTS, PATH, ALLOWED, OPTIONS);

    /** A mapping, or a list of them; {@code true} names nobody and is refused. */
    public static final Shape<List<Fields>> SHAPE = Shape.either(
            Scalars.bool().refine(NfsKeys::bare),
            EXPORT.refine(export -> older(export).map(List::of)),
            Shape.listOf(EXPORT.refine(NfsKeys::older))
                    .refine(list ->
                            Parsed.ok(list.value().stream().map(Located::value).toList())));

    private NfsKeys() {}

    private static Parsed<List<Fields>> bare(Located<Boolean> said) {
        return said.value()
                ? Parsed.bad("say who may mount it: nfs: {clients: [{host: 192.168.1.0/24, access: ro}]}")
                : Parsed.ok(List.of());
    }

    /** {@code allowed} and {@code options} of older files become a client. */
    private static Parsed<Fields> older(Located<Fields> export) {
        Fields fields = export.value();
        Located<String> allowed = fields.get(ALLOWED);
        if (allowed == null) {
            return fields.valueOr(CLIENTS, List.of()).isEmpty()
                    ? Parsed.bad("say who may mount it: clients: [{host: 192.168.1.0/24, access: ro}]")
                    : fields.has(OPTIONS)
                            ? Parsed.bad("options: belong to one client: clients: [{host: …, options: […]}]")
                            : Parsed.ok(fields);
        }
        List<String> options =
                new ArrayList<>(Arrays.asList(fields.valueOr(OPTIONS, "").split(",", -1)));
        options.removeIf(String::isBlank);
        boolean write = options.remove("rw");
        options.remove("ro");
        return NfsClient.host(allowed.value()).then(host -> {
            for (String option : options) {
                if (NfsClient.option(option) instanceof Parsed.Bad<String>(String reason)) {
                    return Parsed.bad(reason);
                }
            }
            return Parsed.ok(with(
                    fields, new NfsClient(host, write, options.stream().sorted().toList()), allowed.span()));
        });
    }

    private static Fields with(Fields fields, NfsClient client, Span span) {
        List<Located<NfsClient>> clients = new ArrayList<>(fields.valueOr(CLIENTS, List.of()));
        clients.add(new Located<>(client, span));
        Fields.Builder export =
                Fields.builder(fields.span()).put(CLIENTS, span, new Located<>(List.copyOf(clients), span));
        Located<HostPath> path = fields.get(PATH);
        return (path == null ? export : export.put(PATH, path.span(), path)).build();
    }

    /** The exports of one dataset as declarations. */
    public static List<Declaration> declarations(List<Fields> exports, DatasetName dataset) {
        return exports.stream()
                .map(export -> new Declaration(dataset.value(), export, dataset, export.span()))
                .toList();
    }

    /** {@code consumers: [{type: nfs, name: CLIENT, access}]} as a declaration. */
    public static Parsed<Declaration> consumer(Located<String> name, boolean write, DatasetName dataset, Span span) {
        return NfsClient.host(name.value())
                .map(host -> new Declaration(
                        dataset.value(),
                        with(Fields.builder(span).build(), new NfsClient(host, write, List.of()), name.span()),
                        dataset,
                        span));
    }
}
