# shellcheck shell=bash
# A server of a bench's own: made, filled, and removed at the end.  Needs script/set-up.sh.

finish() {
    forget_step
    [ -z "$home" ] || { rm -rf "$home/outside"; remove_home; }
}
trap finish EXIT

build_extension() {
    copy_sources "$home/build"
    build "$home/build" with_llvm=no
    install_extension "$home/build"
}

# What is read again and again stays in shared buffers: PostgreSQL reads a table of more
# than a quarter of them past them.
start_big_server() {
    start_server
    ask -d postgres -c "alter system set shared_buffers = '$(awk '/^MemTotal/ {
        half = int($2 / 2048); print half < 8192 ? half : 8192 }' /proc/meminfo)MB'"
    as_server pg_ctl -s -w -D "$home/data" -l "$home/log" restart </dev/null
    ask -d postgres -c 'create database bench'
    ask -d bench -c 'create extension zjtx'
}

# load file...: of bench/*.sql, with the psql variables that they name
load() {
    local file
    for file in "$@"; do
        # shellcheck disable=SC2154
        ask -d bench -v rows="$rows" -v documents="$documents" -f "$home/build/bench/$file.sql"
    done
}
