/*
 * missing.h
 *		The walk through what is undecided.
 */
#ifndef ZJTX_MISSING_H
#define ZJTX_MISSING_H

#include "program.h"

typedef struct Missing
{
	Run		   *run;
	Bitmapset  *facts;			/* what was found */
	bool	   *walked;			/* by instruction: it is undecided and matters */
} Missing;

extern void missing_start(Missing *missing, Run *run, Bitmapset *facts);

/* Adds the facts that keep an instruction's value from being known. */
extern void missing_find(Missing *missing, int number);

#endif							/* ZJTX_MISSING_H */
