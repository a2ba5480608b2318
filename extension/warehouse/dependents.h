/*
 * dependents.h
 *		Stored documents and those that use them.
 */
#ifndef ZJTX_DEPENDENTS_H
#define ZJTX_DEPENDENTS_H

#include "postgres.h"

#include "session/cache.h"

/*
 * dependents_with_used: compiles a document that is being stored, with the stored
 * documents that it uses, and locks these until the end of the transaction, so that they
 * are neither changed nor deleted meanwhile.  If a used document is not stored, that is
 * an error at its place in the text.  The result has its tree.
 */
extern const Compiled *dependents_with_used(const Compiled *own);

/*
 * dependents_check: raises an error if a stored document that uses this one, directly or
 * not, can no longer be read, or if one of its examples fails.  Call it after the new
 * text has been stored.
 */
extern void dependents_check(const Document *doc);

/*
 * dependents_refuse: raises an error if a stored document uses this code or series, and
 * nothing stored has the name any longer. name may be NULL.
 */
extern void dependents_refuse(const char *name);

/*
 * Raises an error if examples of a compiled policy fail.  `by` is the code of the
 * document that is being stored: the policy itself, or a document that it uses.
 */
extern void dependents_run_examples(const Compiled *compiled, const char *by);

#endif							/* ZJTX_DEPENDENTS_H */
