#!/bin/sh
# with-node-namespace.sh COMMAND [ARG]...: runs a command where crun can work.
#
# On a host with cgroup v1 hierarchies and beside them a v2 one that still holds controllers, crun refuses to run.
# There the command gets a mount namespace of its own in which that v2 hierarchy is out of sight; an empty tmpfs takes
# its place, since crun would write its group paths as files otherwise. On every other host, and inside such a
# namespace already, the command runs as it is. One run enters once: the test host, every daemon it starts and every
# leak check must see the same mounts.
set -eu

unified=/sys/fs/cgroup/unified
if [ -n "$(cat "$unified/cgroup.controllers" 2>/dev/null)" ] && [ -d /sys/fs/cgroup/memory ]; then
    exec unshare --mount --propagation unchanged sh -euc '
        mount --make-private /sys/fs/cgroup
        umount "$0"
        mount -t tmpfs -o mode=755 none "$0"
        exec "$@"' "$unified" "$@"
fi
exec "$@"
