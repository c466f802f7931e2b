package dev.tengil.check;

import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.HostPath;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.dataset.DatasetResource;
import dev.tengil.resource.facts.Dataset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Of two datasets with one mountpoint the later hides the other, and after a reboot it may be the other way round. */
final class MountpointTwice implements Rule {

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        SortedMap<HostPath, DatasetName> taken = new TreeMap<>();
        Set<DatasetName> wanted = new HashSet<>();
        preflight.of(DatasetResource.class).forEach(dataset -> wanted.add(dataset.name()));
        for (Dataset found : preflight.facts().datasets().values()) {
            HostPath at = found.mountpoint();
            if (found.mounted() && at != null && !wanted.contains(found.name())) {
                taken.put(at, found.name());
            }
        }
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (DatasetResource dataset : preflight.of(DatasetResource.class)) {
            HostPath at = dataset.path();
            if (at == null || dataset.container() || staysUnmounted(dataset)) {
                continue;
            }
            DatasetName other = taken.putIfAbsent(at, dataset.name());
            if (other != null && moves(dataset, preflight)) {
                diagnostics.add(Diagnostic.error(
                                "dataset.mountpoint-twice",
                                "datasets " + other + " and " + dataset.name() + " would both be mounted at " + at)
                        .at(dataset.span())
                        .help("Give one of them another mountpoint:."));
            }
        }
        return diagnostics;
    }

    private static boolean moves(DatasetResource dataset, Preflight preflight) {
        Dataset found = preflight.facts().datasets().get(dataset.name());
        return found == null || !Objects.equals(found.mountpoint(), dataset.path());
    }

    private static boolean staysUnmounted(DatasetResource dataset) {
        FieldValue canmount = dataset.owned().get("zfs.canmount");
        return canmount != null && !canmount.canonical().equals("on");
    }
}
