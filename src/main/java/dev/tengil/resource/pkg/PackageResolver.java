package dev.tengil.resource.pkg;

import dev.tengil.model.Address;
import dev.tengil.resource.Need;
import dev.tengil.resource.Resolved;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns what other kinds need into packages, each once. The file itself names none. */
public final class PackageResolver {
    /** One package for all who need it. */
    public Resolved<ServicePackage> resolve(Collection<Need.OfPackage> needs) {
        SortedMap<String, List<Need.OfPackage>> byName = new TreeMap<>();
        needs.forEach(need ->
                byName.computeIfAbsent(need.name(), name -> new ArrayList<>()).add(need));
        List<ServicePackage> packages = new ArrayList<>();
        byName.forEach((name, wanted) -> {
            TreeSet<Address> by = new TreeSet<>();
            wanted.forEach(need -> by.add(need.by()));
            packages.add(new ServicePackage(
                    ServicePackage.addressOf(name), by, wanted.getFirst().span()));
        });
        return new Resolved<>(packages, List.of());
    }
}
