/*
 * used.h
 *		Documents that stored documents use.
 */
#ifndef ZJTX_USED_H
#define ZJTX_USED_H

#include "postgres.h"

#include "lib/stringinfo.h"

#include "stored.h"

/* What a query selects of a document, for used_add_rows to read it off. */
#define USED_DOCUMENT "code, doc, uses"

/* A text under construction: documents, and behind them those that they use. */
typedef struct UsedText
{
	StringInfoData text;
	MemoryContext context;		/* of the text and all below */
	Symbols    *codes;			/* of the documents in the text */
	Symbols    *names;			/* of documents and series that they use */
	List	   *to_find;		/* those of the names that have not been
								 * looked up */
} UsedText;

/* Begins a text in the current memory context. */
extern void used_start(UsedText *used, const char *first);

/* Adds the documents that a query gave. */
extern void used_add_rows(UsedText *used);

/*
 * Adds all documents that those in the text use, directly or not, which the active snapshot
 * shows; SPI is connected.  A name that stands for nothing adds nothing.
 */
extern void used_add_others(UsedText *used);

/*
 * stored_with_used: the text of a policy that was read, with the stored documents that it
 * uses behind it, in the current memory context.
 */
extern char *stored_with_used(const Policy *policy);

/* The names of all documents and series that the documents of a policy use, as char *. */
extern List *used_names(const Policy *policy);

/*
 * used_rows: the rows that names stand for in the active snapshot, without reading the
 * documents.  While they are the same, so is what the names stand for.
 */
extern StoredRow *used_rows(char *const *names, int nnames, int *nrows);

/*
 * used_want: raises an error where a policy uses a document whose text is not there, so
 * that it cannot be asked.
 */
extern void used_want(const Compiled *compiled);

/* The same of a policy with its tree, also where it is not asked about those documents. */
extern void used_want_all(const Compiled *compiled);

#endif							/* ZJTX_USED_H */
