/*
 * missing.h
 *		The search for the facts that a value lacks.
 */
#ifndef ZJTX_MISSING_H
#define ZJTX_MISSING_H

#include "program.h"

typedef struct Missing
{
	Run		   *run;
	Bitmapset  *facts;			/* the result */
	bool	   *walked;			/* by instruction: visited, undecided and
								 * relevant */
} Missing;

extern void missing_start(Missing *missing, Run *run, Bitmapset *facts);

/* Adds the facts that keep an instruction's value from being known. */
extern void missing_find(Missing *missing, int number);

#endif							/* ZJTX_MISSING_H */
