#!/usr/bin/env bash
# The main job of crisp on real input, told step by step. Everything it makes carries the prefix below and lies in one
# directory; both are gone at the end, and the last step shows that.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# crun needs a look at the cgroups that some hosts do not give; elsewhere this does nothing.
[[ ${CRISP_DEMO_INSIDE:-} ]] || CRISP_DEMO_INSIDE=1 exec "$here/with-node-namespace.sh" "$0" "$@"

((EUID == 0)) || { echo "crisp makes containers: run this as root" >&2; exit 1; }

bin=${BIN:-$here/../out/bin}
name=crispdemo
work=$(mktemp -d /tmp/$name.XXXX)
runtime=${RUNTIME:-$(command -v crun >/dev/null && echo crun || echo runc)}
crispctl() { "$bin/crispctl" --runtime-endpoint "unix://$work/crisp.sock" "$@"; }

# --- telling -----------------------------------------------------------------------------------------------------

if [[ -t 1 ]]; then bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'; else bold='' dim='' plain=''; fi
chapter() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
tell() { printf '  %s\n' "$*"; }

# step COMMAND...: shows the command, runs it, shows what it printed and how long it took.
step() {
    local began ended output
    printf '  %s$ %s%s\n' "$dim" "$(shown "$@")" "$plain"
    began=${EPOCHREALTIME/./}
    "$@" >"$work/output" 2>&1 || { cat "$work/output"; return 1; }
    ended=${EPOCHREALTIME/./}
    output=$(<"$work/output")
    [[ -z $output ]] || sed 's/^/    /' "$work/output"
    printf '    %s(%d ms)%s\n' "$dim" $(((ended - began + 500) / 1000)) "$plain"
    answer=$output
}

# Without the directory, and with IDs as short as people type them.
shown() { sed -E "s|$work/||g; s/\b([0-9a-f]{12})[0-9a-f]{52}\b/\1/g" <<<"$*"; }

# cgroups TEST...: those of this demo, in each hierarchy.
cgroups() {
    find /sys/fs/cgroup/ \( -fstype cgroup -o -fstype cgroup2 \) -type d \( -path "*/$name" -o -path "*/$name/*" \) "$@" 2>/dev/null
}

# around TICK WORDS: that line of the log, and the next.
around() { grep -E -A1 " tick $1\$" <<<"$log" | sed "s/^/    /; 1s/\$/   <- $2/"; }

# gaps: reads the container's log as a user would, and fails unless each tick is there once and in order.
gaps() {
    printf '  %s$ %s | awk (a counter)%s\n' "$dim" "$(shown crispctl logs "$container")" "$plain"
    crispctl logs "$container" | awk '
        $1 != "tick" { next }
        $2 != seen + 1 { printf "    tick %d is followed by tick %d\n", seen, $2; wrong = 1 }
        { seen = $2; lines++ }
        END {
            printf "    %d lines, tick 1 to tick %d: %s\n", lines, seen, wrong ? "there are gaps" : "none is missing, none is there twice"
            exit wrong
        }'
}

# --- cleaning up, whatever happens ---------------------------------------------------------------------------------

daemon='' registry=''
clean_up() {
    local status=$?
    if ((status != 0)) && [[ -f $work/crisp.log ]]; then
        echo "--- the daemon's log ---"
        tail -40 "$work/crisp.log"
    fi
    if [[ $daemon ]]; then kill -TERM "$daemon" 2>/dev/null && wait "$daemon" || true; fi
    if [[ $registry ]]; then kill -TERM "$registry" 2>/dev/null && wait "$registry" 2>/dev/null || true; fi
    ip link delete "$name" 2>/dev/null || true
    cgroups -depth -exec rmdir {} + || true
    rm -rf "$work"
}
trap clean_up EXIT

# wait_for TEXT FILE PROCESS: follows a log until it holds the text; fails when the process ends before.
wait_for() { grep -qm1 -- "$1" < <(timeout 20 tail -n +1 -F --pid="$3" -s 0.05 "$2" 2>/dev/null); }

# --- the story -----------------------------------------------------------------------------------------------------

