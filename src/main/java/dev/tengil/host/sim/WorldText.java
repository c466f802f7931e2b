package dev.tengil.host.sim;

import dev.tengil.model.ByteSize;

/** What a simulated host is at the moment, for a person to read. */
public final class WorldText {

    private WorldText() {}

    /** Node, pools, datasets and config files. */
    public static String of(World world) {
        StringBuilder out = new StringBuilder();
        out.append("node ")
                .append(world.node())
                .append("  ")
                .append(world.now())
                .append('\n');
        for (String pool : world.zfs().pools()) {
            out.append("pool ")
                    .append(pool)
                    .append("  ")
                    .append(new ByteSize(world.zfs().free(pool)).rounded())
                    .append(" free of ")
                    .append(new ByteSize(world.zfs().size(pool)).rounded())
                    .append('\n');
        }
        for (Zdataset dataset : world.zfs().all().values()) {
            out.append("  ").append(dataset.name());
            if (dataset.mounted()) {
                out.append("  at ").append(world.zfs().mountpoint(dataset.name()));
            }
            dataset.properties()
                    .forEach((name, value) ->
                            out.append("  ").append(name).append('=').append(value));
            out.append('\n');
        }
        for (String directory : new String[] {"/etc/pve/lxc", "/etc/exports.d", "/etc/samba"}) {
            for (String file : world.disk().list(directory)) {
                Inode inode = world.disk().follow(directory + "/" + file);
                if (inode != null && inode.kind() == Inode.Kind.FILE) {
                    out.append(directory).append('/').append(file).append('\n');
                    inode.content()
                            .text()
                            .lines()
                            .forEach(line -> out.append("    ").append(line).append('\n'));
                }
            }
        }
        return out.toString();
    }
}
