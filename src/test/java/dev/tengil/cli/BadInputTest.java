package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input ends in a diagnostic with a place: never in a stack trace, and never in a command. */
class BadInputTest {

    private static final String PLACE = "(?s).*tengil\\.yml:\\d+:\\d+.*";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 3\nversion: 3\n",
                "pools: {tank: {datasets: {a: {}, a: {}}}}\n",
                "pools:\n\ttank: {}\n",
                "pools: {tank: [}\n",
                "version: 3\n---\nversion: 3\n",
                "version: !!java.net.URL x\n",
                "version: !!javax.script.ScriptEngineManager []\n",
                "versiоn: 3\n",
                "bogus: 1\n",
                "version: 99\n",
                "- a list\n",
                "just text\n",
            })
    void the_file_itself_is_refused(String text) throws IOException {
        refused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"../x\": {}",
                "\"-o\": {}",
                "\"a b\": {}",
                "\"a@b\": {}",
                "\"a%b\": {}",
                "\"a#b\": {}",
                "\"a\\nb\": {}",
                "a: {mountpoint: /etc}",
                "a: {mountpoint: /}",
                "a: {mountpoint: /etc/pve}",
                "a: {mountpoint: /var/lib/vz}",
                "a: {mountpoint: /tank/../etc}",
                "a: {quota: -1}",
                "a: {quota: 99999999P}",
                "a: {mode: \"0999\"}",
                "a: {owner: \"-x\"}",
                "a: {profile: medai}",
                "a: {shares: {smb: \"[global]\"}}",
                "a: {shares: {smb: global}}",
                "a: {shares: {smb: homes}}",
                "a: {shares: {smb: printers}}",
                "a: {shares: {smb: IPC$}}",
                "a: {shares: {smb: \"a]b\"}}",
                "a: {shares: {smb: \"a\\nb\"}}",
                "a: {shares: {smb: {name: s, comment: \"x\\nroot preexec = y\"}}}",
                "a: {shares: {smb: {name: s, options: {root preexec: x}}}}",
                "a: {shares: {smb: {name: s, options: {include: /etc/passwd}}}}",
                "a: {shares: {nfs: {clients: [{host: \"10.0.0.1 *\"}]}}}",
                "a: {shares: {nfs: {clients: [{host: \"*(no_root_squash)\"}]}}}",
                "a: {shares: {nfs: {}}}",
                "a: {snapshots: {daily: 7}}",
                "a: {containers: [\"web:/proc/x\"]}",
                "a: {containers: [\"web:/a,mp=/b\"]}",
                "a: {containers: [\"web:/\"]}",
                "a: {containers: [{name: web, path: \"/a,mp=/x\"}]}",
                "a: {containers: [{name: web, mounts: [{source: /x, target: /sys}]}]}",
                "a: {containers: [{name: web, mounts: [{source: \"/x,ro=0\", target: /x}]}]}",
                "a: {consumers: [{type: container, name: web, mount: \"/a,mp=/x\"}]}",
                "a: {consumers: [{type: container, name: \"w;b\"}]}",
                "dev: {consumers: [{type: container, name: web}]}",
                "a: {mountpoint: \"/a,b\", containers: [{name: w, template: debian-13-standard, mount: /a}]}",
            })
    void a_dataset_is_refused(String dataset) throws IOException {
        refused("pools:\n  tank:\n    datasets:\n      " + dataset + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mount: \"/a,mp=/x\"",
                "mount: /",
                "mount: /proc",
                "mount: /dev",
                "mount: \"/a\\nb\"",
                "ports: [0]",
                "ports: [65536]",
                "ports: [\"8080:80\"]",
                "publish: true",
                "memory: -1",
                "memory: lots",
                "env: {A: null}",
                "env: {A: \"x\\0y\"}",
                "env: {\"A=B\": x}",
                "env: {\"\": x}",
                "network: {bridge: \"vmbr0,ip=dhcp\"}",
                "network: {ip: \"dhcp,gw=1.2.3.4\"}",
                "network: {mac: nonsense}",
                "network: {vlan: 9999}",
                "volumes: [\"/tank/a,mp=/x:/y\"]",
                "labels: {a: b}",
                "health: {tcp: 80}",
                "restart: always",
                "update: {policy: pin}",
                "vmid: 1",
            })
    void a_container_is_refused(String key) throws IOException {
        refused("""
                pools:
                  tank:
                    datasets:
                      docs:
                        containers:
                          - name: web
                            template: debian-13-standard
                            %s
                """.formatted(key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registries: {x: {host: example.org}}",
                "packages: [{use: jellyfin}]",
                "package_sources: [x]",
                "discovery: {path: /x}",
                "moved: [{from: \"container:a\", to: \"container:b\"}]",
            })
    void what_is_not_there_yet_is_refused_and_never_ignored(String line) throws IOException {
        assertThat(refused(line + "\n").err()).contains("error[config.not-yet]");
    }

    private Tg.Ran refused(String text) throws IOException {
        Tg tg = new Tg(folder).file(text);
        Tg.Ran ran = tg.say("plan");
        assertThat(ran.exit()).as(ran.err() + ran.out()).isIn(3, 6);
        assertThat(ran.err())
                .contains("error[")
                .matches(PLACE)
                .doesNotContain("\tat ")
                .doesNotContain("tengil.defect");
        assertThat(tg.say("plan --commands").out()).isEmpty();
        return ran;
    }
}
