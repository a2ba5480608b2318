/*
 * shared_texts.h
 *		The texts that facts can have, shared between programs.
 *
 * All documents of one city declare its districts with their labels, which would otherwise take most of
 * the memory of each program.
 */
#ifndef ZJTX_SHARED_TEXTS_H
#define ZJTX_SHARED_TEXTS_H

#include "piece.h"

/*
 * shared_texts_copy: gives the copy of a fact its texts.  Few texts are copied into the piece.  Many are shared with
 * other programs, and remain until the piece's context is reset or deleted.
 */
extern void shared_texts_copy(Piece *piece, Fact *copy, const Fact *from);

#endif							/* ZJTX_SHARED_TEXTS_H */
