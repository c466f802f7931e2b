package dev.tengil.host;

import dev.tengil.model.HostPath;
import java.util.List;

/**
 * The one command that makes a directory in data that others may write to. Whoever owns the data can put a link in the way at any moment,
 * so each step down is taken first and looked at then: a working directory is what it is, whatever its name is turned to meanwhile. The
 * shell text is constant; parameters travel as {@code $1…}.
 */
public final class MakeDirectory {

    /** {@code $1} where it begins, {@code $2} names below that, {@code $3} owner and {@code $4} mode of the last, or empty. */
    public static final String SCRIPT = """
            set -eu -f
            umask 022
            cd -P -- "$1"
            at=$(pwd -P)
            IFS=/
            for name in $2; do
                at=${at%/}/$name
                if [ -L "./$name" ]; then
                    echo "mkdir: $at is a symbolic link, which is not followed" >&2
                    exit 1
                fi
                [ -d "./$name" ] || mkdir -- "./$name"
                cd -P -- "./$name"
                if [ "$(pwd -P)" != "$at" ]; then
                    echo "mkdir: $at is a symbolic link, which is not followed" >&2
                    exit 1
                fi
            done
            if [ -n "$3" ]; then
                chown -- "$3" .
            fi
            if [ -n "$4" ]; then
                chmod -- "$4" .
            fi
            """;

    private MakeDirectory() {}

    /**
     * @param top exists; links on the way to it are the host's own and are followed
     * @param path below {@code top}; parents that are missing are made as well
     * @param owner {@code uid:gid}, or empty
     * @param mode as chmod wants it, or empty
     */
    public static Command command(HostPath top, HostPath path, String owner, String mode) {
        String below =
                path.value().substring(top.value().equals("/") ? 1 : top.value().length() + 1);
        return Command.changes(List.of("sh", "-c", SCRIPT, "tengil-make-directory", top.value(), below, owner, mode));
    }
}
