#!/usr/bin/env bash
# Installs Debian's packages for the programs that are missing. Standard input has a line for each: the program, and the package that brings it.
set -euo pipefail

missing=()
while read -r program package; do
  command -v "$program" >/dev/null || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq "${missing[@]}" >/dev/null
fi
