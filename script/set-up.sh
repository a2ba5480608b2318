# shellcheck shell=bash
# Functions shared by script/demo and script/test: they install packages, copy the sources to build them, and
# start a PostgreSQL server.  The version is 15, or ZJTX_POSTGRESQL if apt offers it.  ZJTX_POSTGRESQL_BIN names the
# programs of a server that was built from sources instead; the extension is then installed into that server.
#
# Everything is in one private directory, $home: the copy, its installation, and the server's data and socket.
# The server looks for extensions below that directory, so the system's PostgreSQL directories and clusters are
# not used.

set -euo pipefail
umask 022

# Unset variables of the caller that would misdirect psql or make.
unset "${!PG@}" MAKEFLAGS MAKELEVEL COPT PROFILE CDPATH
if [ ! -w "${TMPDIR:-/tmp}" ]; then unset TMPDIR; fi

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
version=${ZJTX_POSTGRESQL:-15}
bin=/usr/lib/postgresql/$version/bin
from_sources=${ZJTX_POSTGRESQL_BIN:+yes}
if [ -n "$from_sources" ]; then
    bin=$ZJTX_POSTGRESQL_BIN
    version=$("$bin/pg_config" --version | sed -E 's/^PostgreSQL ([0-9]+).*/\1/')
fi
home=
# The server listens only on a socket in a private directory.  The port is part of the socket's name and cannot
# conflict with another server.
port=5432
# shellcheck disable=SC2034
build_packages=(gcc libc6-dev make flex bison gettext)
if [ -z "$from_sources" ]; then build_packages+=("postgresql-$version" "postgresql-server-dev-$version"); fi

# PostgreSQL refuses to run as root, so for root the server, the build and all programs run as the user postgres.
if [ "$(id -u)" -eq 0 ]; then
    as_root=()
    as_server_user=(runuser -u postgres --)
else
    as_root=(sudo)
    as_server_user=()
fi

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

log=$(mktemp)
ticker=
# A pipe that never delivers anything.
exec {silence}<> <(:)
forget_step() {
    if [ -n "$ticker" ]; then
        kill "$ticker" 2>/dev/null || true
        ticker=
        echo
    fi
    rm -f "$log"
}
trap forget_step EXIT
# A command may survive an interrupt; stopping must not depend on it.
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# step 'what is being done' command...: prints one line with the elapsed seconds.  The command's output goes to
# $log, and is shown if the command fails.
step() {
    local what=$1 start=$SECONDS began=${EPOCHREALTIME/[.,]/} tenths status=0 errexit=+e
    shift
    case $- in *e*) errexit=-e ;; esac
    printf '  %s ...' "$what"
    # read waits without a child process, which could outlive the ticker.
    if [ -t 1 ]; then
        while ! read -r -t 1 -u "$silence"; do printf '\r  %s ... %d s' "$what" $((SECONDS - start)); done &
    else
        while ! read -r -t 5 -u "$silence"; do printf '.'; done &
    fi
    ticker=$!
    # A condition disables set -e; therefore the subshell and no if.
    set +e
    (
        set -e
        "$@"
    ) >"$log" 2>&1
    status=$?
    set "$errexit"
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    ticker=
    if [ -t 1 ]; then printf '\r  %s ...' "$what"; fi
    if [ "$status" -ne 0 ]; then
        printf ' failed\n'
        tail -n 40 "$log" | sed 's/^/    /'
        return "$status"
    fi
    tenths=$(((${EPOCHREALTIME/[.,]/} - began) / 100000))
    printf ' %d.%d s\n' $((tenths / 10)) $((tenths % 10))
}

installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Runs in a shell as root.  Installing the server would create and start a cluster unless postgresql-common is
# configured otherwise.  Therefore that package is installed first, and its configuration is changed only during
# the installation.
install_as_root() {
    set -euo pipefail
    local server=postgresql-$1
    shift
    export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
    local get=(apt-get -y --no-install-recommends -o DPkg::Lock::Timeout=300)
    folder=/etc/postgresql-common/createcluster.d made=
    # shellcheck disable=SC2317
    clean_up() {
        rm -f "$folder/zjtx-no-cluster.conf"
        [ -z "$made" ] || rmdir "$folder" 2>/dev/null || true
    }

    # A broken package source must not prevent the use of the others.
    apt-get update || true
    if [ "$(dpkg-query -W -f '${db:Status-Status}' "$server" 2>/dev/null)" != installed ]; then
        if compgen -G "/etc/postgresql/${server#postgresql-}/*/postgresql.conf"; then
            echo "Clusters of $server are configured here, but their server is not installed, and"
            echo "installing it would start them.  Please install $server yourself first."
            return 1
        fi
        "${get[@]}" install postgresql-common
        trap clean_up EXIT
        [ -d "$folder" ] || { mkdir "$folder"; made=yes; }
        echo 'create_main_cluster = false' >"$folder/zjtx-no-cluster.conf"
        if [ "$(pg_conftool /etc/postgresql-common/createcluster.conf show -bs create_main_cluster)" != off ]; then
            echo 'The settings in /etc/postgresql-common make a cluster whenever a server is installed.'
            echo "Please install $server yourself first."
            return 1
        fi
    fi
    "${get[@]}" install "$@"
}

# install_packages name...: installs the packages that are missing.
install_packages() {
    local name missing=()
    command -v apt-get >/dev/null || fail 'This needs Debian: apt-get was not found.'
    for name in "$@"; do
        installed "$name" || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            fail "These packages are missing: ${missing[*]}" \
                'Please run this as root, or install sudo, or have them installed.'
        sudo true || fail 'sudo was refused; these packages are missing:' "  ${missing[*]}"
    fi
    step "Installing ${missing[*]}" "${as_root[@]}" bash -c \
        "$(declare -f install_as_root); install_as_root \"\$@\"" install_as_root "$version" "${missing[@]}"
}

