package dev.tengil.resource.smb;

import dev.tengil.model.ByteSize;
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
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The keys of one SMB share, and what may stand behind {@code shares.smb}. */
public final class SmbKeys {
    private static final Shape.Scalar<String> SHARE_NAME =
            Scalars.of("share name", Shape.Schema.text(), SmbName::parse);

    public static final Key<String> NAME = Key.of(
            "name",
            SHARE_NAME,
            "What clients see. Without it: the last part of the dataset's name. Renaming is remove and create.");

    public static final Key<HostPath> PATH = Key.of(
            "path",
            Scalars.path().refine(path -> path(path.value())),
            "Another directory than the dataset's mountpoint.");

    public static final Key<Boolean> READONLY = Key.of(
                    "readonly",
                    Scalars.bool(),
                    "Nobody writes, except whom `users` or `groups` let write. Default: false.")
            .formerly("read_only", "read only");

    public static final Key<Boolean> GUEST_OK = Key.of(
            "guest_ok",
            Scalars.bool(),
            "Anybody comes in without a password. With `users` or `groups` beside it, guests only read.");

    public static final Key<Boolean> BROWSEABLE =
            Key.of("browseable", Scalars.bool(), "Whether the share is seen in lists. Default: true.");

    public static final Key<List<Grant>> USERS = Key.of(
                    "users",
                    grants(false),
                    "Who may come in: a list, or name → `read` or `write`. Without it: every Samba user.")
            .formerly("valid_users");

    public static final Key<List<Grant>> GROUPS =
            Key.of("groups", grants(true), "Groups whose members may come in, as `users`.");

    public static final Key<String> COMMENT =
            Key.of("comment", Scalars.of("text", Shape.Schema.text(), SmbText::parse), "Shown beside the name.");

    public static final Key<TimeMachine> TIMEMACHINE = Key.of(
                    "timemachine",
                    Scalars.of("true, false or size", Shape.Schema.textOrNumber(), TimeMachine::parse),
                    "Apple's Time Machine may back up here; a size limits what it takes, for example `500G`.")
            .formerly("fruit");

    public static final Key<SortedMap<String, String>> OPTIONS = Key.of(
                    "options",
                    Shape.mapOf(Scalars.of("option of smb.conf", Shape.Schema.text(), SmbOptions::name), Scalars.text())
                            .refine(SmbKeys::options),
                    "Further parameters of smb.conf(5). Those that run programs or lead out of the share are refused.")
            .formerly("smb_options");

    private static final Shape.Struct SHARE = Shape.struct(
            "SMB share", NAME, PATH, READONLY, GUEST_OK, BROWSEABLE, USERS, GROUPS, COMMENT, TIMEMACHINE, OPTIONS);

    /** What stands behind {@code smb}: a name, a share, or a list of both. */
    public static final Shape<List<Fields>> SHAPE = Shape.either(
            SHARE_NAME.refine(name -> Parsed.ok(List.of(named(name)))),
            SHARE.refine(share -> Parsed.ok(List.of(share.value()))),
            Shape.listOf(Shape.<Fields>either(SHARE_NAME.refine(name -> Parsed.ok(named(name))), SHARE))
                    .refine(list ->
                            Parsed.ok(list.value().stream().map(Located::value).toList())));

    private SmbKeys() {}

    /**
     * How much Time Machine may take.
     *
     * @param limit 0 for all there is
     */
    public record TimeMachine(boolean wanted, ByteSize limit) {
        static Parsed<TimeMachine> parse(String text) {
            return switch (SmbOptions.yesOrNo(text)) {
                case "yes" -> Parsed.ok(new TimeMachine(true, new ByteSize(0)));
                case "no" -> Parsed.ok(new TimeMachine(false, new ByteSize(0)));
                default -> ByteSize.parse(text, 'G').map(size -> new TimeMachine(true, size));
            };
        }
    }

    /** The shares of one dataset as declarations. */
    public static List<Declaration> declarations(List<Fields> shares, DatasetName dataset) {
        return shares.stream()
                .map(share -> new Declaration(share.valueOr(NAME, dataset.leaf()), share, dataset, share.span()))
                .toList();
    }

    /** {@code consumers: [{type: smb, name, access}]} as a declaration. */
    public static Parsed<Declaration> consumer(Located<String> name, boolean write, DatasetName dataset, Span span) {
        return SmbName.parse(name.value()).map(share -> {
            Fields fields = Fields.builder(span)
                    .put(NAME, name.span(), new Located<>(share, name.span()))
                    .put(READONLY, span, new Located<>(!write, span))
                    .build();
            return new Declaration(share, fields, dataset, span);
        });
    }

    /** {@code consumers: [{type: user|group, name, access}]}: lets somebody in through the dataset's shares. */
    public static Parsed<Declaration> grant(
            Located<String> name, boolean group, boolean write, DatasetName dataset, Span span) {
        return Grant.parse(name.value(), group, write, name.span()).map(grant -> {
            Fields fields = Fields.builder(span)
                    .put(group ? GROUPS : USERS, name.span(), new Located<>(List.of(grant), name.span()))
                    .build();
            return new Declaration(SmbDeclarations.ANY_SHARE, fields, dataset, span);
        });
    }

    private static Fields named(Located<String> name) {
        return Fields.builder(name.span()).put(NAME, name.span(), name).build();
    }

    private static Parsed<HostPath> path(HostPath path) {
        return SmbText.parse(path.value()).map(text -> path);
    }

    private static Shape<List<Grant>> grants(boolean group) {
        Shape.Scalar<String> word = Scalars.text();
        return Shape.either(
                word.refine(text -> Grant.words(text, group)),
                Shape.listOf(word).refine(list -> Grant.list(list.value(), group)),
                Shape.mapOf(word, Scalars.word("read", "write")).refine(map -> Grant.map(map.value(), group)));
    }

    private static Parsed<SortedMap<String, String>> options(Located<Map<Located<String>, Located<String>>> options) {
        SortedMap<String, String> read = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        options.value().forEach((name, text) -> {
            switch (SmbOptions.value(name.value(), text.value())) {
                case Parsed.Ok<String> ok -> read.put(name.value(), ok.value());
                case Parsed.Bad<String> bad -> problems.add(name.value() + ": " + bad.reason());
            }
        });
        return problems.isEmpty() ? Parsed.ok(read) : Parsed.bad(problems.getFirst());
    }
}
