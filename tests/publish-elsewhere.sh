#!/usr/bin/env bash
# tests/publish-elsewhere.sh PACKAGES    publishes samples for both processors, by the package in a folder, and prints their SHA-256
# On any system that has the .NET SDK and a bash: the hashes are the same on all of them (.github/workflows/platforms.yml). Further arguments go to "dotnet publish".
set -euo pipefail
packages=$(cd "$1"; pwd -W 2> /dev/null || pwd) # a path of Windows, on Windows
shift
samples=$(cd "$(dirname "${BASH_SOURCE[0]}")/../sample" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export SOURCE_DATE_EPOCH=1700000000 # no embedded file is later, whenever it was copied

names=(Hello Site Api FileStore)
for sample in "${names[@]}"; do
  project="$work/Ein Ordner für $sample" # with blanks and an umlaut, as people have them
  mkdir "$project"
  cp -R "$samples/$sample/." "$project"
  rm -rf "$project/bin" "$project/obj"
  cat > "$project/$sample.csproj" << PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="SyscallServer" Version="*-*" />
  </ItemGroup>
</Project>
PROJECT
  cat > "$project/nuget.config" << CONFIG
<configuration>
  <config><add key="globalPackagesFolder" value="../packages" /></config>
  <packageSources><add key="syscallserver" value="$packages" /></packageSources>
</configuration>
CONFIG
  for platform in linux-x64 linux-arm64; do
    dotnet publish "$project" -r "$platform" -p:PublishAot=true -o "$work/$platform" -m:1 "$@" >&2
  done
done

cd "$work"
hash=(sha256sum)
command -v sha256sum > /dev/null || hash=(shasum -a 256) # macOS
for sample in "${names[@]}"; do
  "${hash[@]}" linux-*/"$sample"
done
