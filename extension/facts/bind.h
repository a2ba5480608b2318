/*
 * bind.h
 *		Reads facts from the columns of a row or the keys of a jsonb object.
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

/* The columns of a row type that give the facts of a program. */
typedef struct RowBinding RowBinding;

/*
 * row_bind: binds a program to a row type, in the current memory context.  shape is NULL
 * for a row without known columns, and must remain valid.  A column gives the fact that
 * has its name or, with `labels`, its label.  A column of the wrong type is an error
 * (42804); two columns for one fact are an error (42702).  A policy that is bound to a day
 * reads no column as_of.
 */
extern RowBinding *row_bind(const Program *program, const char *policy, RowShape *shape, bool labels, DaySource day);

/*
 * row_binding_tolerates: from now on, a jsonb value that cannot give its fact is unknown instead of an error (42804).
 * The planner's estimates judge values that the query may never read.
 */
extern void row_binding_tolerates(RowBinding *binding);

/* What serves a fact: a column (attnum), or columns of single years; or nothing. */
typedef struct FactColumns
{
	int			attnum;			/* or 0 */
	int			first_year;
	int			nyears;
	int		   *years;			/* attributes from the first year on, or 0 */
} FactColumns;

/*
 * row_columns: returns the columns of each fact.  Returns NULL where row_bind would raise an
 * error.  The planner uses it to read columns without running the program.
 */
extern FactColumns *row_columns(const Program *program, TupleDesc desc, bool labels, DaySource day);

/* stands for the spaces of a fact's name, "paid of 3", in a list of names */
#define FACT_NAME_SPACE ':'

/* the first name, if the others are those of a row's columns; a policy finds its facts as in the row */
#define NAMES_OF_ROW "*"

/*
 * bind_arguments_desc: returns a descriptor of the arguments of eligible_facts and similar
 * functions, or NULL if the numbers of names and types differ.  names is the argument of
 * the call and is modified; types are those of the arguments that follow it.  *hash is the
 * hash of the policy with which the list begins, as #123; it is NULL without one.  If
 * by_name, the first name is the hash, whatever it is.  *row is whether the list begins with
 * NAMES_OF_ROW; then it has no hash.
 */
extern TupleDesc bind_arguments_desc(char *names, bool by_name, int ntypes, const Oid *types, const char **hash,
									 bool *row);

/*
 * fact_column: returns the number of the column that gives a fact, or 0; for a fact by year,
 * the column of all years or the first column of a single year.  years_column: returns the
 * next column of a single year, after a column.  years_column_year: returns its year.
 *
 * bind_type_gives: whether a column of this type can give the fact.
 *
 * bind_representation: returns the type of PostgreSQL's own that has the same values as a type, which is no domain,
 * or the type.  Engines compatible with Oracle have types such as number and their own date, which are binary
 * coercible to numeric and timestamp.
 */
extern int	fact_column(TupleDesc desc, const Fact *fact);
extern int	years_column(TupleDesc desc, const Fact *fact, int after);
extern int	years_column_year(const char *column, const Fact *fact);
extern bool years_type_gives(const Fact *fact, Oid type);

/* Returns the column of the composites of an array that has their year, or NULL. */
extern char *years_year_field(Oid type);
extern bool bind_type_gives(const Fact *fact, Oid type);
extern Oid	bind_representation(ValueType wanted, Oid type);

/* Reads the facts of rows, one row at a time. */
typedef struct RowSource RowSource;

/* row_source_create: creates a source for many rows, in the current memory context. */
extern RowSource *row_source_create(const RowBinding *binding);

/*
 * row_is_current: whether the composite types of list elements are unchanged since they
 * were bound.  The version of the row type does not cover them.
 */
extern bool row_is_current(RowSource *row);

/*
 * row_source_row: sets the next row.  A NULL header is a row whose columns are all NULL.
 * The row must remain valid while its facts are read.
 */
extern FactSource *row_source_row(RowSource *row, HeapTupleHeader header);

/*
 * row_source_arguments: sets the next row from the arguments of a call, one for each bound
 * attribute.  They must remain valid while the facts are read.
 */
extern FactSource *row_source_arguments(RowSource *row, const NullableDatum *arguments);

/* jsonb_source: creates a source for one object; NULL is an object without keys. */
extern FactSource *jsonb_source(const Program *program, const char *policy, Jsonb *jsonb, DaySource day);

#endif							/* ZJTX_BIND_H */
