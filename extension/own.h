/*
 * own.h
 *		The extension's own objects, by OID.
 *
 * A name is resolved through a schema, and the owner of a schema decides what its names
 * mean.  So the library never resolves its own objects by a name alone: an object is ours
 * if it is in the schema of the extension "zjtx" (by the schema's OID, whatever it is
 * called now), is a member of that extension, and is of the expected kind.
 */
#ifndef ZJTX_OWN_H
#define ZJTX_OWN_H

#include "postgres.h"

#include "executor/spi.h"
#include "nodes/params.h"
#include "nodes/parsenodes.h"

/* ---------------- objects ---------------- */

typedef enum OwnType
{
	OWN_POLICY,					/* zjtx.policy */
	OWN_VERDICT					/* zjtx.verdict */
} OwnType;

/* own_extension, own_namespace: InvalidOid where the database does not have the extension. */
extern Oid	own_extension(void);
extern Oid	own_namespace(void);

/* The schema's name as it is now, quoted for a statement. */
extern const char *own_schema(void);

/* The OID of a type of ours; an error if the extension has none. */
extern Oid	own_type(OwnType type);

/*
 * own_relation: the OID of a table of ours; what is missing, or is not an ordinary table,
 * is an error.  own_table_owner: its owner.
 */
extern Oid	own_relation(const char *name);
extern Oid	own_table_owner(const char *name);

/*
 * own_function: the C function of ours with exactly these argument types, which returns a
 * value, or with set a set of values, of the type result.  InvalidOid if there is none.
 */
extern Oid	own_function(const char *name, int nargs, const Oid *types, Oid result, bool set);

/* Whether an object of pg_class, pg_proc, pg_operator or pg_type (classid) is ours. */
extern bool own_member(Oid classid, Oid object);

/* ---------------- statements ---------------- */

/*
 * A question in a statement: name(the whole row of the statement's only relation, constant),
 * where the constant is text, a stored name, or a policy.
 */
typedef struct OwnCall
{
	const char *name;			/* eligible, judge, missing … */
	Oid			result;
	bool		by_name;		/* the constant is text */
	Datum		constant;		/* a text or a policy; has to stay as long as the plan */
} OwnCall;

/*
 * own_execute: runs a statement about tables of ours, which it names zjtx.name; every
 * operator and function in it has to be qualified with pg_catalog, and each of its levels
 * has to have a column or a parameter.  The plan is made once
 * and kept in *plan (a static variable), which is NULL at first.  Whenever the statement is
 * analysed, each of its tables has to be one of ours, or it is an error.
 *
 * Returns what SPI_execute_plan returns; an error where that is negative.
 */
extern int	own_execute(SPIPlanPtr *plan, const char *statement, int nargs, const Oid *types,
						const Datum *values, const char *nulls, bool read_only);

/* own_cursor: the same as a cursor. */
extern Portal own_cursor(SPIPlanPtr *plan, const char *statement, int nargs, const Oid *types,
						 const Datum *values, const char *nulls, bool read_only);

/*
 * own_prepare: a plan of a statement that reads one relation of a user's, with questions of
 * ours in the places of the parameters behind nargs: $nargs+1 is calls[0].  Whenever it is
 * analysed, the relation has to be the one given; each level has to have a column or a
 * parameter.  The context, types and calls have to stay
 * as long as the plan.  Run it with own_parameters and SPI's functions that take a ParamListInfo.
 */
extern SPIPlanPtr own_prepare(MemoryContext context, const char *statement, int nargs, const Oid *types, Oid relation,
							  const OwnCall *calls, int ncalls, int options);

/* own_analyze: such a statement without parameters of its own, analysed and not rewritten: what a view holds. */
extern Query *own_analyze(const char *statement, Oid relation, const OwnCall *calls, int ncalls);

/* Values for the parameters of such a statement; nulls as SPI has them, NULL for none. */
extern ParamListInfo own_parameters(int nargs, const Oid *types, const Datum *values, const char *nulls);

#endif							/* ZJTX_OWN_H */
