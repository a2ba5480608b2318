/*
 * needs.h
 *		What a part of a policy needs of its document.
 */
#ifndef ZJTX_NEEDS_H
#define ZJTX_NEEDS_H

#include "nodes/bitmapset.h"

#include "tree.h"

typedef struct Needs
{
	const Document *doc;
	Bitmapset  *facts;			/* by index */
	Bitmapset  *tables;
	Bitmapset  *defines;
	Bitmapset  *clauses;
	Bitmapset  *rungs;
	Bitmapset  *groups;
	Bitmapset  *populations;
	Bitmapset  *selections;
	Bitmapset  *budgets;
	bool		used;			/* documents that it uses */
} Needs;

/* need_expr adds what an expression needs. need_header adds what the header needs in any part. */
extern void need_expr(Needs *needs, const Expression *expr);
extern void need_header(Needs *needs);

/* What a clause, rung, group or definition needs.  A version of a series that lacks it needs nothing. */
extern Needs needs_of(const Document *doc, const char *code);

/* Whether a part needs provisions outside it.  The members of a group are part of it. */
extern bool needs_others(const Needs *needs, const char *code);

#endif							/* ZJTX_NEEDS_H */
