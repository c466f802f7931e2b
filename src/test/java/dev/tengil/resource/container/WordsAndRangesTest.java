package dev.tengil.resource.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Parsed;
import dev.tengil.resource.DebianVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WordsAndRangesTest {

    @Test
    void neighbouring_ids_become_one_range_and_root_is_never_listed() {
        assertThat(IdRanges.of(List.of(0, 1001, 1000, 100000), List.of(1000))).isEqualTo("u:1000:1000:2;g:1000:1000:1");
    }

    @Test
    void a_word_with_blanks_is_quoted_and_one_with_both_quotes_is_refused() {
        assertThat(LxcWords.quote(List.of("/bin/sh", "-c", "sleep 10")))
                .isEqualTo(Parsed.ok("/bin/sh -c \"sleep 10\""));
        assertThat(LxcWords.quote(List.of("sh", "a'b\"c"))).isInstanceOf(Parsed.Bad.class);
        assertThat(LxcWords.quote(List.of("sh", "a\nb"))).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void an_outer_pair_of_quotes_that_lxc_would_strip_is_avoided() {
        assertThat(LxcWords.quote(List.of("/my app", "an arg"))).isEqualTo(Parsed.ok("'/my app' \"an arg\""));
    }

    @Test
    void a_new_parent_of_a_mount_gets_a_lower_number() {
        Map<String, Integer> slots = MountSlots.assign(
                new TreeMap<>(Map.of(0, "/media/films")), List.of("/media", "/media/films"), Set.of());
        assertThat(slots).isEqualTo(Map.of("/media", 0, "/media/films", 1));
    }

    @Test
    void mounts_are_compared_by_meaning() {
        assertThat(Mount.canonical("/tank/photos,mp=/photos,ro=1,idmap=g:1000:1000:1;u:1000:1000:2"))
                .isEqualTo(Mount.canonical("/tank/photos,idmap=u:1000:1000:2;g:1000:1000:1,mp=/photos,quota=0,ro=1"));
    }

    @Test
    void versions_are_ordered_as_dpkg_does() {
        assertThat(DebianVersion.compare("13.10-1", "13.9-2")).isPositive();
        assertThat(DebianVersion.compare("1~rc1", "1")).isNegative();
        assertThat(DebianVersion.compare("13.6-1", "13.6-1")).isZero();
    }
}
