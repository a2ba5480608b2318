/*
 * steady.h
 *		Finds whether values stay the same over a period of days, while the row stays as it is.
 */
#ifndef ZJTX_STEADY_H
#define ZJTX_STEADY_H

#include "postgres.h"

#include "utils/date.h"

#include "program.h"

/* The instructions of a program that depend on the day judged. */
typedef struct DayDependents
{
	int			count;
	int		   *numbers;		/* ascending */
	int		   *places;			/* by instruction: its index in numbers, or -1 */
} DayDependents;

/* Allocates in the current memory context. */
extern DayDependents *day_dependents(const Program *program);

/*
 * A run whose row is judged for other days than its own.
 *
 * steady_create: takes a run that has begun, and keeps its facts except as_of.  Allocates in
 * the current memory context.
 *
 * steady_judge: sets the day judged.  The run then gives the answers of that day.
 *
 * steady_watch: sets a period of days.  Until steady_unwatch(), which must also be called after
 * an error, steady_value may be called.
 *
 * steady_value: returns the value of an instruction if it is the same on each day of the
 * period, and so are the names of the facts that it lacks.  Returns NULL if that cannot be
 * proved.  Within a list the caller enters an element first (run_enter_element).
 */
typedef struct Steady Steady;

extern Steady *steady_create(Run *run, const DayDependents *dependents);
extern void steady_judge(Steady *steady, DateADT day);
extern void steady_watch(Steady *steady, DateADT first, DateADT last);
extern const Value *steady_value(Steady *steady, int number);
extern void steady_unwatch(Steady *steady);

#endif							/* ZJTX_STEADY_H */
