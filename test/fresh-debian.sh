#!/usr/bin/env bash
# fresh-debian.sh DIRECTORY [PACKAGE]...: makes a minimal system of this machine's own release in the directory, with
# the packages, from the archive that this machine uses.
set -euo pipefail

target=$1
shift
. /etc/os-release
sources=
for file in /etc/apt/sources.list.d/{debian,ubuntu}.sources /etc/apt/sources.list; do
    [[ ! -s $file ]] || { sources=$file; break; }
done
packages=$(IFS=,; echo "$*")
mmdebstrap --quiet --variant=apt ${packages:+--include="$packages"} "$VERSION_CODENAME" "$target" ${sources:+"$sources"}
