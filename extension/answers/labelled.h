/*
 * labelled.h
 *		The source of an expression as people read it.
 */
#ifndef ZJTX_LABELLED_H
#define ZJTX_LABELLED_H

#include "postgres.h"

#include "phrases.h"

/*
 * Returns the source of an expression on one line, without comments: in a Chinese document
 * with labels in place of the names of facts and fields, titles in place of the names of
 * definitions, and the labels of texts in place of the texts.  The result may be cut after
 * `most` bytes, for a caller that shows no more; 0 for no limit.
 */
extern char *labelled_source(const Phrases *words, const char *text, const Expression *expr, int most);

/* Returns the label of a fact in a Chinese document if it has one, else its name. */
extern const char *labelled_fact(const Phrases *words, const Fact *fact);

#endif							/* ZJTX_LABELLED_H */
