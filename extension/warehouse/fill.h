/*
 * fill.h
 *		Columns that the triggers of zjtx.fill keep filled with answers.
 *
 * An argument of the trigger is column=policy.  The column's type decides what is written:
 * text, varchar and name take the code of the placement, integers its level, zjtx.placement
 * all of it, numeric the amount, boolean whether the row is eligible.  column=!policy writes
 * the missing facts into text[], column=~policy the next change into a date.
 */
#ifndef ZJTX_FILL_H
#define ZJTX_FILL_H

#include "postgres.h"

#include "nodes/pg_list.h"
#include "utils/rel.h"

typedef enum FillKind
{
	FILL_CODE,
	FILL_LEVEL,
	FILL_PLACEMENT,
	FILL_AMOUNT,
	FILL_ELIGIBLE,
	FILL_MISSING,
	FILL_NEXT_CHANGE
} FillKind;

typedef struct FillColumn
{
	char	   *name;
	int			attnum;
	Oid			type;			/* declared; may be a domain */
	Oid			base;			/* its base type */
	int32		typmod;			/* of the base type */
	FillKind	kind;
	char	   *policy;			/* name of a stored policy or of a part of one */
} FillColumn;

/*
 * fill_column: reads one argument and checks it against the table's columns and the stored
 * policies.
 *
 * fill_arguments: returns the arguments of the enabled triggers of zjtx.fill of a table, as a
 * list of char *.
 *
 * fill_function: returns the name, the result type and the OID of the function that
 * computes a kind of answer.
 */
extern FillColumn *fill_column(Relation table, const char *argument);
extern List *fill_arguments(Relation table);
extern const char *fill_function(FillKind kind, Oid *result, Oid *function);

#endif							/* ZJTX_FILL_H */
