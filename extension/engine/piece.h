/*
 * piece.h
 *		A piece of memory into which something is copied twice: the first pass measures the memory
 *		needed, the second one fills it.
 */
#ifndef ZJTX_PIECE_H
#define ZJTX_PIECE_H

#include "language/names.h"
#include "language/tree.h"
#include "number.h"

typedef struct Piece
{
	char	   *start;			/* NULL during the measuring pass */
	Size		used;
	Symbols    *strings;		/* strings already copied */
	List	   *offices;		/* the last list that was copied */
	MemoryContext context;		/* the context of the piece */
} Piece;

/* Allocate in the piece: piece_copy with contents.  The measuring pass uses memory outside it. */
extern void *piece_take(Piece *piece, Size size);
extern void *piece_copy(Piece *piece, const void *from, Size size);

/* Replaces an array by its copy. */
#define PIECE_COPY(piece, array, n) ((array) = piece_copy((piece), (array), (n) * sizeof(*(array))))

/*
 * piece_string: copies a string, or returns the copy made earlier: strings such as the name of an office
 * occur many times.
 */
extern char *piece_string(Piece *piece, const char *string);

/* piece_number: copies the numerator and denominator of a number if they are too long for integers. */
extern void piece_number(Piece *piece, Number *number);

/* piece_list: copies a list.  The copy must not be modified. */
extern List *piece_list(Piece *piece, const List *from, void *(*copy_item) (Piece *piece, const void *item));

#endif							/* ZJTX_PIECE_H */
