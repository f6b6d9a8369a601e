#!/usr/bin/env bash
# Publishes a sample as a native executable and serves it on port 8080: ./run.sh [SAMPLE] [ARGUMENTS OF THE SERVER]
#   ./run.sh                       sample/Site: a page for a browser, http://localhost:8080
#   ./run.sh Hello --port 9000     sample/Hello: the raw response, curl -i --http0.9 localhost:9000
# Needs the .NET SDK (10.0 or later).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

sample=Site
if [[ $# -gt 0 && $1 != -* ]]; then
  sample=$1
  shift
fi

if [[ ! -f sample/$sample/$sample.csproj ]]; then
  echo "run.sh: there is no sample '$sample': choose one of $(cd sample && echo */ | tr -d /)" >&2
  exit 2
fi

command -v dotnet >/dev/null || { echo "run.sh: dotnet is missing: install the .NET SDK, https://dotnet.microsoft.com/download" >&2; exit 1; }

# Standard output and error belong to the server; the build is heard only when it fails.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# The compiler gains nothing from a profile of itself (DOTNET_TieredPGO is 1 by default): it runs too briefly.
if ! DOTNET_TieredPGO=0 dotnet publish "sample/$sample" -r linux-x64 -p:PublishAot=true -o "artifacts/$sample" >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
rm -f "$log"

exec "artifacts/$sample/$sample" "$@"
