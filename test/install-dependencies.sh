#!/usr/bin/env bash
# Installs the Debian packages that building and testing crisp need. Nothing is asked of the network when all are
# there, and nothing that is installed is ever removed for them.
set -euo pipefail

packages=(
    gcc libc6-dev zlib1g-dev                      # NativeAOT links with these
    libzstd1                                      # layers compressed with zstd
    crun runc                                     # the OCI runtimes
    containernetworking-plugins iptables iproute2 # pod networks
    busybox-static                                # what the test images are made of
    skopeo umoci zstd                             # foreign readers of the image store, and a writer
    mmdebstrap                                    # a fresh Debian to install the package in
    jq procps util-linux mount e2fsprogs          # scripts, and a file system to freeze
    python3 perl strace binutils                  # programs that have to run under the default seccomp profile
)
command -v node >/dev/null || packages+=(nodejs) # a foreign gRPC client
command -v npm >/dev/null || packages+=(npm)

missing=()
for package in "${packages[@]}"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
done

if ((${#missing[@]})); then
    as_root=()
    ((EUID == 0)) || as_root=(sudo)
    echo "installing: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-remove --no-install-recommends "${missing[@]}" >/dev/null
fi
