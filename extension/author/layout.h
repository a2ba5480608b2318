/*
 * layout.h
 *		The layout of a document.
 */
#ifndef ZJTX_LAYOUT_H
#define ZJTX_LAYOUT_H

#include "postgres.h"

#include "words.h"

/*
 * Returns the text of a document, laid out, with the given words: each statement begins a
 * line, its parts are indented, and other line breaks stay where the author made them.
 * Comments stay.
 */
extern char *layout(const char *source, const Word *words, int count);

#endif							/* ZJTX_LAYOUT_H */
