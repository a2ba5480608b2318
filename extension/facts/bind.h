/*
 * bind.h
 *		Facts from the columns of a row or the keys of a jsonb object.
 */
#ifndef ZJTX_BIND_H
#define ZJTX_BIND_H

#include "postgres.h"

#include "access/htup.h"
#include "access/tupdesc.h"
#include "utils/jsonb.h"

#include "engine/program.h"
#include "day.h"
#include "shape.h"

/* How the columns of one row type serve the facts of one program. */
typedef struct RowBinding RowBinding;

/*
 * row_bind: binds, in the current memory context.  shape is NULL for a row of which no
 * column is known; it must stay.  A column serves the fact whose name it has or, with labels, whose
 * label.  One of the wrong type is an error (42804) that names column, fact and policy, and so
 * are two that serve one fact (42702).
 */
extern RowBinding *row_bind(const Program *program, const char *policy, RowShape *shape, bool labels);

/*
 * row_columns: the attribute that serves each fact, or 0; NULL where row_bind would
 * raise an error.  Who reads values outside a run (the planner) asks this first.
 */
extern int *row_columns(const Program *program, TupleDesc desc, bool labels);

/*
 * arguments_desc: the row that the columns of eligible_facts and its like are.  names is
 * what the call has, and is cut to pieces; types are those of the arguments behind it.  For a
 * stored name (by_name) the hash that comes first is given back in hash, "" if there is
 * none.  NULL where there are not as many names as types.
 */
extern TupleDesc bind_arguments_desc(char *names, bool by_name, int ntypes, const Oid *types, const char **hash);

/*
 * fact_column: the number of the column that serves a fact, 0 if none does.
 * type_gives: whether a column of that type can.
 */
extern int	fact_column(TupleDesc desc, const Fact *fact);
extern bool bind_type_gives(const Fact *fact, Oid type);

/* The facts of one row after another. */
typedef struct RowSource RowSource;

/* row_source_create: for many rows, in the current memory context. */
extern RowSource *row_source_create(const RowBinding *binding, DefaultDay day);

/*
 * row_is_current: whether the composites that its lists are made of are still what they
 * were when it was bound.  The version of the row's own type says nothing of theirs.
 */
extern bool row_is_current(RowSource *row);

/*
 * row_source_row: the next row.  header is NULL for one whose every column is NULL; it
 * must stay while the facts are read.
 */
extern FactSource *row_source_row(RowSource *row, HeapTupleHeader header);

/*
 * row_source_arguments: the next row, as the arguments of a call: one for each
 * attribute that was bound.  They must stay while the facts are read.
 */
extern FactSource *row_source_arguments(RowSource *row, const NullableDatum *arguments);

/* jsonb_source: the facts of one object; NULL for one without keys. */
extern FactSource *jsonb_source(const Program *program, const char *policy, Jsonb *jsonb, DefaultDay day);

#endif							/* ZJTX_BIND_H */
