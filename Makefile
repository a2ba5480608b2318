# zjtx builds with PGXS: make && make install && make installcheck
# PG_CONFIG names the server to build for; COPT adds compiler flags (COPT=-Werror).

EXTENSION = zjtx
EXTVERSION = 1.0
MODULE_big = zjtx

# Where this file and the sources are; objects and generated files go to the current
# directory, so that make -f .../Makefile builds outside the tree.
srcdir := $(or $(VPATH),$(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST)))))

# Every .c file of extension/ and its folders belongs to the module.  bison and flex make two more.
GENERATED = extension/language/gram.c extension/language/gram.h extension/language/scan.c
SOURCES := $(patsubst $(srcdir)/%,%,$(wildcard $(srcdir)/extension/*.c $(srcdir)/extension/*/*.c))
OBJS := $(patsubst %.c,%.o,$(sort $(SOURCES) $(filter %.c,$(GENERATED))))

# Other objects to link in: test/sanitize and test/fuzz name theirs here.
OBJS += $(TEST_OBJS)

DATA_built = zjtx--$(EXTVERSION).sql
SQL_PARTS := $(sort $(wildcard $(srcdir)/extension/sql/*.sql))
POLICIES := $(sort $(wildcard $(srcdir)/extension/policies/*.policy))

REGRESS := $(patsubst $(srcdir)/sql/%.sql,%,$(sort $(wildcard $(srcdir)/sql/*.sql)))
REGRESS_OPTS = --load-extension=pgtap --load-extension=zjtx
# The tests read sql/*.psql from the directory where they run.
REGRESS_PREP = $(if $(filter-out .,$(srcdir)),tests-outside-the-tree)
ISOLATION := $(patsubst $(srcdir)/test/isolation/specs/%.spec,%,$(sort $(wildcard $(srcdir)/test/isolation/specs/*.spec)))
ISOLATION_OPTS = --inputdir=$(srcdir)/test/isolation --load-extension=zjtx

# Next to each object: the headers that it was made from.
DEPENDENCIES = $(OBJS:.o=.d)
EXTRA_CLEAN = $(DATA_built) $(GENERATED) $(DEPENDENCIES)

# A header is included by its folder and name ("engine/run.h"), or by its name in its own folder.
PG_CPPFLAGS = -Iextension -I$(srcdir)/extension
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

# bison writes both.
extension/language/gram.h: extension/language/gram.c ;
extension/language/gram.c: extension/language/gram.y
	$(BISON) -Wall -Werror -d -o $@ $<
extension/language/scan.c: extension/language/scan.l
	$(FLEX) -o $@ $<

# The bitcode, which PGXS's own rule makes, depends on the same headers as the object.  PostgreSQL's
# --enable-depend would not do: it writes the dependencies of every print.c to one file.
$(OBJS): %.o: %.c
	$(CC) $(CFLAGS) $(CPPFLAGS) -MMD -MP -MF $*.d -MT $*.o -MT $*.bc -c -o $@ $<
-include $(wildcard $(DEPENDENCIES))

# On the first build no dependencies are known yet.
$(OBJS) $(OBJS:.o=.bc): | extension/language/gram.h

# Outside the tree its folders are made here: make takes those that VPATH finds for existing.
$(shell mkdir -p $(sort $(dir $(OBJS))))

# The install script: its parts in their order, then the shipped documents.
store_documents = for policy in $(POLICIES); do \
	   echo && echo 'SELECT zjtx.store($$zjtx$$' && cat "$$policy" && echo '$$zjtx$$::pg_catalog.text);' || exit 1; \
	 done

zjtx--$(EXTVERSION).sql: $(SQL_PARTS) $(POLICIES)
	(echo '\\echo Use "CREATE EXTENSION zjtx" to load this file. \\quit' && \
	 cat $(SQL_PARTS) && $(store_documents)) > $@.tmp
	mv $@.tmp $@

.PHONY: tests-outside-the-tree
tests-outside-the-tree:
	test -e sql || ln -s $(abspath $(srcdir))/sql sql

# The shipped documents as a page, printed from a database that has zjtx; PGHOST, PGDATABASE and
# so on name it.
.PHONY: policies
policies:
	psql -XAtqf $(srcdir)/docs/reference/policies.sql > docs/reference/policies.md

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
