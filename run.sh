#!/usr/bin/env bash
# Publishes sample/Hello as a native executable and serves it on port 8080. Arguments go to the server: ./run.sh --port 9000
# Needs the .NET SDK (10.0 or later) and gcc or clang.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

for tool in dotnet; do
  command -v "$tool" >/dev/null || { echo "run.sh: $tool is missing: install the .NET SDK, https://dotnet.microsoft.com/download" >&2; exit 1; }
done
command -v clang >/dev/null || command -v gcc >/dev/null || { echo "run.sh: a linker is missing: install gcc or clang" >&2; exit 1; }

# Standard output and error belong to the server; the build is heard only when it fails.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet publish sample/Hello -r linux-x64 -p:PublishAot=true -o artifacts/Hello >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
rm -f "$log"

exec artifacts/Hello/Hello "$@"
