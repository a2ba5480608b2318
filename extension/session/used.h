/*
 * used.h
 *		Finds the documents that stored documents use.
 */
#ifndef ZJTX_USED_H
#define ZJTX_USED_H

#include "postgres.h"

#include "lib/stringinfo.h"

#include "language/names.h"
#include "stored.h"

/* The columns of a query that used_add_rows() reads. */
#define USED_DOCUMENT "code, doc, uses, series, \"number\""

/* The names by which a document can be used and repealed. */
typedef struct UsedDocument
{
	const char *code;
	const char *series;			/* or NULL */
	const char *number;			/* or NULL */
} UsedDocument;

/* Returns texts, of char *, as text[]. */
extern Datum used_text_array(const List *texts);

/* A text under construction: documents, followed by the documents that they use. */
typedef struct UsedText
{
	StringInfoData text;
	MemoryContext context;		/* context of the text and of the members
								 * below */
	Symbols    *codes;			/* codes of the documents in the text */
	Symbols    *names;			/* names of documents and series that they use */
	List	   *to_find;		/* names that have not been looked up yet */
	List	   *documents;		/* of UsedDocument: those in the text */
} UsedText;

/* Starts a text in the current memory context. */
extern void used_start(UsedText *used, const char *first);

/* Adds the documents that a query returned. */
extern void used_add_rows(UsedText *used);

/*
 * Adds all documents that the documents in the text use, directly or indirectly, as the
 * active snapshot shows them, and the headers of those that repeal a used document.  SPI must
 * be connected.  An unknown name adds nothing.
 */
extern void used_add_others(UsedText *used);

/*
 * stored_with_used: returns the text of a policy followed by the stored documents that it
 * uses, in the current memory context.
 */
extern char *stored_with_used(const Policy *policy);

/*
 * Returns the names of all documents and series that the documents of a policy use, and the
 * codes and numbers by which these could be repealed, as char *.
 */
extern List *used_names(const Policy *policy);

/*
 * used_rows: returns the rows that the names refer to in the active snapshot, or that repeal
 * one of them, without reading the documents.  While they are the same, the names refer to
 * the same documents, with the same days in force.
 */
extern StoredRow *used_rows(char *const *names, int nnames, int *nrows);

/*
 * used_want: raises an error if a policy uses a document whose text is missing, so that it
 * cannot be asked.
 */
extern void used_want(const Compiled *compiled);

/* The same for a policy with its tree, even if the question does not need those documents. */
extern void used_want_all(const Compiled *compiled);

#endif							/* ZJTX_USED_H */
