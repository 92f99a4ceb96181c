#!/bin/sh
# Puts uv into a folder of the checkout: no root, no prompt, nothing outside.
#   scripts/bootstrap-uv.sh python3 .tools/uv
set -eu
python=$1
target=$2
if "$python" -m venv "$target" >/dev/null 2>&1; then
    "$target/bin/python" -m pip install --quiet --disable-pip-version-check "uv>=0.9"
elif "$python" -m pip --version >/dev/null 2>&1; then
    rm -rf "$target"
    "$python" -m pip install --quiet --disable-pip-version-check --break-system-packages --target "$target" "uv>=0.9" 2>/dev/null ||
        "$python" -m pip install --quiet --disable-pip-version-check --target "$target" "uv>=0.9"
else
    rm -rf "$target"
    echo "uv is needed and cannot be put into $target: install the packages python3-venv or python3-pip, or uv itself." >&2
    exit 1
fi
