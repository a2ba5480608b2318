/*
 * run.h
 *		The evaluator's parts: instructions that are more than arithmetic.
 *
 * Each computes the value of its instruction into out.
 */
#ifndef ZJTX_RUN_H
#define ZJTX_RUN_H

#include "program.h"

/* choose.c */
extern void choose_text_in(Run *run, const Instr *instr, Value *out);
extern void choose_case(Run *run, const Instr *instr, Value *out);
extern void choose_extreme(Run *run, const Instr *instr, Value *out);
extern void choose_latest(Run *run, const Instr *instr, Value *out);
extern void choose_coalesce(Run *run, const Instr *instr, Value *out);
extern void choose_count_true(Run *run, const Instr *instr, Value *out);

/* aggregate.c */
extern void run_aggregate(Run *run, const Instr *instr, Value *out);

#endif							/* ZJTX_RUN_H */
