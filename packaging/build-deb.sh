#!/usr/bin/env bash
# Builds the Debian package from the programs in out/bin: out/crisp_VERSION_ARCH.deb.
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
arch=$(dpkg --print-architecture)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"

put() { install -D -m "$1" "$2" "$root$3"; }
put 755 out/bin/crisp /usr/bin/crisp
put 755 out/bin/crispctl /usr/bin/crispctl
put 755 out/bin/crisp-monitor /usr/libexec/crisp/crisp-monitor
put 644 packaging/systemd/crisp.service /lib/systemd/system/crisp.service
put 644 packaging/crisp.conf /etc/crisp/crisp.conf
put 644 packaging/seccomp.json /usr/share/crisp/seccomp.json
put 644 packaging/apparmor/crisp-default /etc/apparmor.d/crisp-default
put 644 packaging/cni/10-crisp-bridge.conflist.disabled /etc/cni/net.d/10-crisp-bridge.conflist.disabled
put 644 README.md /usr/share/doc/crisp/README.md
put 644 packaging/debian/copyright /usr/share/doc/crisp/copyright
changelog=$(printf 'crisp (%s) unstable; urgency=medium\n\n  * See the history of the source.\n\n -- The crisp developers <crisp@localhost>  %s\n' \
    "$version" "$(date -uRd "@$SOURCE_DATE_EPOCH")")
gzip -9n <<<"$changelog" >"$root/usr/share/doc/crisp/changelog.gz"
chmod 644 "$root/usr/share/doc/crisp/changelog.gz"

# What the native programs link with, as the Debian packages that have it; libssl and libzstd are loaded at run time.
libraries=$(ldd "$root/usr/bin/crisp" "$root/usr/bin/crispctl" | sed -n 's/.*=> \(\/[^ ]*\).*/\1/p' | sort -u)
packages=$(while read -r library; do dpkg-query -S "$(realpath "$library")" "$library" 2>/dev/null || true; done \
    <<<"$libraries" | sed 's/:.*//' | sort -u)
depends="libssl3 | libssl3t64, libzstd1"
for package in $packages; do
    case $package in
    libc6) depends+=", libc6 (>= $(dpkg-query -W -f '${Version}' libc6 | sed 's/-.*//'))" ;;
    *) depends+=", $package" ;;
    esac
done

mkdir "$root/DEBIAN"
(cd "$root" && find usr lib -type f -exec md5sum {} + | sort -k2) >"$root/DEBIAN/md5sums"
size=$(du -sk --exclude=DEBIAN "$root" | cut -f1)
sed -e "s/@VERSION@/$version/; s/@ARCH@/$arch/; s/@SIZE@/$size/; s/@DEPENDS@/$depends/" \
    packaging/debian/control.in >"$root/DEBIAN/control"
install -m 644 packaging/debian/conffiles "$root/DEBIAN/conffiles"
install -m 755 packaging/debian/{postinst,prerm,postrm} "$root/DEBIAN/"

mkdir -p out
dpkg-deb --root-owner-group --build "$root" "out/crisp_${version}_$arch.deb"
