/*
 * kernel_build.h
 *		Shared by the files that build the kernel of a program.
 */
#ifndef ZJTX_KERNEL_BUILD_H
#define ZJTX_KERNEL_BUILD_H

#include "kernel.h"

typedef struct Builder
{
	const Program *program;
	Kernel	   *kernel;
	int		   *uses;			/* by instruction: how many instructions read
								 * it */
	int		   *weights;
	int		   *heights;
	int		   *costs;
	int			max_args;
	int			max_steps;
	int			max_texts;
	int			max_masks;
	int			max_fields;
	int			max_lists;
	int			max_lookups;
	int		   *seen;			/* by instruction: the list for which it was
								 * last visited */
} Builder;

/* Room for more items of an array; evaluates to the index of the first. */
#define RESERVE(array, type, n, max, more) \
	((n) + (more) > (max) ? \
	 (void) ((array) = repalloc_array((array), type, (max) = 2 * ((n) + (more)))) : (void) 0, \
	 (n) += (more), (n) - (more))

/* kernel_build.c */
extern void kernel_build_fact(KernelFact *kept, const Fact *fact);

/* Returns whether an instruction is a constant, and the constant. */
extern bool kernel_find_constant(const Builder *builder, End *end, int number);

/*
 * kernel_truth_of_unknown: the result of OP_TEXT_IN for an unknown text, which is one of those that the fact can have
 * and that are not excluded.
 */
extern Truth kernel_truth_of_unknown(const Program *program, const Instr *instr, const Fact *fact, const bool *excluded);

/* Copies the arguments of an instruction into the kernel. */
extern void kernel_copy_args(Builder *builder, const Instr *instr, KernelNode *node);

/* kernel_build_case.c */
extern void kernel_build_case(Builder *builder, const Instr *instr, KernelNode *node);

/* kernel_table.c */
extern void kernel_build_lookup(Builder *builder, const Instr *instr, KernelNode *node);

/* kernel_build_lists.c */
extern void kernel_build_field(Builder *builder, const Instr *instr, KernelNode *node);
extern void kernel_build_list(Builder *builder, const Instr *instr, KernelNode *node);

#endif							/* ZJTX_KERNEL_BUILD_H */