chapter "1. A registry with an image in it"
tell "Debian's docker-registry on a loopback port, and an image made of busybox by umoci and skopeo."
mkdir -p "$work/registry"
cat >"$work/registry/config.yml" <<YAML
version: 0.1
storage: {filesystem: {rootdirectory: $work/registry/content}}
http: {addr: "127.0.0.1:0", secret: demo}
YAML
"$("$here/unpacked-package.sh" docker-registry)/usr/bin/docker-registry" serve "$work/registry/config.yml" \
    >"$work/registry/log" 2>&1 &
registry=$!
wait_for 'listening on' "$work/registry/log" "$registry"
address=$(grep -o 'listening on 127.0.0.1:[0-9]*' "$work/registry/log" | head -1 | cut -d' ' -f3)
image=$address/demo/busybox:1

umoci init --layout "$work/layout"
umoci new --image "$work/layout:1"
mkdir -p "$work/rootfs/bin" "$work/rootfs/etc"
cp /bin/busybox "$work/rootfs/bin/"
for applet in sh echo sleep hostname ip ps cat date; do ln -s busybox "$work/rootfs/bin/$applet"; done
echo 'root:x:0:0:root:/:/bin/sh' >"$work/rootfs/etc/passwd"
umoci insert --image "$work/layout:1" "$work/rootfs" / >/dev/null
umoci config --image "$work/layout:1" --config.cmd /bin/sh --config.env PATH=/bin
skopeo copy --quiet --dest-tls-verify=false "oci:$work/layout:1" "docker://$image"
tell "Ready: $image"

