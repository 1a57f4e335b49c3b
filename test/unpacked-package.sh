#!/usr/bin/env bash
# unpacked-package.sh NAME: prints a directory that holds the files of a Debian package, without installing it.
# Servers such as docker-registry would start by themselves when installed; unpacked, they run when a test wants them.
set -euo pipefail

name=$1
cache=${CRISP_CACHE:-${HOME:-/root}/.cache/crisp}/packages
target=$cache/$name

if [[ ! -d $target ]]; then
    mkdir -p "$cache"
    work=$(mktemp -d "$cache/.$name.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    chmod 755 "$work"
    fetch() { (cd "$work" && apt-get download -qq "$name") >&2; }
    if ! fetch 2>/dev/null; then
        # No package lists yet, or older than the archive.
        apt-get update -qq >&2
        fetch
    fi
    dpkg-deb -x "$work"/*.deb "$work/root"
    mv -T "$work/root" "$target" 2>/dev/null || [[ -d $target ]] # somebody else may have been quicker
fi
echo "$target"
