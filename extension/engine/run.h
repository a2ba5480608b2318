/*
 * run.h
 *		The exact implementation of each instruction.
 *
 * It computes the value of its instruction into out, and asks for those of its operands.
 */
#ifndef ZJTX_RUN_H
#define ZJTX_RUN_H

#include "program.h"

/* exact_number and so on: one for each instruction, in exact.c, tiers.c, power.c, dates.c, choose.c, aggregate.c, once.c, money.c */
#define OP(NAME, name, ...) \
extern void exact_##name(Run *run, const Instr *instr, Value *out);
#include "ops.h"

/* once.c: whether elements of an OP_ONCE that have one day pay different sums */
extern bool once_days_differ(Run *run, const Instr *instr, const ListValue *list);

#endif							/* ZJTX_RUN_H */
