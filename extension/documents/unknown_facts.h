/*
 * unknown_facts.h
 *		A row with all facts unknown.
 *
 * Run on it, an instruction has the range of its values over all rows.
 */
#ifndef ZJTX_UNKNOWN_FACTS_H
#define ZJTX_UNKNOWN_FACTS_H

#include "engine/program.h"

typedef struct UnknownFacts
{
	FactSource	source;			/* must be first */
	const Program *program;
} UnknownFacts;

extern FactSource *unknown_facts(const Program *program);

#endif							/* ZJTX_UNKNOWN_FACTS_H */
