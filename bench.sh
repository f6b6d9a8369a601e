#!/usr/bin/env bash
# Measures the servers of tests/Servers/Bench beside other servers, and writes the tables to artifacts/benchmarks/servers.md.
# docs/benchmarks.md says what is measured. ./bench.sh --help lists the servers and loads: ./bench.sh --servers fork,floor --rounds 3
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

PATH="$PATH:/usr/sbin"
tests/install-missing.sh <<'PROGRAMS'
ab apache2-utils
as binutils
gcc gcc
h2o h2o
haproxy haproxy
nginx nginx
setsid util-linux
wrk wrk
PROGRAMS

project=tests/SyscallServer.ServerBenchmarks
dotnet build "$project" -c Release -m:1 -v quiet --nologo
exec dotnet "$project/bin/Release/net10.0/SyscallServer.ServerBenchmarks.dll" "$@"
