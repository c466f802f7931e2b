package dev.tengil.plan;

import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.HostPath;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Span;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.container.ContainerKeys;
import dev.tengil.resource.nfs.NfsKeys;
import dev.tengil.resource.smb.SmbKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Everything that a file declares, by kind, with the dataset under which it stands. */
public record Declarations(
        List<Declaration> users,
        List<Declaration> groups,
        List<Declaration> datasets,
        List<Declaration> containers,
        List<Declaration> smb,
        List<Declaration> nfs) {

    private static Declarations empty() {
        return new Declarations(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /** Walks through the file. */
    public static Declarations of(Fields file, Diagnostics diagnostics) {
        Declarations found = empty();
        named(file, TengilFile.USERS, found.users);
        named(file, TengilFile.GROUPS, found.groups);
        file.valueOr(TengilFile.POOLS, Map.of())
                .forEach((pool, fields) -> found.datasets(
                        pool.value(), fields.value().valueOr(TengilFile.DATASETS, Map.of()), diagnostics));
        named(file, TengilFile.CONTAINERS, found.containers);
        return found;
    }

    private static void named(Fields file, Key<Map<Located<String>, Located<Fields>>> key, List<Declaration> into) {
        file.valueOr(key, Map.of())
                .forEach((name, fields) -> into.add(new Declaration(name.value(), fields.value(), null, name.span())));
    }

    private void datasets(String above, Map<Located<String>, Located<Fields>> below, Diagnostics diagnostics) {
        below.forEach((name, located) -> {
            switch (DatasetName.parseNew(above + "/" + name.value())) {
                case Parsed.Ok<DatasetName>(DatasetName dataset) ->
                    dataset(dataset, name.span(), located.value(), diagnostics);
                case Parsed.Bad<DatasetName>(String reason) ->
                    diagnostics.add(Diagnostic.error("config.value", reason).at(name.span()));
            }
        });
    }

    private void dataset(DatasetName dataset, Span name, Fields fields, Diagnostics diagnostics) {
        datasets.add(new Declaration(dataset.value(), fields, null, name));
        for (Located<Fields> container : fields.valueOr(TengilFile.DATASET_CONTAINERS, List.of())) {
            container(container, dataset, diagnostics);
        }
        Fields shares = fields.value(TengilFile.SHARES);
        if (shares != null) {
            smb.addAll(SmbKeys.declarations(shares.valueOr(TengilFile.SMB, List.of()), dataset));
            nfs.addAll(NfsKeys.declarations(shares.valueOr(TengilFile.NFS, List.of()), dataset));
        }
        smb.addAll(SmbKeys.declarations(fields.valueOr(TengilFile.OLD_SMB, List.of()), dataset));
        nfs.addAll(NfsKeys.declarations(fields.valueOr(TengilFile.OLD_NFS, List.of()), dataset));
        for (Located<Consumer> consumer : fields.valueOr(TengilFile.CONSUMERS, List.of())) {
            consumer(consumer.value(), dataset, diagnostics);
        }
        datasets(dataset.value(), fields.valueOr(TengilFile.DATASETS, Map.of()), diagnostics);
    }

    private void container(Located<Fields> container, DatasetName dataset, Diagnostics diagnostics) {
        Fields fields = container.value();
        Located<String> name = fields.get(ContainerKeys.NAME);
        if (name == null && fields.value(ContainerKeys.VMID) == null) {
            diagnostics.add(Diagnostic.error("container.no-name", "this container has neither name nor vmid")
                    .at(container.span()));
            return;
        }
        if (name != null && name.span().equals(container.span())) {
            String mount = fields.has(ContainerKeys.MOUNT) ? ", mount: " + fields.value(ContainerKeys.MOUNT) : "";
            String readonly = fields.valueOr(ContainerKeys.READONLY, false) ? ", readonly: true" : "";
            diagnostics.add(Diagnostic.warning("config.old-spelling", "a container in one word is an old spelling")
                    .at(container.span())
                    .hint("write {name: " + name.value() + mount + readonly + "}"));
        }
        containers.add(new Declaration(
                name != null ? name.value() : String.valueOf(fields.value(ContainerKeys.VMID)),
                fields,
                dataset,
                name != null ? name.span() : container.span()));
    }

    private void consumer(Consumer consumer, DatasetName dataset, Diagnostics diagnostics) {
        switch (consumer.type()) {
            case CONTAINER ->
                add(
                        containers,
                        ContainerKeys.consumer(
                                consumer.name(),
                                Objects.requireNonNullElseGet(
                                        consumer.mount(),
                                        () -> new Located<>(HostPath.of("/" + dataset.leaf()), consumer.span())),
                                consumer.write(),
                                dataset,
                                consumer.span()),
                        consumer,
                        diagnostics);
            case SMB ->
                add(
                        smb,
                        SmbKeys.consumer(consumer.name(), consumer.write(), dataset, consumer.span()),
                        consumer,
                        diagnostics);
            case NFS ->
                add(
                        nfs,
                        NfsKeys.consumer(consumer.name(), consumer.write(), dataset, consumer.span()),
                        consumer,
                        diagnostics);
            case USER, GROUP ->
                add(
                        smb,
                        SmbKeys.grant(
                                consumer.name(),
                                consumer.type() == Consumer.Type.GROUP,
                                consumer.write(),
                                dataset,
                                consumer.span()),
                        consumer,
                        diagnostics);
        }
    }

    private static void add(
            List<Declaration> into, Parsed<Declaration> read, Consumer consumer, Diagnostics diagnostics) {
        switch (read) {
            case Parsed.Ok<Declaration>(Declaration declaration) -> into.add(declaration);
            case Parsed.Bad<Declaration>(String reason) ->
                diagnostics.add(Diagnostic.error("consumer.invalid", reason)
                        .at(consumer.name().span()));
        }
    }
}
