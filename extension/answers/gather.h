/*
 * gather.h
 *		Gathers the facts of calls of judge_facts(), to judge many rows at a time.
 *
 * While a gatherer is set, each call of judge_facts() is given to it first.  If it takes the call, the call returns
 * NULL, and the caller that set the gatherer judges the row later.
 */
#ifndef ZJTX_GATHER_H
#define ZJTX_GATHER_H

#include "postgres.h"

#include "fmgr.h"

typedef struct Gatherer
{
	bool		(*take) (struct Gatherer *gatherer, FunctionCallInfo fcinfo);
} Gatherer;

/* judge_gather: sets the gatherer, or NULL for none; returns the one that was set before. */
extern Gatherer *judge_gather(Gatherer *gatherer);

#endif							/* ZJTX_GATHER_H */
