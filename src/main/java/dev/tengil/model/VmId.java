package dev.tengil.model;

/** A guest's number in Proxmox, 100 to 999999999; containers and virtual machines share the range. */
public record VmId(int value) implements Comparable<VmId> {

    private static final int LOWEST = 100;
    private static final int HIGHEST = 999_999_999;

    public VmId {
        if (value < LOWEST || value > HIGHEST) {
            throw new IllegalArgumentException("a vmid is a number from 100 to 999999999");
        }
    }

    /** Reads a number in range. */
    public static Parsed<VmId> parse(String text) {
        if (!text.matches("[1-9]\\d{2,8}")) {
            return Parsed.bad("a vmid is a number from 100 to 999999999");
        }
        return Parsed.ok(new VmId(Integer.parseInt(text)));
    }

    @Override
    public int compareTo(VmId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
