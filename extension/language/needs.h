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

/* Adds what an expression needs; what the header needs, whatever the part is. */
extern void need_expr(Needs *needs, const Expression *expr);
extern void need_header(Needs *needs);

/* What a clause, rung, group or definition needs; nothing of a version that does not have it. */
extern Needs needs_of(const Document *doc, const char *code);

/* Whether a part needs provisions that are not part of it, as the members of a group are. */
extern bool needs_others(const Needs *needs, const char *code);

#endif							/* ZJTX_NEEDS_H */
