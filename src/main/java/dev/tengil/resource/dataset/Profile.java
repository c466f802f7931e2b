package dev.tengil.resource.dataset;

import dev.tengil.model.Parsed;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A named set of properties for one use of a dataset. */
record Profile(SortedMap<String, String> properties) {

    private static final SortedMap<String, Profile> BUILT_IN = new TreeMap<>();

    static {
        Profile large = of("recordsize=1M", "compression=lz4", "atime=off");
        for (String name : new String[] {"media", "video", "audio", "photos", "ai-models"}) {
            BUILT_IN.put(name, large);
        }
        BUILT_IN.put("backups", of("recordsize=1M", "compression=zstd", "atime=off"));
        BUILT_IN.put("documents", of("recordsize=128K", "compression=zstd", "atime=off"));
        Profile plain = of("recordsize=128K", "compression=lz4", "atime=off");
        for (String name : new String[] {"downloads", "dev", "roms", "gaming", "cache", "default"}) {
            BUILT_IN.put(name, plain);
        }
        BUILT_IN.put("appdata", of("recordsize=32K", "compression=lz4", "atime=off"));
        BUILT_IN.put("database", of("recordsize=16K", "compression=lz4", "atime=off", "logbias=latency"));
        BUILT_IN.put("vm", of("recordsize=64K", "compression=lz4", "atime=off"));
    }

    Profile {
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    private static Profile of(String... pairs) {
        SortedMap<String, String> properties = new TreeMap<>();
        for (String pair : pairs) {
            String name = pair.substring(0, pair.indexOf('='));
            String text = pair.substring(pair.indexOf('=') + 1);
            properties.put(
                    name, Property.read(name, text).map(Property::canonical).orThrow());
        }
        return new Profile(properties);
    }

    static SortedMap<String, Profile> builtIn() {
        return Collections.unmodifiableSortedMap(BUILT_IN);
    }

    /** This one with others' properties over it. */
    Profile with(SortedMap<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(properties);
        all.putAll(more);
        return new Profile(all);
    }

    /** A property's canonical value, checked. */
    static Parsed<String> canonical(String property, String text) {
        return Property.read(property, text).map(Property::canonical);
    }
}
