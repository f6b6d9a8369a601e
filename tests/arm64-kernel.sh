#!/usr/bin/env bash
# tests/arm64-kernel.sh FOLDER    puts a kernel for arm64 into a folder (vmlinuz), and a shell that it can start (busybox): Debian's, from their packages. Installs what emulates such a machine.
set -euo pipefail
folder=$1
if ! command -v qemu-system-aarch64 > /dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends qemu-system-arm > /dev/null
fi

if [[ -f $folder/vmlinuz && -f $folder/busybox ]]; then
  exit
fi

# Another architecture's packages are listed apart, so that nothing of it reaches the system.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/files" "$folder"
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
echo "deb [arch=arm64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $release main" > "$work/sources.list"
options=(-qq -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null -o APT::Architectures::=arm64 -o "APT::Sandbox::User=root")
apt-get "${options[@]}" update
kernel=$(apt-cache "${options[@]}" depends linux-image-cloud-arm64:arm64 | sed -n 's/^ *Depends: \(linux-image-[^:]*\).*/\1/p')
cd "$work"
apt-get "${options[@]}" download "$kernel:arm64" busybox-static:arm64 > /dev/null
for package in *.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x -C files
done
cp files/bin/busybox "$folder/busybox"
cp files/boot/vmlinuz-* "$folder/vmlinuz"
