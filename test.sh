#!/usr/bin/env bash
# ./test.sh            installs what the tests need beside the .NET SDK and gcc, and runs them all
# ./test.sh fast       the unit tests without those that take long or need the tools for arm64, and 5,000 schedules of each simulation; installs nothing
# ./test.sh nightly    all of them, with hours of simulation, fuzzing and random servers
# Further arguments go to "dotnet test": ./test.sh --filter Simulation
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# One compiler for all that is built, with our generator loaded and compiled, also where the environment says otherwise: it takes
# half the time. It ends with this script.
export UseSharedCompilation=true
# MSBuild and the compiler are compiled ahead of time, and run too briefly to gain from a profile of themselves (DOTNET_TieredPGO is
# 1 by default): without one, a build takes little more than half the time on two cores.
export DOTNET_TieredPGO=0
# And a build is one process (-m:1), for each process compiles MSBuild's own code anew: all test servers together take 67 s of CPU with one and
# 102 s with two, and with one no longer by the clock.
trap 'dotnet build-server shutdown --vbcscompiler > /dev/null 2>&1 || true' EXIT

if [[ ${1:-} == fast ]]; then
  shift
  export SIMULATION_SCHEDULES=5000 FUZZ_ITERATIONS=10000 RANDOM_SERVERS=50
  dotnet build tests/SyscallServer.Tests -m:1
  dotnet test tests/SyscallServer.Tests --no-build --logger "console;verbosity=minimal" --filter "Category!=Slow&Category!=CrossTools" "$@"
  exit
fi

if [[ ${1:-} == nightly ]]; then
  shift
  # Twenty times the schedules, a hundred times the requests made at random, 100,000 planned servers and 1,000 that are compiled, and all samples published twice.
  export SIMULATION_SCHEDULES=2000000 FUZZ_ITERATIONS=10000000 RANDOM_SERVERS=100000 RANDOM_SERVERS_COMPILED=1000 SAMPLE_TESTS=all
fi

tests/install-missing.sh <<'PROGRAMS'
aarch64-linux-gnu-as binutils-aarch64-linux-gnu
aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
ab apache2-utils
as binutils
chromium chromium
curl curl
ffmpeg ffmpeg
gcc gcc
gdb gdb
haproxy haproxy
nginx nginx-light
npm npm
pkill procps
prometheus prometheus
qemu-aarch64-static qemu-user-static
setpriv util-linux
skopeo skopeo
slowhttptest slowhttptest
strace strace
systemd-analyze systemd
wrk wrk
PROGRAMS

# The layout of the sources, beside the build. What else "dotnet format" looks for, the build refuses (EnforceCodeStyleInBuild), and UsingOrderTests.
dotnet format whitespace . --folder --verify-no-changes --exclude '**/bin/' '**/obj/' artifacts &
whitespace=$!
dotnet build Generator.sln -m:1
wait "$whitespace"

results=artifacts/test-results
rm -rf "$results"
status=0
# One project after the other (-m:1): each knows how much it may do at a time.
dotnet test Generator.sln --no-build -m:1 --logger "trx" --logger "console;verbosity=minimal" --results-directory "$results" "$@" || status=$?

# One line for all test projects together, from the runner's own result files.
sum() { grep -ho "<Counters [^>]*" "$results"/*.trx | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'; }
total=$(sum total)
passed=$(sum passed)
executed=$(sum executed)
echo "$passed passed, $((executed - passed)) failed, $((total - executed)) skipped"
exit "$status"
