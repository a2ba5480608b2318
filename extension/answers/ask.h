/*
 * ask.h
 *		Makes a question from the arguments of a call: finds the policy, binds the facts and begins a
 *		run.
 *
 * A call site keeps policies, with their bindings to row types, in fn_extra.  When they
 * exceed zjtx.cache_size, the least recently used ones are dropped.
 */
#ifndef ZJTX_ASK_H
#define ZJTX_ASK_H

#include "postgres.h"

#include "fmgr.h"

#include "answer.h"
#include "lru.h"

/* How a call passes the enterprise's facts and the policy. */
typedef enum Form
{
	FORM_ROW = 0,				/* (e record, policy zjtx.policy) */
	FORM_JSONB = 1,				/* (e jsonb, policy zjtx.policy) */
	FORM_FACTS = 2,				/* (policy zjtx.policy, names text, facts
								 * VARIADIC "any") */
	FORM_BY_NAME = 4,			/* with one of these: the policy is a stored
								 * name */
	FORM_TREE = 8				/* with one of these: the question's policy
								 * has its tree */
} Form;

/*
 * With FORM_FACTS: further arguments of the question, before the facts.  They follow e and
 * policy in the other forms.
 */
#define FORM_EXTRA(count) ((count) << 4)
#define FORM_EXTRAS(form) ((form) >> 4)

/*
 * ask_question: returns the question for a call's arguments, or NULL if the policy is NULL.  It is
 * valid until the next call.
 */
extern const Question *ask_question(FunctionCallInfo fcinfo, int form);

/*
 * ask_policy: the same for argument 0 and another policy: its text or, with FORM_BY_NAME,
 * its stored name.  For FORM_ROW and FORM_JSONB.
 */
extern const Question *ask_policy(FunctionCallInfo fcinfo, int form, const char *policy, int length);

/*
 * A policy with its bindings, for callers that keep policies themselves.
 *
 * ask_kept_create: makes one from a result of policy_compile(), whose tree is no longer
 * needed, and enters it into a cache.  by_name means that the policy is judged like a
 * stored name: a row without a day is judged for day_of_session().  ask_kept_share makes one
 * from a stored policy in the session's cache, by name.  ask_kept_free removes it from its cache.
 */
typedef struct KeptPolicy KeptPolicy;

extern KeptPolicy *ask_kept_create(Lru *lru, const Compiled *compiled, bool by_name);
extern KeptPolicy *ask_kept_share(Lru *lru, const Compiled *compiled);
extern const Question *ask_kept(FunctionCallInfo fcinfo, int form, KeptPolicy *kept);
extern void ask_kept_free(KeptPolicy *kept);

/*
 * ask_in_force: asks the stored documents that are in force on the day of argument 0.
 * Each call returns the question for the next document, in the order of their codes, and
 * NULL after the last.  Initialize the loop with zeros.  If the day is unknown, all
 * documents are asked, each as one that may not apply.
 */
typedef struct InForceLoop
{
	int			next;			/* document */
	bool		day_known;
	DateADT		day;			/* judged */
} InForceLoop;

extern const Question *ask_in_force(FunctionCallInfo fcinfo, int form, InForceLoop *loop);

/*
 * ask_row_is_null: whether the row of a call is NULL, as an outer join makes it; in FORM_FACTS, whether all columns
 * of the row are NULL.
 */
extern bool ask_row_is_null(FunctionCallInfo fcinfo, int form, const Question *question);

/*
 * ask_context: a memory context that lives as long as the call site keeps the question's
 * policy.
 *
 * ask_place: a pointer in it for the caller's use, initially NULL.
 *
 * ask_grown: counts the memory that the caller has allocated in it, so that the call site
 * keeps fewer other policies.
 */
extern MemoryContext ask_context(const Question *question);
extern void **ask_place(const Question *question);
extern void ask_grown(const Question *question);

/*
 * ask_source: the source of the row's facts.
 *
 * ask_version: chooses the version in force on a day, for a caller that judges the row for
 * other days than its own.
 */
extern FactSource *ask_source(const Question *question);
extern void ask_version(const Question *question, DateADT day);

/*
 * For callers that judge many rows at a time with FORM_FACTS:
 *
 * ask_binding: the columns that give the facts of the first run.
 *
 * ask_bound_place: a pointer for the caller's use that is NULL whenever the facts were bound anew.
 * What it points to belongs in ask_bound_context(), which is deleted with the binding.
 *
 * ask_day_of_row: whether the row has a column as_of, so that its day, and with it the version of a
 * series, can differ from row to row.
 */
extern const struct RowBinding *ask_binding(const Question *question);
extern void **ask_bound_place(const Question *question);
extern MemoryContext ask_bound_context(const Question *question);
extern bool ask_day_of_row(const Question *question);

#endif							/* ZJTX_ASK_H */
