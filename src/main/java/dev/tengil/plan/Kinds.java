package dev.tengil.plan;

import dev.tengil.resource.Kind;
import dev.tengil.resource.container.ContainerKind;
import dev.tengil.resource.dataset.DatasetKind;
import dev.tengil.resource.directory.DirectoryKind;
import dev.tengil.resource.discovery.DiscoveryKind;
import dev.tengil.resource.forward.ForwardKind;
import dev.tengil.resource.group.GroupKind;
import dev.tengil.resource.image.ImageKind;
import dev.tengil.resource.nfs.NfsKind;
import dev.tengil.resource.pkg.PackageKind;
import dev.tengil.resource.restart.RestartKind;
import dev.tengil.resource.smb.SmbKind;
import dev.tengil.resource.storage.StorageKind;
import dev.tengil.resource.template.TemplateKind;
import dev.tengil.resource.user.UserKind;
import java.util.List;

/** The kinds that there are, in the order in which a person reads a plan. */
public final class Kinds {

    public static final List<Kind<?>> ALL = List.of(
            new PackageKind(),
            new ImageKind(),
            new TemplateKind(),
            new GroupKind(),
            new UserKind(),
            new DatasetKind(),
            new DirectoryKind(),
            new StorageKind(),
            new ContainerKind(),
            new SmbKind(),
            new NfsKind(),
            new ForwardKind(),
            new RestartKind(),
            new DiscoveryKind());

    private Kinds() {}
}