chapter "2. The daemon"
tell "crisp gets a directory of its own, a CNI network on Debian's plugins, and $runtime to make containers with."
mkdir -p "$work/net.d"
cat >"$work/net.d/10-demo.conflist" <<JSON
{
  "cniVersion": "1.0.0", "name": "$name",
  "plugins": [
    {
      "type": "bridge", "bridge": "$name", "isGateway": true, "ipMasq": true,
      "ipam": {
        "type": "host-local", "dataDir": "$work/leases",
        "ranges": [[{"subnet": "10.207.0.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]
      }
    },
    {"type": "portmap", "capabilities": {"portMappings": true}}
  ]
}
JSON
cat >"$work/crisp.conf" <<TOML
[crio.api]
listen = "$work/crisp.sock"
[crio.runtime]
default_runtime = "$runtime"
cgroup_manager = "cgroupfs"
[crio.image]
insecure_registries = ["$address"]
[crio.network]
network_dir = "$work/net.d"
plugin_dirs = ["/opt/cni/bin", "/usr/lib/cni"]
[crisp]
root = "$work/lib"
run_root = "$work/run"
netns_dir = "$work/netns"
TOML
"$bin/crisp" serve --config "$work/crisp.conf" >"$work/crisp.log" 2>&1 &
daemon=$!
wait_for 'ready on' "$work/crisp.log" "$daemon"
grep -h 'ready on' "$work/crisp.log" | sed "s|$work/||; s/^/    /"
tell "It is one native program of $(($(stat -c %s "$bin/crisp") / 1048576)) MB and holds $(awk '/^Pss:/ {print int($2 / 1024)}' "/proc/$daemon/smaps_rollup") MB of memory."
step crispctl version

chapter "3. Pull the image"
step crispctl pull "$image"
step crispctl images

chapter "4. Run a pod"
tell "A pod is a set of namespaces and an address; it has no process of its own."
cat >"$work/pod.json" <<JSON
{
  "metadata": {"name": "demo", "namespace": "default", "uid": "demo-uid", "attempt": 0},
  "hostname": "demo",
  "log_directory": "$work/logs",
  "dns_config": {"servers": ["10.207.0.1"], "searches": ["demo.example"]},
  "linux": {
    "cgroup_parent": "/$name",
    "security_context": {"namespace_options": {"pid": 1}}
  }
}
JSON
step crispctl runp "$work/pod.json"
pod=$answer
step crispctl pods

chapter "5. Start a container in it"
tell "$runtime makes it; crisp-monitor stays beside it, keeps its log and its exit code, and outlives the daemon."
cat >"$work/container.json" <<JSON
{
  "metadata": {"name": "greeter", "attempt": 0},
  "image": {"image": "$image"},
  "command": ["sh", "-c"],
  "args": ["echo \"hello, I am \$(hostname)\"; n=0; while :; do n=\$((n+1)); echo \"tick \$n\"; sleep 0.02; done"],
  "labels": {"io.kubernetes.pod.name": "demo", "io.kubernetes.pod.namespace": "default"},
  "log_path": "greeter.log",
  "linux": {
    "resources": {"memory_limit_in_bytes": 67108864},
    "security_context": {"namespace_options": {"pid": 1}}
  }
}
JSON
step crispctl create "$pod" "$work/container.json" "$work/pod.json"
container=$answer
step crispctl start "$container"
wait_for 'tick 2' "$work/logs/greeter.log" "$daemon"
step crispctl ps

chapter "6. Its log, and a look inside"
step crispctl logs --tail 3 "$container"
step crispctl exec -s "$container" ip -4 addr show eth0
step crispctl exec -s "$container" ps
step crispctl stats "$container"

chapter "7. The daemon dies; the container does not"
tell "The container numbers its lines. kill -9 hits the daemon while it writes, and for a while there is no crisp."
last() { tail -n 1 "$work/logs/greeter.log" | sed -E 's/.* tick //'; }
before=$(last)
{ kill -KILL "$daemon" && wait "$daemon" || true; } 2>/dev/null # bash would tell of the end
tell "Killed at tick $before. Nobody answers now:"
printf '  %s$ crispctl ps%s\n' "$dim" "$plain"
! crispctl ps >"$work/output" 2>&1 || { echo "somebody answered" >&2; exit 1; }
sed "s|$work/||g; s/^/    /" "$work/output"
wait_for "tick $((before + 50))$" "$work/logs/greeter.log" "$$"
alone=$(last)
tell "The monitor has kept the log by itself, up to tick $alone so far. A new daemon starts, and finds everything:"
"$bin/crisp" serve --config "$work/crisp.conf" >"$work/crisp.log" 2>&1 &
daemon=$!
wait_for 'ready on' "$work/crisp.log" "$daemon"
grep -h 'ready on' "$work/crisp.log" | sed "s|$work/||; s/^/    /"
step crispctl ps
step crispctl exec -s "$container" echo still here
wait_for "tick $((alone + 50))$" "$work/logs/greeter.log" "$daemon"
tell "Has the log a gap? Its lines where the daemon was killed, and where the next one started:"
printf '  %s$ %s | grep tick (…)%s\n' "$dim" "$(shown crispctl logs --timestamps "$container")" "$plain"
log=$(crispctl logs --timestamps "$container")
around "$before" "at the kill"
around "$alone" "before the new daemon"
tell "And all of them, counted: each has to be one more than the line before."
gaps

chapter "8. Take it all away"
step crispctl stop --timeout 0 "$container"
step crispctl ps -a
step crispctl rm "$container"
step crispctl stopp "$pod"
step crispctl rmp "$pod"
step crispctl rmi "$image"

chapter "9. Nothing is left"
left=0
count() { # WHAT NUMBER
    printf '    %-28s %s\n' "$1" "$2"
    left=$((left + $2))
}
count "mounts" "$(grep -c " $work/" /proc/self/mountinfo || true)"
count "network namespaces" "$(find "$work/netns" -type f 2>/dev/null | wc -l)"
count "interfaces on the bridge" "$(ip -o link show master "$name" 2>/dev/null | wc -l)"
count "addresses given out" "$(find "$work/leases" -name '10.*' 2>/dev/null | wc -l)"
count "cgroups of containers" "$(cgroups -name 'crio-*' | wc -l)"
count "monitors" "$(pgrep -c -f "crisp-monitor.*$work" || true)"
count "records of pods" "$(find "$work/lib/pods" "$work/lib/containers" -mindepth 1 -maxdepth 1 2>/dev/null | wc -l)"
((left == 0)) || { echo "something was left behind" >&2; exit 1; }

chapter "That was crisp: from a registry to a running container and back to nothing."
