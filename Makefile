# zjtx builds with PGXS: make && make install && make installcheck
# PG_CONFIG names the server to build for; COPT adds compiler flags (COPT=-Werror).

EXTENSION = zjtx
EXTVERSION = 1.0
MODULE_big = zjtx

OBJS = \
	extension/zjtx.o \
	extension/install.o \
	extension/language/scan.o \
	extension/language/gram.o \
	extension/language/amend.o \
	extension/language/build.o \
	extension/language/check.o \
	extension/language/check_examples.o \
	extension/language/check_expr.o \
	extension/language/print.o \
	extension/language/tree.o \
	extension/engine/aggregate.o \
	extension/engine/bind.o \
	extension/engine/cache.o \
	extension/engine/choose.o \
	extension/engine/compile.o \
	extension/engine/convert.o \
	extension/engine/decisive.o \
	extension/engine/emit.o \
	extension/engine/jsonb_source.o \
	extension/engine/missing.o \
	extension/engine/number.o \
	extension/engine/plain.o \
	extension/engine/plain_build.o \
	extension/engine/plain_facts.o \
	extension/engine/plain_list.o \
	extension/engine/program.o \
	extension/engine/row_plain.o \
	extension/engine/row_source.o \
	extension/engine/run.o \
	extension/engine/stored.o \
	extension/engine/value.o \
	extension/answers/answer.o \
	extension/answers/ask.o \
	extension/answers/assess.o \
	extension/answers/in_force.o \
	extension/answers/judge.o \
	extension/answers/lines.o \
	extension/answers/operators.o \
	extension/answers/phrases.o \
	extension/answers/rows.o \
	extension/answers/tally.o \
	extension/answers/verdict.o \
	extension/answers/verdict_lines.o \
	extension/explain/condition.o \
	extension/explain/explain.o \
	extension/explain/json.o \
	extension/explain/node.o \
	extension/explain/print.o \
	extension/explain/value.o \
	extension/explain/words.o \
	extension/gap/gap.o \
	extension/gap/lines.o \
	extension/gap/score.o \
	extension/gap/solve.o \
	extension/gap/undo.o \
	extension/gap/ways.o \
	extension/gap/words.o \
	extension/documents/contents.o \
	extension/documents/derived.o \
	extension/documents/examples.o \
	extension/documents/lint.o \
	extension/documents/lint_bands.o \
	extension/documents/lint_bounds.o \
	extension/office/office_values.o \
	extension/planner/natives.o \
	extension/planner/necessary.o \
	extension/planner/rewrite.o \
	extension/planner/support.o \
	extension/warehouse/check_table.o \
	extension/warehouse/check_units.o \
	extension/warehouse/check_view.o \
	extension/warehouse/ledger.o \
	extension/warehouse/ledger_settle.o \
	extension/warehouse/policies.o \
	extension/warehouse/progress.o \
	extension/warehouse/publish.o \
	extension/warehouse/publish_columns.o \
	extension/warehouse/publish_read.o \
	extension/warehouse/relation.o \
	extension/warehouse/sweep.o \
	extension/warehouse/watch.o \
	extension/warehouse/watch_judge.o \
	extension/warehouse/watch_view.o

# What test/sanitize and test/fuzz link in besides.
OBJS += $(TEST_OBJS)

DATA_built = zjtx--$(EXTVERSION).sql
SQL_PARTS = $(sort $(wildcard extension/sql/*.sql))
POLICIES = $(sort $(wildcard extension/policies/*.policy))

REGRESS = $(patsubst sql/%.sql,%,$(sort $(wildcard sql/*.sql)))
REGRESS_OPTS = --load-extension=pgtap --load-extension=zjtx
ISOLATION = $(patsubst test/isolation/specs/%.spec,%,$(sort $(wildcard test/isolation/specs/*.spec)))
ISOLATION_OPTS = --inputdir=test/isolation --load-extension=zjtx

GENERATED = extension/language/scan.c extension/language/gram.c extension/language/gram.h
EXTRA_CLEAN = $(DATA_built) $(GENERATED) $(OBJS:.o=.bc)

PG_CPPFLAGS = -Iextension -Iextension/language -Iextension/engine
PG_CFLAGS = -Wall -Wextra -fvisibility=hidden

PG_CONFIG ?= pg_config
# The server's own headers are not ours to warn about.
PG_CPPFLAGS += -isystem $(shell $(PG_CONFIG) --includedir-server)
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# gcc and clang agree that what bison and flex write is theirs.
extension/language/scan.o extension/language/gram.o: override CFLAGS += -Wno-unused-parameter
extension/language/gram.o: override CFLAGS += -Wno-unused-but-set-variable
extension/language/scan.o: override CFLAGS += -Wno-sign-compare -Wno-unused-function

extension/language/gram.h: extension/language/gram.c ;
extension/language/gram.c: extension/language/gram.y
	$(BISON) -Wall -Werror -d -o $@ $<
extension/language/scan.c: extension/language/scan.l
	$(FLEX) -o $@ $<

$(OBJS): $(wildcard extension/*.h extension/*/*.h) extension/language/gram.h

# The install script: its parts in their order, then the shipped documents.
store_documents = for policy in $(POLICIES); do \
	   echo && echo 'SELECT zjtx.store($$zjtx$$' && cat "$$policy" && echo '$$zjtx$$::pg_catalog.text);' || exit 1; \
	 done

zjtx--$(EXTVERSION).sql: $(SQL_PARTS) $(POLICIES)
	(echo '\\echo Use "CREATE EXTENSION zjtx" to load this file. \\quit' && \
	 cat $(SQL_PARTS) && $(store_documents)) > $@.tmp
	mv $@.tmp $@

# The tests under sanitizers and valgrind, the static analysers, libFuzzer on the reader,
# and SQLsmith.
.PHONY: sanitize valgrind analyse fuzz sqlsmith
sanitize:
	test/sanitize/run
valgrind:
	test/sanitize/run valgrind
analyse:
	test/analyse/run
fuzz:
	test/fuzz/reader
sqlsmith:
	test/fuzz/sqlsmith

# test/load for long: ten minutes of load with faults, a million calls, everything cancelled.
.PHONY: load
load:
	test/load/long

# ROWS says of how many rows, if not of a million.
.PHONY: bench
bench:
	bench/run $(ROWS)
