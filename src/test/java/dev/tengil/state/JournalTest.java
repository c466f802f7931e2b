package dev.tengil.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Address;
import dev.tengil.model.Parsed;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final Address JELLYFIN = new Address("container", "jellyfin");
    private static final AppliedResource RESOURCE = new AppliedResource(
            JELLYFIN, new TreeMap<>(Map.of("memory", "2048")), new TreeMap<>(Map.of("vmid", "101")));
    private static final Applied EMPTY = Applied.empty("main", "salt");

    @Test
    void an_intent_keeps_the_choices_of_an_interrupted_apply_without_claiming_the_thing_exists() {
        Applied applied = Journal.replay(EMPTY, Journal.intent(RESOURCE)).orThrow();
        assertThat(applied.get(JELLYFIN)).isNull();
        assertThat(applied.choice(JELLYFIN, "vmid")).isEqualTo("101");
    }

    @Test
    void an_intent_is_kept_beside_what_is_there_already_and_may_be_half_replaced() {
        Applied there = Journal.replay(EMPTY, Journal.done(RESOURCE)).orThrow();
        Applied applied = Journal.replay(there, Journal.intent(RESOURCE)).orThrow();
        assertThat(applied.get(JELLYFIN)).isEqualTo(RESOURCE);
        assertThat(applied.intended()).containsKey(JELLYFIN);
    }

    @Test
    void an_outcome_turns_the_intent_into_a_fact() {
        Applied applied = Journal.replay(EMPTY, Journal.intent(RESOURCE) + Journal.done(RESOURCE))
                .orThrow();
        assertThat(applied.get(JELLYFIN)).isEqualTo(RESOURCE);
        assertThat(applied.intended()).isEmpty();
    }

    @Test
    void a_line_cut_short_by_a_crash_is_left_out() {
        String lines = Journal.intent(RESOURCE) + Journal.done(RESOURCE);
        Applied applied =
                Journal.replay(EMPTY, lines.substring(0, lines.length() - 5)).orThrow();
        assertThat(applied.get(JELLYFIN)).isNull();
        assertThat(applied.intended()).containsKey(JELLYFIN);
    }

    @Test
    void a_damaged_line_in_the_middle_is_refused_by_number() {
        assertThat(Journal.replay(EMPTY, "garbage\n" + Journal.intent(RESOURCE)))
                .isEqualTo(Parsed.bad("line 1 of its journal is damaged"));
    }

    @Test
    void a_forgotten_resource_is_gone() {
        String lines = Journal.done(RESOURCE) + Journal.forgotten(JELLYFIN);
        assertThat(Journal.replay(EMPTY, lines).orThrow().resources()).isEmpty();
    }

    @Test
    void the_state_survives_a_round_trip() {
        Applied applied = Journal.replay(EMPTY, Journal.done(RESOURCE)).orThrow();
        assertThat(StateCodec.read(StateCodec.write(applied), "main").orThrow()).isEqualTo(applied);
    }

    @Test
    void a_state_that_is_empty_damaged_foreign_or_newer_is_refused_with_the_reason() {
        assertThat(StateCodec.read("", "main")).isEqualTo(Parsed.bad("it is empty"));
        assertThat(reason("{\"version\": 1")).startsWith("it is damaged");
        assertThat(reason("{\"version\": 1}")).startsWith("it is damaged");
        assertThat(reason("[]")).isEqualTo("it is not a JSON object");
        assertThat(reason(StateCodec.write(EMPTY).replace("\"version\": 1", "\"version\": 7")))
                .contains("newer tengil");
        assertThat(reason(StateCodec.write(Applied.empty("other", "s")))).contains("belongs to the stack \"other\"");
        assertThat(reason(StateCodec.write(EMPTY).substring(0, 60))).startsWith("it is damaged");
    }

    private static String reason(String text) {
        return StateCodec.read(text, "main") instanceof Parsed.Bad<Applied>(String reason) ? reason : "accepted";
    }
}
