/*
 * statements.h
 *		The statements of a document as parts that can be compared.
 */
#ifndef ZJTX_STATEMENTS_H
#define ZJTX_STATEMENTS_H

#include "postgres.h"

#include "language/tree.h"

/* A word in both languages. */
typedef struct TwoWords
{
	const char *english;
	const char *chinese;
} TwoWords;

typedef struct StatementPart
{
	const TwoWords *name;
	char	   *text;			/* as written, on one line without comments */
	bool		several;		/* a statement can have several of this name */
} StatementPart;

typedef struct PartedStatement
{
	const TwoWords *kind;
	const char *code;			/* for a stage clause/stage; "" for a header
								 * and a ladder */
	List	   *parts;			/* of StatementPart */
	Span		span;
	struct PartedStatement *other;	/* the same statement of the other
									 * document */
} PartedStatement;

/* statements_parted: the statements of a document without its examples. */
extern List *statements_parted(const Policy *policy, const Document *doc);

/* statement_text: a part of a text on one line, without comments. */
extern char *statement_text(const Policy *policy, Span span);

#endif							/* ZJTX_STATEMENTS_H */
