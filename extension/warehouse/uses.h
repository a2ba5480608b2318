/*
 * uses.h
 *		Database objects whose definitions ask about a row: indexes, constraints, generated columns,
 *		partition keys, views and others.
 *
 * Such an object refers to the whole row, so PostgreSQL does not record which columns it
 * reads.  When columns change, an index, constraint or generated column still stores
 * answers for the old columns, while a view uses the new ones.
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
	USE_OTHER,					/* a rule, a row security policy, the
								 * condition of a trigger, statistics, a
								 * function */
	USE_TRIGGER					/* a trigger of watch or fill */
} UseKind;

/* A question about a row of a relation's type in the definition of an object. */
typedef struct Use
{
	UseKind		kind;
	Oid			classid;
	Oid			object;
	int			subid;			/* attribute number of a generated column */
	char	   *description;	/* PostgreSQL's description of the object */
	Oid			relation;		/* the table of an index or the like, the view
								 * itself, or InvalidOid */
	Oid			row;			/* the relation that provides the row */
	char	   *policy;			/* the policy's name or text; NULL if it is
								 * not a constant */
	const Compiled *compiled;	/* NULL if the policy is not known */
} Use;

/*
 * uses_find: returns all uses, or those that ask about a row of one relation.  The result
 * and the policies are in the current memory context.  The caller has connected to SPI.
 */
extern List *uses_find(Oid row);

/* uses_of_triggers: adds the questions of the triggers of watch and fill. */
extern List *uses_of_triggers(List *uses, Oid row);

/*
 * use_absent: returns the facts of a policy, separated by commas, that no column provides,
 * or NULL if there are none. as_of is ignored.
 */
extern char *use_absent(const Use *use, TupleDesc desc);

/*
 * uses_warn: warns about objects that now read a column under another name, read another
 * column, or read none. before and after are the columns of the relation before and after
 * the change.
 */
extern void uses_warn(Oid relation, TupleDesc before, TupleDesc after);

/*
 * use_stale: returns the number of rows for which the answer stored by an object differs
 * from the one that its definition now gives, or -1 if this cannot be determined or the
 * object stores no answers.  Reads the table and, for a btree index, the index.  It runs
 * with the rights of the table's owner, so the caller must check those of the user.
 */
extern int64 use_stale(const Use *use);

/*
 * use_check: reports problems of an object: absent, stale, unread.  Reads and counts rows
 * only of tables that the user may read completely.
 */
typedef void (*UseReport) (void *argument, const Use *use, const char *kind, const char *finding, const char *hint);
extern void use_check(const Use *use, UseReport report, void *argument);

/* Returns the remedy as a hint. */
extern const char *use_remedy(const Use *use);

#endif							/* ZJTX_USES_H */
