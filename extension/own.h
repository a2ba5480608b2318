/*
 * own.h
 *		Finds the extension's own objects by OID.
 *
 * A name is resolved through a schema, and the schema's owner decides what its names
 * mean.  Therefore the library never relies on a name alone.  An object is ours if it is in
 * a schema of the extension "zjtx" (compared by OID, because the schemas may be renamed),
 * is a member of that extension, and is of the expected kind.  What people call or read is
 * in the schema zjtx; functions that only PostgreSQL, the planner and published views call
 * are in zjtx_internal.
 */
#ifndef ZJTX_OWN_H
#define ZJTX_OWN_H

#include "postgres.h"

#include "compat.h"
#include "executor/spi.h"
#include "executor/tuptable.h"
#include "nodes/params.h"
#include "nodes/parsenodes.h"

/* ---------------- objects ---------------- */

typedef enum OwnType
{
	OWN_POLICY,					/* zjtx.policy */
	OWN_VERDICT,				/* zjtx.verdict */
	OWN_PLACEMENT				/* zjtx.placement, a row type */
} OwnType;

/*
 * own_extension, own_namespace, own_internal_namespace:  InvalidOid if the extension is not
 * installed in the database.
 */
extern Oid	own_extension(void);
extern Oid	own_namespace(void);
extern Oid	own_internal_namespace(void);

/* Return the schemas' current names, quoted. */
extern const char *own_schema(void);
extern const char *own_internal_schema(void);

/* How often the name of the schema has changed: plans contain it. */
extern uint64 own_schema_changes(void);

/* Reports an object that should be ours and is not. */
pg_noreturn extern void own_missing_object(const char *kind, const char *name);

/* Returns the OID of one of our types; raises an error if it does not exist. */
extern Oid	own_type(OwnType type);

/*
 * own_relation: returns the OID of one of our tables; raises an error if it does not exist
 * or is not an ordinary table. own_table_owner: returns the table's owner.
 */
extern Oid	own_relation(const char *name);
extern Oid	own_table_owner(const char *name);

/*
 * own_function: returns our C function with exactly these argument types that returns a
 * value, or with `set` a set of values, of the type result.  Returns InvalidOid if there is
 * none.  own_internal_function: the same in zjtx_internal.
 */
extern Oid	own_function(const char *name, int nargs, const Oid *types, Oid result, bool set);
extern Oid	own_internal_function(const char *name, int nargs, const Oid *types, Oid result, bool set);

/*
 * Returns whether an object of pg_class, pg_proc, pg_operator or pg_type (classid) is
 * ours.
 */
extern bool own_member(Oid classid, Oid object);

/* ---------------- statements: own_statements.c ---------------- */

/*
 * A question in a statement: name(whole row of the only relation, constant), where the
 * constant is a stored policy's name (text) or a policy.
 */
typedef struct OwnCall
{
	const char *name;			/* eligible, judge, missing, … */
	Oid			result;
	bool		by_name;		/* the constant is a name */
	Datum		constant;		/* must live as long as the plan */
	const char *row;			/* alias of the row; NULL: the first one */
} OwnCall;

/*
 * own_execute: runs a statement on our tables, which it refers to as zjtx.name.  Qualify
 * every operator and function in it with pg_catalog.  Each query level needs a column or a
 * parameter, because the check runs when one is resolved.  The plan is made once and kept
 * in *plan, a static variable that is initially NULL.  Each analysis of the statement
 * raises an error if one of its tables is not ours.
 *
 * Returns the result of SPI_execute_plan; raises an error if that is negative.
 */
extern int	own_execute(SPIPlanPtr *plan, const char *statement, int nargs, const Oid *types,
						const Datum *values, const char *nulls, bool read_only);

/*
 * own_receiver: a destination for the rows of a statement, which are given to a function one by one and are not kept.
 * The function must reset what it allocates, and must not use SPI.
 */
typedef void (*OwnTake) (TupleTableSlot *slot, void *taker);

extern DestReceiver *own_receiver(OwnTake take, void *taker);

/* own_execute_into: executes a read in the active snapshot, whose rows go to such a destination. */
extern void own_execute_into(SPIPlanPtr *plan, const char *statement, int nargs, const Oid *types,
							 const Datum *values, const char *nulls, DestReceiver *dest);

/* own_cursor: the same as own_execute, but opens a cursor. */
extern Portal own_cursor(SPIPlanPtr *plan, const char *statement, int nargs, const Oid *types,
						 const Datum *values, const char *nulls, bool read_only);

/*
 * own_prepare: prepares a statement that reads one relation of the user.  Parameters after
 * the first nargs stand for questions: $nargs+1 is calls[0].  Each analysis raises an error
 * if the relation is not the given one.  Each query level needs a column or a
 * parameter.  The context, types and calls must live as long as the plan.  Execute it with
 * own_parameters and the SPI functions that take a ParamListInfo.
 */
extern SPIPlanPtr own_prepare(MemoryContext context, const char *statement, int nargs, const Oid *types, Oid relation,
							  const OwnCall *calls, int ncalls, int options);

/*
 * own_analyze: analyzes such a statement, without parameters of its own and without
 * rewriting it, for storage in a view.
 */
extern Query *own_analyze(const char *statement, Oid relation, const OwnCall *calls, int ncalls);

/*
 * Returns parameter values for such a statement. nulls has SPI's format, or is NULL if no
 * value is NULL.
 */
extern ParamListInfo own_parameters(int nargs, const Oid *types, const Datum *values, const char *nulls);

#endif							/* ZJTX_OWN_H */
