/*
 * page.h
 *		The page of HTML that render(p) writes, and its elements.
 *
 * Texts of a document reach the page only by page_put_text() and the functions that use it.
 */
#ifndef ZJTX_PAGE_H
#define ZJTX_PAGE_H

#include "postgres.h"

#include "lib/stringinfo.h"

#include "answers/phrases.h"
#include "language/tree.h"

typedef struct Page
{
	StringInfoData html;
	const Policy *policy;
	const Phrases *words;		/* phrases in the document's language */
} Page;

/* page.c: elements */
extern void page_put(Page *page, const char *html);
extern void page_put_text(Page *page, const char *text);	/* escaped; nothing for
															 * NULL */
extern void page_put_element(Page *page, const char *open, const char *text, const char *close);

/* page_put_property: puts a line of a list of properties; does nothing if there is no text. */
extern void page_put_property(Page *page, const char *name, const char *text);

/* page_source: the source text of a part of the document. */
extern char *page_source(const Page *page, Span span);

/* page_shown: an expression as people read it. */
extern char *page_shown(const Page *page, const Expression *expr);

/* page_fact: what a fact is called. */
extern const char *page_fact(const Page *page, const Fact *fact);

/* page_examples.c */
extern void page_put_examples(Page *page, const Document *doc);

#endif							/* ZJTX_PAGE_H */
