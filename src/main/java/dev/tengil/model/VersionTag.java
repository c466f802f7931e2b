package dev.tengil.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tag that is a version: {@code 1.2.3}, {@code v1.2}, {@code 7-alpine}. Only tags of one shape can be compared: the same words around the
 * numbers, and as many numbers, since a repository has {@code 1}, {@code 1.2} and {@code 1.2.3} for one and the same image.
 *
 * @param prefix what stands before the numbers: nothing, or {@code v}
 * @param numbers from the one that counts most
 * @param suffix what stands behind them, with its dash; {@code 1.2.3-rc1} is of another shape than {@code 1.2.3}
 */
public record VersionTag(String prefix, List<Integer> numbers, String suffix) implements Comparable<VersionTag> {

    private static final Pattern FORM = Pattern.compile("(v?)(\\d{1,9}(?:\\.\\d{1,9}){0,3})([-_+].*)?");

    /** Numbers from here on are years, dates or counts of builds, which are no later versions of small ones. */
    private static final int YEARS = 1900;

    public VersionTag {
        numbers = List.copyOf(numbers);
    }

    /** Reads one; null for a tag that is no version, like {@code latest}. */
    public static @Nullable VersionTag read(String tag) {
        Matcher form = FORM.matcher(tag);
        if (!form.matches()) {
            return null;
        }
        List<Integer> numbers = new ArrayList<>();
        for (String number : form.group(2).split("\\.", -1)) {
            numbers.add(Integer.valueOf(number));
        }
        return new VersionTag(form.group(1), numbers, form.group(3) == null ? "" : form.group(3));
    }

    /** Whether the two can be compared. */
    public boolean isLike(VersionTag other) {
        return prefix.equals(other.prefix)
                && suffix.equals(other.suffix)
                && numbers.size() == other.numbers.size()
                && digits(numbers.getFirst()) == digits(other.numbers.getFirst());
    }

    /** Small numbers are of one kind; of large ones, each length is a kind of its own. */
    private static int digits(int number) {
        return number < YEARS ? 0 : Integer.toString(number).length();
    }

    /** Whether the first numbers are the same; one that is not there is not asked for. */
    public boolean agrees(VersionTag other, int first) {
        int count = Math.min(first, numbers.size());
        return numbers.subList(0, count).equals(other.numbers.subList(0, Math.min(first, other.numbers.size())));
    }

    /** Orders those that are alike. */
    @Override
    public int compareTo(VersionTag other) {
        for (int i = 0; i < Math.min(numbers.size(), other.numbers.size()); i++) {
            int order = Integer.compare(numbers.get(i), other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(numbers.size(), other.numbers.size());
    }
}
