#!/usr/bin/env bash
# Measures the servers of tests/Servers/Bench beside other servers, and writes the tables to artifacts/benchmarks/servers.md.
# docs/benchmarks.md says what is measured. ./bench.sh --help lists the servers and loads: ./bench.sh --servers fork,floor --rounds 3
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# Debian's packages: the program that is looked for, and the package that brings it.
PATH="$PATH:/usr/sbin"
missing=()
while read -r program package; do
  command -v "$program" >/dev/null || missing+=("$package")
done <<'PROGRAMS'
ab apache2-utils
as binutils
gcc gcc
h2o h2o
nginx nginx
setsid util-linux
wrk wrk
PROGRAMS
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq "${missing[@]}" >/dev/null
fi

project=tests/SyscallServer.ServerBenchmarks
dotnet build "$project" -c Release -nodeReuse:false -v quiet --nologo
exec dotnet "$project/bin/Release/net10.0/SyscallServer.ServerBenchmarks.dll" "$@"
