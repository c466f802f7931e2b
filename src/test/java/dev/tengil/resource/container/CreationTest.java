package dev.tengil.resource.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.HostPath;
import dev.tengil.model.Span;
import dev.tengil.model.VmId;
import dev.tengil.resource.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CreationTest {

    @Test
    void the_create_call_never_has_mounts_and_start_comes_last() {
        Container.Root root = new Container.Root("local-zfs", 8L << 30, false);
        Container container = new Container(
                Container.addressOf("redis"),
                "redis",
                "redis",
                new VmId(100),
                false,
                new Container.Origin.Template("debian.tar.zst", "local:vztmpl/debian.tar.zst"),
                root,
                false,
                new TreeMap<>(Map.of("memory", "256")),
                new TreeMap<>(Map.of("onboot", "1")),
                PropertyString.parse("name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:01,ip=dhcp,type=veth"),
                List.of(new Mount(HostPath.of("/data"), HostPath.of("/tank/data"), true, null, null)),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(new Container.Variable("TZ", "UTC", null)),
                new TreeMap<>(),
                new TreeSet<>(Set.of("db")),
                new TreeMap<>(),
                List.of(),
                UpdateRule.USUAL,
                null,
                Set.of(),
                null,
                Set.of(),
                new TreeMap<>(),
                List.of(),
                new Span("tengil.yml", 1, 1, 0, 0));
        List<String> commands =
                ContainerCommands.create(container, "local:vztmpl/debian.tar.zst", root, "main").stream()
                        .map(operation -> operation instanceof Operation.Run run
                                ? String.join(" ", run.command().argv())
                                : operation.getClass().getSimpleName())
                        .toList();
        assertThat(commands)
                .containsExactly(
                        "pct create 100 local:vztmpl/debian.tar.zst --rootfs local-zfs:8 --hostname redis --unprivileged 1"
                                + " --tags db;tengil --memory 256"
                                + " --net0 name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:01,ip=dhcp,type=veth",
                        "pct set 100 --onboot 1 --mp0 /tank/data,mp=/data,ro=1",
                        "EditConf",
                        "pct start 100",
                        "Await");
    }
}
