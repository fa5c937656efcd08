#!/usr/bin/env bash
# Debian's PostgreSQL and the drivers that BI tools come with, where they are missing. The tests run a server of their own. What
# cannot be installed is told, and the tests that need it are passed over with a reason.
set -uo pipefail
wanted=(postgresql postgresql-client libpostgresql-jdbc-java unixodbc odbc-postgresql)
missing=()
for package in "${wanted[@]}"; do
  dpkg -s "$package" > /dev/null 2>&1 || missing+=("$package")
done
command -v javac > /dev/null || missing+=(default-jdk-headless) # whichever Java is there will do
if [ "${#missing[@]}" -gt 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q > /dev/null || echo "doors: apt-get update failed" >&2
  for package in "${missing[@]}"; do
    apt-get install -y -q --no-install-recommends "$package" > /dev/null || echo "doors: cannot install $package" >&2
  done
fi
exit 0
