package dev.tengil.resource;

/** What happens to a resource, with the symbol that every view shows. */
public enum Action {
    CREATE("+"),
    UPDATE("~"),
    RESTART("↻"),
    REPLACE("-/+"),
    DESTROY("-"),
    ADOPT("→"),
    FORGET("✕");

    private final String symbol;

    Action(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }
}
