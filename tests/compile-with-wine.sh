#!/usr/bin/env bash
# tests/compile-with-wine.sh [PROJECT]   compiles a freestanding program whose Main is generated (sample/Site) with the AOT compiler for Windows, which wine runs, links what comes of it, and compares it with
#                                        what is published here, for both processors. Takes Debian's wine, and NuGet's package of that compiler.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
project=${1:-sample/Site}
name=$(basename "$project")
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export WINEPREFIX=$folder/wine WINEDEBUG=-all

tests/install-missing.sh <<<'wine wine'

for platform in linux-x64 linux-arm64; do
  dotnet publish "$project" -c Release -r "$platform" -p:PublishAot=true -p:SyscallServerHost=Freestanding -o "$folder/$platform" -m:1 -v quiet
  native=$root/$project/obj/Release/net10.0/$platform/native

  # The arguments of the compiler are in a file, and how its object is linked is a comment in it.
  read -r _ compiler < <(sed -n 1p "$native/$name.freestanding.rsp")
  read -ra link < <(sed -n 2p "$native/$name.freestanding.rsp")
  entry=${link[1]}
  alignment=${link[-2]}
  layout=${link[-1]}
  version=${compiler%%-*}
  version=${version%%+*}
  cat > "$folder/compiler.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageDownload Include="runtime.win-x64.Microsoft.DotNet.ILCompiler" Version="[$version]" /></ItemGroup>
</Project>
PROJECT
  dotnet restore "$folder/compiler.csproj" -v quiet
  packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: //')
  sed -e "s#^-o:.*#-o:$folder/$name.o#" -e '/^--map/d' "$native/$name.freestanding.rsp" > "$folder/compile.rsp"
  wine "${packages%/}/runtime.win-x64.microsoft.dotnet.ilcompiler/$version/tools/ilc.exe" "@$folder/compile.rsp"

  objects=
  [[ $entry == report_faults ]] && objects="$root/runtime/Freestanding/$platform/Faults.o;"
  cat > "$folder/link.proj" <<PROJECT
<Project>
  <UsingTask TaskName="SyscallServer.Tasks.Link.LinkImage" AssemblyFile="$root/tasks/bin/Release/net8.0/SyscallServer.Tasks.dll" TaskFactory="TaskHostFactory" />
  <Target Name="Link">
    <ItemGroup>
      <Linked Include="$objects$root/runtime/Freestanding/$platform/StartCode.o;$folder/$name.o" />
      <Program Include="$root/$project/obj/Release/net10.0/$platform/$name.dll" />
    </ItemGroup>
    <LinkImage Objects="@(Linked)" Processor="${platform#linux-}" EntryPoint="$entry" FunctionAlignment="$alignment" IsHardened="$([[ $layout == Hardened ]] && echo true || echo false)" Image="$folder/$name" Symbols="$folder/$name.dbg" Assemblies="@(Program)" />
  </Target>
</Project>
PROJECT
  dotnet msbuild "$folder/link.proj" -t:Link -v:quiet -nologo -m:1
  cmp "$folder/$name" "$folder/$platform/$name"
  echo "$platform, compiler $version: $(sha256sum < "$folder/$name" | cut -d' ' -f1), $(stat -c %s "$folder/$name") bytes, the same"
done
