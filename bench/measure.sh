# shellcheck shell=bash
# How bench/run measures and prints.  Needs script/set-up.sh.

# The best of so many runs counts, after a first that does not; with 0 that first is all there
# is.  Over so many rows a time is divided; over 1, it is printed in milliseconds.
runs=3
per=1

# What the last line measured: nanoseconds a row.
last=
# The lines of the table at the end.
table=()

# of_bench psql-argument...: asks the database of the bench for bare values.
of_bench() {
    ask -d bench -At -c 'set search_path = public, zjtx' "$@"
}

# time_of query [settings]: milliseconds, the best of $runs runs, in one session, one process
# unless the settings say otherwise.  The settings come before each run.
time_of() {
    local run
    {
        echo 'set search_path = public, zjtx; set jit = off; set max_parallel_workers_per_gather = 0;'
        for ((run = 0; run <= runs; run++)); do
            printf '%s\n' '\timing off' "${2-}" '\timing on' "$1;"
        done
    } | ask -d bench -At | sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p' |
        tail -n +$((runs > 0 ? 2 : 1)) | sort -n | sed -n 1p
}

# With these settings there are two processes, the session's own and one parallel worker.
# shellcheck disable=SC2034
two='set max_parallel_workers_per_gather = 1; set parallel_setup_cost = 0;
    set parallel_tuple_cost = 0; set min_parallel_table_scan_size = 0;'

section() {
    printf '\n%s\n' "$1"
}

# note 'what' 'value'
note() {
    printf '  %-66s %s\n' "$1" "$2"
}

# show nanoseconds: a row, or in milliseconds.
show() {
    if [ "$per" -gt 1 ]; then
        printf '%9.0f ns a row' "$1"
    else
        printf '%9.2f ms' "$(awk "BEGIN { print $1 / 1e6 }")"
    fi
}

# line 'what' query [settings]: measures, prints, and keeps the time in $last.
line() {
    local ms
    ms=$(time_of "${@:2}")
    last=$(awk "BEGIN { printf \"%.2f\", $ms * 1e6 / $per }")
    note "$1" "$(show "$last")"
}

# ratio 'what' a b ['goal']: a line of the table, a / b; the goal is '>= x' or '<= x'.
ratio() {
    if [ -z "${4-}" ]; then
        table+=("$(awk -v what="$1" "BEGIN { printf \"  %-58s %9.2f\", what, $2 / $3 }")")
        return
    fi
    table+=("$(awk -v what="$1" -v goal="$4" "BEGIN {
        ratio = $2 / $3
        printf \"  %-58s %9.2f  %-8s %s\", what, ratio, goal, (ratio $4) ? \"reached\" : \"not reached\" }")")
}

# answer 'what' value 'goal': a line of the table that is no number.
answer() {
    table+=("$(printf '  %-58s %9s  %-8s %s' "$1" "$2" "$3" "$([ "$2" = "$3" ] && echo reached || echo not reached)")")
}

# unmeasured 'what' 'goal' 'why'
unmeasured() {
    table+=("$(printf '  %-58s %9s  %-8s not measured: %s' "$1" - "$2" "$3")")
}

print_table() {
    section "$1"
    printf '  %-58s %9s  %s\n' '' ratio goal
    printf '%s\n' "${table[@]}"
}
