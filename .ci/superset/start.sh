#!/usr/bin/env bash
# Superset in an environment of its own (.superset/): install it, import the dashboard over a published file or the database of
# SUPERSET_URI, and serve it on 127.0.0.1.   start.sh HOME-OF-THE-WAREHOUSE [PORT]
set -euo pipefail
cd "$(dirname "$0")/../.."
warehouse=$1 port=${2:-8088}
here=.ci/superset folder=$PWD/.superset
export SUPERSET_HOME=$folder/home SUPERSET_CONFIG_PATH=$PWD/$here/superset_config.py FLASK_APP='superset.app:create_app()'
export SCARF_ANALYTICS=false TZ=UTC

if [ ! -x "$folder/env/bin/superset" ]; then
  echo "superset: installing into .superset/env, which takes some minutes" >&2
  uv=$("${PYTHON:-python3}" .ci/find_uv.py)
  "$uv" venv --quiet --clear --python "${PYTHON:-python3}" "$folder/env"
  "$uv" pip install --quiet --python "$folder/env/bin/python" --requirement $here/requirements.txt
fi
mkdir -p "$SUPERSET_HOME"
umask 077
[ -s "$SUPERSET_HOME/secret" ] || head -c 48 /dev/urandom | base64 -w0 > "$SUPERSET_HOME/secret"
[ -s "$SUPERSET_HOME/password" ] || head -c 12 /dev/urandom | base64 -w0 | tr '+/' 'ab' > "$SUPERSET_HOME/password"
log=$SUPERSET_HOME/setup.log
superset() { "$folder/env/bin/superset" "$@" > "$log" 2>&1 || { tail -20 "$log" >&2; echo "superset $1 failed: $log" >&2; exit 1; }; }

if [ ! -e "$SUPERSET_HOME/ready" ]; then
  echo "superset: making its database" >&2
  superset db upgrade
  superset fab create-admin --username admin --firstname Local --lastname Admin --email admin@localhost.invalid --password "$(cat "$SUPERSET_HOME/password")"
  superset init
  touch "$SUPERSET_HOME/ready"
fi
where=(--file "$warehouse/communique.duckdb")
[ -z "${SUPERSET_URI:-}" ] || where=(--uri "$SUPERSET_URI")
.venv/bin/python -m warehouse.superset.bundle --zip "$SUPERSET_HOME/bundle.zip" "${where[@]}"
"$folder/env/bin/python" $here/import_bundle.py "$SUPERSET_HOME/bundle.zip" > "$log" 2>&1 || { tail -20 "$log" >&2; exit 1; }
echo "superset: http://127.0.0.1:$port/superset/dashboard/bilateral-relations/  user admin, password $(cat "$SUPERSET_HOME/password"); Ctrl-C stops it" >&2
exec "$folder/env/bin/superset" run --host 127.0.0.1 --port "$port" --with-threads
