#!/usr/bin/env bash
# Serve the dashboard over a warehouse, look at it in a browser, and stop.   check.sh HOME-OF-THE-WAREHOUSE
set -euo pipefail
cd "$(dirname "$0")/../.."
port=8798
.ci/superset/start.sh "$1" $port > /dev/null &
server=$!
trap 'kill $server 2> /dev/null || true; wait $server 2> /dev/null || true' EXIT
until [ -s .superset/home/password ] || ! kill -0 $server 2> /dev/null; do sleep 1; done
.venv/bin/python -m tests.doors.superset http://127.0.0.1:$port "$(cat .superset/home/password)" --screenshot "${SCREENSHOT:-.superset/dashboard.png}"
