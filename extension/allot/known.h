/*
 * known.h
 *		A row's facts, together with what is known about the row from the other rows.
 */
#ifndef ZJTX_ALLOT_KNOWN_H
#define ZJTX_ALLOT_KNOWN_H

#include "postgres.h"

#include "engine/program.h"

/* Some facts have a value given here; the others are read from the row. */
typedef struct KnownFacts
{
	FactSource	source;			/* must be first */
	const Program *program;
	FactSource *row;
	bool	   *given;			/* by fact */
	Value	   *values;
} KnownFacts;

/* known_facts: for many rows, in the current memory context; nothing is given yet. */
extern KnownFacts *known_facts(const Program *program);

/* known_facts_row: sets the next row. */
extern FactSource *known_facts_row(KnownFacts *known, FactSource *row);

/* known_facts_give: gives a fact; the value must remain valid. */
extern void known_facts_give(KnownFacts *known, int fact, const Value *value);

#endif							/* ZJTX_ALLOT_KNOWN_H */
