/*
 * derive.h
 *		Texts derived from the text of a policy: a part, amended, bound to a day, or without examples.
 */
#ifndef ZJTX_DERIVE_H
#define ZJTX_DERIVE_H

#include "tree.h"

/*
 * policy_part: returns a document reduced to what one of its clauses or rungs needs, or
 * NULL if there is none.  The part is named by its code, or by its article if only one
 * matches: 5 or 第5条 denotes 5-giant if no other code begins with 5 and no other
 * provision is in that article.
 */
extern char *policy_part(const Policy *policy, const char *name);

/* Returns the code of the clause or rung that a name matches; NULL if none or several match. */
extern const char *policy_part_code(const Policy *policy, const char *name);

/*
 * Returns the codes of all clauses and rungs that a name may match, as char *, without
 * duplicates.
 */
extern List *policy_parts_named(const Policy *policy, const char *name);

/*
 * policy_counting: returns a document whose only clause, "count", has the condition of the
 * rows that a target counts or, with `of`, of its denominator.
 */
extern char *policy_counting(const Policy *policy, const Document *doc, const Target *target, bool of);

/*
 * policy_amend: replaces statements of the same kind and name in the text.  Raises an error
 * for statements that cannot be parsed, replace nothing or are inconsistent with the
 * policy. name is the policy's name in messages.
 */
extern char *policy_amend(const Policy *policy, const char *name, const char *statements);

/*
 * policy_without_examples: returns the text with its examples replaced by spaces, so that
 * all positions remain valid.  It gives the same answers and needs a fraction of the
 * memory.
 */
extern char *policy_without_examples(const Policy *policy);

/*
 * policy_at: binds the text to a day, also for rows that have an as_of or, as a default,
 * only for those that have none; raises an error if the language cannot express the day.
 */
extern char *policy_at(const Policy *policy, DateADT day, bool is_default);

/* Returns the words in front of a text that is bound to a day. */
extern char *policy_bound_words(DateADT day, bool is_default);

/* Returns whether a policy can be bound to a day: one from 0001-01-01 to 9999-12-31. */
extern bool policy_may_bind(DateADT day);

#endif							/* ZJTX_DERIVE_H */
