/*
 * uses.h
 *		Objects of the database whose definitions ask about a row: indexes, constraints,
 *		generated columns, partition keys, views and so on.
 *
 * Such an object names the row and not its columns, so PostgreSQL does not know which it
 * reads: what is stored by an index, a constraint or a generated column keeps the answers
 * of the columns that there were, and a view asks by those that there are.
 */
#ifndef ZJTX_USES_H
#define ZJTX_USES_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "nodes/nodes.h"

#include "session/cache.h"

typedef enum UseKind
{
	USE_INDEX,
	USE_CHECK,
	USE_GENERATED,
	USE_PARTITION_KEY,
	USE_VIEW,
	USE_MATERIALIZED_VIEW,
	USE_OTHER					/* a rule, a row security policy, a trigger, statistics, a function */
} UseKind;

/* A question about a row of a relation's type, in an object's definition. */
typedef struct Use
{
	UseKind		kind;
	Oid			classid;
	Oid			object;
	int			subid;			/* of a generated column */
	char	   *description;	/* as PostgreSQL describes it */
	Oid			relation;		/* the table of an index and the like, the view itself, or InvalidOid */
	Oid			row;			/* the relation whose row is asked about */
	char	   *policy;			/* its name or its text; NULL: it is no constant */
	const Compiled *compiled;	/* NULL where it is not known */
} Use;

/*
 * uses_find: all, or those that ask about a row of one relation; in the current memory
 * context, in which the policies stay, too.  SPI is connected.
 */
extern List *uses_find(Oid row);

/*
 * use_absent: the facts of a policy that no column gives, joined by commas; NULL if each has
 * one.  as_of is left out.
 */
extern char *use_absent(const Use *use, TupleDesc desc);

/*
 * uses_warn: a warning of the objects that read a column of a relation by another name than
 * before, or that read another or none: before and after are the columns then and now.
 */
extern void uses_warn(Oid relation, TupleDesc before, TupleDesc after);

/*
 * use_stale: for how many rows an object has kept another answer than its definition gives
 * now; -1 where that cannot be seen (and for what keeps none).  Reads the table, and for a
 * btree index the index; with the rights of the table's owner and nothing else, so the caller
 * has to look at those of who asks.
 */
extern int64 use_stale(const Use *use);

/*
 * use_check: reports what is odd about an object: absent, stale, unread.  Rows are read, and
 * counted, only of tables that the user may read as a whole.
 */
typedef void (*UseReport) (void *argument, const Use *use, const char *kind, const char *finding, const char *hint);
extern void use_check(const Use *use, UseReport report, void *argument);

/* What to do about it, as a hint. */
extern const char *use_remedy(const Use *use);

#endif							/* ZJTX_USES_H */
