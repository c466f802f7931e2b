package dev.tengil.host.sim;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A world that lives as long as its process; for tests. */
final class MemoryStore implements WorldStore {

    private final World world;
    private final Set<String> locks = new HashSet<>();

    MemoryStore(World world) {
        this.world = world;
    }

    @Override
    public synchronized <T> T transact(Function<World, T> command) {
        T result = command.apply(world);
        world.stored().forEach(Table::takeChanges);
        return result;
    }

    @Override
    public synchronized @Nullable AutoCloseable tryLock(String name) {
        if (!locks.add(name)) {
            return null;
        }
        return () -> {
            synchronized (this) {
                locks.remove(name);
            }
        };
    }
}