# The caller's locale may be C, its temporary directory inaccessible to the server's user, and its home directory
# full of settings.
as_server() {
    "${as_server_user[@]}" env HOME="$home" TMPDIR="$home" LC_ALL=C.UTF-8 \
        PGHOST="$home" PGPORT="$port" PGUSER=postgres PGCLIENTENCODING=UTF8 \
        PG_CONFIG="$bin/pg_config" PATH="$bin:/usr/local/bin:/usr/bin:/bin" "$@"
}

bases() {
    printf '%s\n' "${TMPDIR:-/tmp}" /tmp /var/tmp "${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}"
}

# usable directory: creates it if necessary; it must be private to the server's user, on a file system that allows
# programs to run, and short enough for a socket's path (107 bytes).
usable() {
    [[ $1 =~ ^/[A-Za-z0-9_./-]+$ ]] && [ ${#1} -le 90 ] || return 1
    # shellcheck disable=SC2016
    (cd / && "${as_server_user[@]}" sh -c '
        mkdir -m 700 "$1" 2>/dev/null
        [ -d "$1" ] && [ ! -L "$1" ] && [ -O "$1" ] && chmod 700 "$1" &&
        printf "#!/bin/sh\n" >"$1/try" && chmod +x "$1/try" && "$1/try"
        status=$?
        rm -f "$1/try"
        [ "$status" -eq 0 ] || rmdir "$1" 2>/dev/null
        exit "$status"' sh "$1") 2>/dev/null
}

# choose_home name: sets home.
choose_home() {
    local base
    while read -r base; do
        if usable "$base/$1"; then
            home=$base/$1
            cd "$home"
            return 0
        fi
    done < <(bases)
    fail 'No directory was found for the server: of the temporary directory, /tmp, /var/tmp and ~/.cache' \
        'none is writable, lets programs run and has a short enough path.'
}

# copy_sources directory: copies the working tree without build products.  Building in a copy does not change the
# working tree, which may belong to another user, have a long path or one with spaces, or be inaccessible to the
# server's user.
copy_sources() {
    as_server rm -rf "$1"
    as_server mkdir "$1"
    tar -C "$repo" --mode=u+rwX,go+rX --exclude=./.git --exclude='*.o' --exclude='*.bc' --exclude='*.d' \
        --exclude='*.so' --exclude=__pycache__ --exclude=node_modules --exclude=./results -cf - . |
        as_server tar -C "$1" --no-same-owner -xf -
    # The Makefile removes generated files.
    as_server make -s -C "$1" clean >/dev/null
}

# build directory make-argument...
build() {
    local directory=$1
    shift
    as_server make -s -C "$directory" -j "$(nproc)" "$@"
}

# Built without bitcode: the throwaway server does not use JIT compilation.
install_extension() {
    if [ -n "$from_sources" ]; then
        "${as_root[@]}" make -s -C "$1" with_llvm=no PG_CONFIG="$bin/pg_config" install
        return
    fi
    as_server make -s -C "$1" with_llvm=no DESTDIR="$home/root.new" install
    as_server rm -rf "$home/root"
    as_server mv "$home/root.new" "$home/root"
}

# Asks the server itself: after a crash, the PID in postmaster.pid may belong to another process.
server_runs() {
    as_server pg_isready -q
}

# The extension path: Debian's own setting no longer exists in 18, which has PostgreSQL's own settings.
extension_settings() {
    if [ -n "$from_sources" ]; then
        echo '# The extension is installed in the server.'
    elif [ "$version" -lt 18 ]; then
        echo "extension_destdir = '$home/root'"
    else
        echo "extension_control_path = '$home/root$("$bin/pg_config" --sharedir):\$system'"
        echo "dynamic_library_path = '$home/root$("$bin/pg_config" --pkglibdir):\$libdir'"
    fi
}

start_server() {
    if [ ! -d "$home/data" ]; then
        as_server rm -rf "$home/data.new"
        as_server initdb -D "$home/data.new" -U postgres -A trust --no-sync --encoding=UTF8 --locale=C.UTF-8
        as_server tee -a "$home/data.new/postgresql.conf" >/dev/null <<EOF

# The only access is a socket in a private directory.
listen_addresses = ''
unix_socket_directories = '$home'
port = $port
$(extension_settings)
# The data need not survive a crash.
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
# /dev/shm is small in containers, and is emptied at logout.
dynamic_shared_memory_type = mmap
max_connections = 40
work_mem = 64MB
maintenance_work_mem = 128MB
# JIT compilation of a query takes longer than running it over 53,000 rows.
jit = off
EOF
        as_server mv "$home/data.new" "$home/data"
    fi
    # The server must not inherit open files of the caller.
    server_runs || as_server pg_ctl -s -w -D "$home/data" -l "$home/log" start </dev/null 9>&- ||
        { as_server tail -n 20 "$home/log"; return 1; }
}

stop_server() {
    [ ! -e "$home/data/postmaster.pid" ] ||
        as_server pg_ctl -s -w -t 20 -m immediate -D "$home/data" stop 2>/dev/null || true
}

# Stops the server and removes everything.
remove_home() {
    stop_server
    cd /
    "${as_server_user[@]}" rm -rf "$home"
}

ask() {
    as_server psql -X -q -P pager=off -v ON_ERROR_STOP=1 "$@"
}
