# Sourced by ./check and ./demo: make_venv FOLDER PIP-ARGUMENTS... makes a virtual environment and installs into it.

python=
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Python 3.11 or newer is needed: apt-get install python3 python3-venv" >&2
    exit 1
fi

make_venv() {
    local folder=$1
    shift
    if [ ! -x "$folder/bin/pip" ]; then
        "$python" -m venv --clear "$folder" || {
            echo "the venv module is missing: apt-get install python3-venv" >&2
            exit 1
        }
    fi
    "$folder/bin/pip" install -q --disable-pip-version-check "$@"
}
