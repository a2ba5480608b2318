/*
 * kept.h
 *		The policies that a call site keeps between calls.
 */
#ifndef ZJTX_KEPT_H
#define ZJTX_KEPT_H

#include "ask.h"
#include "facts/bind.h"
#include "lru.h"
#include "session/held.h"
#include "session/stored.h"

struct KeptPolicy
{
	LruEntry	entry;			/* must be first; its context pins the
								 * compiled policy */
	Question	question;		/* the current question */
	void	   *place;			/* state of the answering function */
	PolicyKey	key;			/* the argument: the policy or its name */
	bool		by_name;
	SnapshotMark mark;			/* when the name or the TOAST pointer was
								 * resolved */
	const Compiled *compiled;
	Run		  **runs;			/* by version */

	/* state of the binding */
	bool		bound;
	Oid			type;			/* the row type */
	int32		typmod;
	uint64		version;		/* of the row type; ALTER TABLE changes it */
	const char *names;			/* names in FORM_FACTS */
	bool		of_row;			/* they are those of a row's columns */
	MemoryContext bind_context;
	void	   *bound_place;	/* state of the answering function */
	RowSource **rows;			/* by version */
};

typedef struct CallState
{
	KeptPolicy *constant;		/* the only policy of a call site where the
								 * policy is constant */
	Lru		   *kept;			/* of KeptPolicy */
	RowShape   *row;			/* for constant names that are the columns of
								 * a row: the row's shape; or NULL */
} CallState;

extern CallState *kept_call_state(FunctionCallInfo fcinfo);

/* Whether an argument is a constant, which need not be compared again for each row. */
extern bool kept_argument_is_constant(FunctionCallInfo fcinfo, int argument);

/* The policy that an argument contains or names. */
extern KeptPolicy *kept_argument(FunctionCallInfo fcinfo, int number, int form);

/* The policy with this key, which is that of a datum or, if datum is 0, has the text or name. */
extern KeptPolicy *kept_find(FunctionCallInfo fcinfo, CallState *state, const PolicyKey *key, Datum datum, int form);

/* The size of a kept policy with its bindings and of the compiled policy. */
extern Size kept_bytes(const KeptPolicy *kept);

#endif							/* ZJTX_KEPT_H */
