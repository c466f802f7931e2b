package dev.tengil.resource.container;

import dev.tengil.model.Fields;
import dev.tengil.model.IpText;
import dev.tengil.model.Key;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import java.util.Arrays;
import java.util.Locale;

/** The keys of a container's {@code network}. */
final class NetworkKeys {
    static final Shape.Scalar<String> IP = Scalars.of(
            "address",
            Shape.Schema.text(),
            text -> text.matches("dhcp|manual") || IpText.isV4WithPrefix(text, 8)
                    ? Parsed.ok(text)
                    : Parsed.bad("write dhcp, manual, or an address with its prefix like 192.168.1.20/24"));

    static final Shape.Scalar<String> GATEWAY = Scalars.of(
            "address",
            Shape.Schema.text(),
            text -> IpText.isV4(text) ? Parsed.ok(text) : Parsed.bad("write an address like 192.168.1.1"));

    static final Shape.Scalar<String> NAMESERVERS = Scalars.of(
            "addresses",
            Shape.Schema.text(),
            text -> Arrays.stream(text.split("[, ;]+", -1)).allMatch(one -> IpText.isV4(one) || IpText.isV6(one))
                    ? Parsed.ok(text.replaceAll("[, ;]+", " "))
                    : Parsed.bad("write addresses of name servers, separated by blanks"));

    static final Shape.Scalar<String> BRIDGE_NAME = Scalars.of(
            "bridge",
            Shape.Schema.text(),
            text -> text.matches("[A-Za-z][A-Za-z0-9_]{0,9}")
                    ? Parsed.ok(text)
                    : Parsed.bad("\"" + text + "\" is not the name of a bridge"));

    static final Key<String> BRIDGE = Key.of("bridge", BRIDGE_NAME, "The bridge to join. Default: `vmbr0`.");
    static final Key<String> IPV4 =
            Key.of("ip", IP, "`dhcp` (default), `manual`, or an address with its prefix, `192.168.1.20/24`.");
    static final Key<String> GATEWAY4 =
            Key.of("gateway", GATEWAY, "The router, with a static address.").formerly("gw");
    static final Key<String> IPV6 = Key.of(
            "ip6",
            Scalars.of(
                    "address",
                    Shape.Schema.text(),
                    text -> text.matches("dhcp|auto|manual") || IpText.isV6WithPrefix(text, 1)
                            ? Parsed.ok(text.toLowerCase(Locale.ROOT))
                            : Parsed.bad("write dhcp, auto, manual, or an address with its prefix")),
            "`dhcp`, `auto`, `manual`, or an address with its prefix.");
    static final Key<String> MAC = Key.of(
            "mac",
            Scalars.of(
                    "MAC address",
                    Shape.Schema.text(),
                    text -> text.matches("(?:[0-9A-Fa-f][02468ACEace])(?::[0-9A-Fa-f]{2}){5}")
                            ? Parsed.ok(text.toUpperCase(Locale.ROOT))
                            : Parsed.bad("write a unicast MAC address like BC:24:11:00:00:01")),
            "The hardware address. Without it tengil makes one in the plan and keeps it.");
    static final Key<Integer> VLAN =
            Key.of("vlan", Scalars.integer(1, 4094), "The VLAN tag.").formerly("tag");
    static final Key<Boolean> FIREWALL =
            Key.of("firewall", Scalars.bool(), "Whether Proxmox's firewall watches this interface.");
    static final Key<Integer> MTU = Key.of("mtu", Scalars.integer(576, 65535), "Largest packet, in bytes.");
    static final Key<String> NAMESERVER = Key.of("nameserver", NAMESERVERS, "Name servers, instead of the host's.");
    static final Key<String> SEARCHDOMAIN = Key.of(
            "searchdomain",
            Scalars.of(
                    "domains",
                    Shape.Schema.text(),
                    text -> !text.isBlank()
                                    && Arrays.stream(text.split("[, ;]+", -1)).allMatch(ContainerShapes::isHostname)
                            ? Parsed.ok(text.replaceAll("[, ;]+", " "))
                            : Parsed.bad("write domain names, separated by blanks")),
            "Domains to search for short names.");
    static final Key<Boolean> HOST_MANAGED = Key.of(
            "host_managed",
            Scalars.bool(),
            "Whether the host sets the address. Default: yes for images, which have no network programs of their own.");

    static final Shape<Fields> SHAPE = Shape.struct(
            "network", BRIDGE, IPV4, GATEWAY4, IPV6, MAC, VLAN, FIREWALL, MTU, NAMESERVER, SEARCHDOMAIN, HOST_MANAGED);

    private NetworkKeys() {}
}
