/*
 * headings.h
 *		The heading of an item, and its wording.
 */
#ifndef ZJTX_HEADINGS_H
#define ZJTX_HEADINGS_H

#include "outline.h"

typedef struct Heading
{
	char	   *words;			/* or NULL */
	char	   *wording;		/* or NULL */
	char	   *whole;			/* both, without line breaks; or NULL */
	bool		only;			/* the words are a heading alone, not the
								 * first sentence of the wording */
} Heading;

/*
 * heading_find: finds the heading and the wording in the content of an item.  A heading
 * is a line of its own before the text, or the first sentence if it is short.  An item
 * that has items below it (`parent`) can consist of a heading only, but for an article a
 * sentence is its text.
 */
extern void heading_find(Slice content, bool numbered, bool parent, bool article, Heading *found);

/* heading_of_part: finds the title of a part of the text, which consists of the lines before the first sentence. */
extern void heading_of_part(Slice content, bool is_header, Heading *found);

#endif							/* ZJTX_HEADINGS_H */
