package dev.tengil.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image name by the grammar of the distribution specification, with Docker Hub's short forms spelled out:
 * {@code redis} is {@code docker.io/library/redis:latest}.
 *
 * @param registry host and optional port, for example {@code ghcr.io} or {@code localhost:5000}
 * @param repository path of at least one component, for example {@code library/redis}
 * @param tag null only when a digest is given without a tag
 * @param digest {@code sha256:…} or null
 */
public record ImageReference(
        String registry,
        String repository,
        @Nullable String tag,
        @Nullable String digest) implements Comparable<ImageReference> {

    /** The registry meant when none is named. */
    private static final int SHOWN_DIGEST = "sha256:".length() + 12;

    public static final String DOCKER_HUB = "docker.io";

    private static final int LONGEST = 255;
    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*");
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern REGISTRY = Pattern.compile(
            "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
                    + "|\\[[0-9A-Fa-f:]+])(?::(\\d{1,5}))?");

    /** Reads {@code [registry[:port]/]repository[:tag][@digest]}; no tag and no digest means {@code latest}. */
    public static Parsed<ImageReference> parse(String text) {
        if (text.contains("://")) {
            return Parsed.bad("write the image without \"" + text.substring(0, text.indexOf("://") + 3) + "\"");
        }
        if (text.length() > LONGEST) {
            return Parsed.bad("an image name cannot be longer than " + LONGEST + " characters");
        }
        String rest = text;
        String digest = null;
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = rest.substring(at + 1);
            rest = rest.substring(0, at);
            if (!DIGEST.matcher(digest).matches()) {
                return Parsed.bad("a digest is written as sha256: and 64 hexadecimal digits");
            }
        }
        String registry = DOCKER_HUB;
        int slash = rest.indexOf('/');
        if (slash > 0 && looksLikeRegistry(rest.substring(0, slash))) {
            registry = rest.substring(0, slash);
            rest = rest.substring(slash + 1);
        }
        if (registry(registry) instanceof Parsed.Bad<String>(String reason)) {
            return Parsed.bad(reason);
        }
        String tag = null;
        int colon = rest.lastIndexOf(':');
        if (colon >= 0) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
            if (!TAG.matcher(tag).matches()) {
                return Parsed.bad("\"" + tag + "\" is not a tag: letters, digits and _ . - are allowed, at most 128");
            }
        }
        if (tag == null && digest == null) {
            tag = "latest";
        }
        for (String component : rest.split("/", -1)) {
            if (!COMPONENT.matcher(component).matches()) {
                return Parsed.bad(
                        component.isEmpty()
                                ? "the image name is incomplete"
                                : "\"" + component
                                        + "\" cannot be part of an image name: lower-case letters and digits,"
                                        + " joined by . _ or -");
            }
        }
        registry = plain(registry);
        String repository = registry.equals(DOCKER_HUB) && !rest.contains("/") ? "library/" + rest : rest;
        return Parsed.ok(new ImageReference(registry, repository, tag, digest));
    }

    private static String plain(String registry) {
        return registry.equals("index.docker.io") || registry.equals("registry-1.docker.io") ? DOCKER_HUB : registry;
    }

    private static boolean looksLikeRegistry(String first) {
        return first.contains(".") || first.contains(":") || first.equals("localhost");
    }

    /** Whether the text names neither tag nor digest, so that {@code latest} was assumed. */
    public static boolean leavesTagOpen(String text) {
        return !text.contains("@") && text.lastIndexOf(':') <= text.lastIndexOf('/');
    }

    /** {@code registry/repository}. */
    public String name() {
        return registry + "/" + repository;
    }

    /** Reads {@code host[:port]} alone. */
    public static Parsed<String> registry(String text) {
        Matcher host = REGISTRY.matcher(text);
        return text.length() <= LONGEST
                        && host.matches()
                        && (host.group(1) == null || Integer.parseInt(host.group(1)) <= 65_535)
                ? Parsed.ok(text)
                : Parsed.bad("\"" + text + "\" is not the name of a registry");
    }

    /** Reads {@code host[:port]} as image names begin with it: Docker Hub under one name, and what they could not name refused. */
    public static Parsed<String> host(String text) {
        return registry(text)
                .then(host -> looksLikeRegistry(host)
                        ? Parsed.ok(plain(host))
                        : Parsed.bad("\"" + text + "\" is no registry: those have a dot or a port in their name"));
    }

    /** Pinned to this digest; the tag stays for the reader. */
    public ImageReference withDigest(String newDigest) {
        return new ImageReference(registry, repository, tag, newDigest);
    }

    /** For a person: of a digest only the first twelve digits, by which images are told apart everywhere. */
    public String shown() {
        return digest == null
                ? toString()
                : withDigest(digest.substring(0, SHOWN_DIGEST)).toString();
    }

    /** As skopeo's {@code docker://} wants it: by digest when there is one (never both). */
    public String forPull() {
        return digest != null ? name() + "@" + digest : name() + ":" + tag;
    }

    @Override
    public int compareTo(ImageReference other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return name() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
