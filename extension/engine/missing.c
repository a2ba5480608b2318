/*
 * missing.c
 *		Which unknown facts keep a value from being known.
 *
 * Watches a run: whatever is decided hides all that stands below it.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "value.h"

typedef struct Missing
{
	Run		   *run;
	Bitmapset  *facts;
	bool	   *seen;			/* instructions of the row already walked */
} Missing;

static void
find_missing(Missing *missing, int number)
{
	Run		   *run = missing->run;
	const Program *program = run->program;
	const Instr *instr;
	const Value *value;
	const int  *args;
	int			operands[3];
	int			i;

	if (number < 0)
		return;
	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	instr = &program->instrs[number];
	if (instr->scopes == 0)
	{
		if (missing->seen[number])
			return;
		missing->seen[number] = true;
	}
	value = run_value(run, number);
	if (value_decided(value, instr->type))
		return;

	args = program->args + instr->args;
	switch ((Op) instr->op)
	{
		case OP_FACT:
			missing->facts = bms_add_member(missing->facts, instr->a);
			break;
		case OP_FIELD:
			missing->facts = bms_add_member(missing->facts, instr->c);
			break;
		case OP_CASE:
			for (i = 0; i + 1 < instr->nargs; i += 2)
			{
				Truth		condition = run_truth(run, args[i]);

				if (condition == TRUTH_FALSE)
					continue;
				find_missing(missing, args[i]);
				find_missing(missing, args[i + 1]);
				if (condition == TRUTH_TRUE)
					break;
			}
			if (i + 1 == instr->nargs)
				find_missing(missing, args[i]);
			break;
		case OP_LIST:
			{
				const Value *list = run_value(run, program->fact_instrs[instr->a]);

				if (!list->known)
				{
					missing->facts = bms_add_member(missing->facts, instr->a);

					/* what else may matter once there are elements */
					run_enter_element(run, instr->depth, run_unknown_element(program->facts[instr->a]));
					find_missing(missing, instr->b);
					run_enter_element(run, instr->depth, run_unknown_element(program->facts[instr->a]));
					find_missing(missing, instr->c);
					break;
				}
				for (i = 0; i < list->list->count; i++)
				{
					run_enter_element(run, instr->depth, list->list->fields + i * list->list->nfields);
					if (instr->b >= 0 && run_truth(run, instr->b) == TRUTH_FALSE)
						continue;
					find_missing(missing, instr->b);
					run_enter_element(run, instr->depth, list->list->fields + i * list->list->nfields);
					find_missing(missing, instr->c);
				}
			}
			break;
		default:
			for (i = instr_operands(instr, operands) - 1; i >= 0; i--)
				find_missing(missing, operands[i]);
			for (i = 0; i < instr->nargs; i++)
				find_missing(missing, args[i]);
			break;
	}
}

Bitmapset *
run_missing(Run *run, int instr, Bitmapset *facts)
{
	Missing		missing;

	missing.run = run;
	missing.facts = facts;
	missing.seen = palloc0_array(bool, run->program->ninstrs);
	find_missing(&missing, instr);
	return missing.facts;
}
