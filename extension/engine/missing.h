/*
 * missing.h
 *		The search for the facts that a value lacks.
 */
#ifndef ZJTX_MISSING_H
#define ZJTX_MISSING_H

#include "program.h"

/* Where a search puts what it finds, if it keeps what it found for each instruction (lacking.c). */
typedef struct MissingKept
{
	void		(*add) (struct MissingKept *kept, int fact);
	void		(*add_below) (struct MissingKept *kept, int number);	/* what keeps an
																		 * instruction from
																		 * being known */
} MissingKept;

typedef struct Missing
{
	Run		   *run;
	Bitmapset  *facts;			/* the result, unless kept is set */
	bool	   *walked;			/* by instruction: visited, undecided and
								 * relevant; or NULL */
	MissingKept *kept;			/* or NULL */
} Missing;

extern void missing_start(Missing *missing, Run *run, Bitmapset *facts);

/* Adds the facts that keep an instruction's value from being known. */
extern void missing_find(Missing *missing, int number);

/* The same for an instruction that is known to be undecided: looks at its operands. */
extern void missing_find_below(Missing *missing, int number);

/* Whether the value of an instruction is known; asks the kernel first. */
extern bool run_decided(Run *run, int number);

#endif							/* ZJTX_MISSING_H */
