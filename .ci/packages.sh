#!/usr/bin/env bash
# Debian packages that some tests drive, where they are missing and we may install them: root, with apt. What cannot be
# installed is told, and the tests that need it are passed over with a reason.
set -uo pipefail
missing=()
for package in "$@"; do
  [ "$package" = default-jdk-headless ] && command -v javac > /dev/null && continue # whichever Java is there will do
  dpkg -s "$package" > /dev/null 2>&1 || missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
  echo "not installed, and not ours to install: ${missing[*]}" >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
timeout 300 apt-get update -q > /dev/null || echo "apt-get update failed" >&2
for package in "${missing[@]}"; do
  timeout 600 apt-get install -y -q --no-install-recommends "$package" > /dev/null || echo "cannot install $package" >&2
done
exit 0
