/*
 * many.c
 *		The answers of a question for many rows at a time.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "port/pg_bitutils.h"
#include "utils/datum.h"
#include "utils/memutils.h"

#include "ask.h"
#include "facts/column_source.h"
#include "many_questions.h"

bool
many_takes(QuestionKind question)
{
	return many_questions[question].judge != NULL;
}

bool
many_has_codes(QuestionKind question)
{
	return many_questions[question].answer != NULL;
}

bool
many_has_only_codes(QuestionKind question)
{
	return many_questions[question].single != NULL;
}

bool
many_takes_policy(const Compiled *compiled, QuestionKind question)
{
	int			i;

	for (i = 0; i < compiled->nprograms; i++)
		if (compiled->programs[i]->not_there || !many_questions[question].takes(compiled->programs[i]))
			return false;
	return true;
}

Many *
many_create(FuncExpr *call, QuestionKind question, int nrows)
{
	Many	   *many = palloc0(sizeof(Many));
	int			nargs = list_length(call->args);

	many->question = question;
	many->form = FORM_FACTS | (exprType(linitial(call->args)) == TEXTOID ? FORM_BY_NAME : 0);
	many->nfacts = nargs - 2;
	fmgr_info(call->funcid, &many->flinfo);
	fmgr_info_set_expr((Node *) call, &many->flinfo);
	many->fcinfo = palloc0(SizeForFunctionCallInfo(nargs));
	InitFunctionCallInfoData(*many->fcinfo, &many->flinfo, nargs, call->inputcollid, NULL, NULL);
	many->nrows = nrows;
	many->ncodes = many_questions[question].ncodes;
	many->by_row = many_questions[question].value != NULL;
	if (many_questions[question].create)
		many_questions[question].create(many);
	if (many_questions[question].single == NULL)
		many->values = palloc0_array(Datum, MANY_ROWS);
	return many;
}

/* ---------------- one row ---------------- */

/* Sets the arguments of the call to the facts of a row. */
static void
set_row(Many *many, int row, const DatumColumn *columns)
{
	many->fcinfo->isnull = false;
	columns_row(columns, many->nfacts, row, &many->fcinfo->args[2]);
}

/* Whether the kernel cannot answer for any row. */
static bool
is_for_single_rows(const Many *many, const Question *question)
{
	return question->nruns != 1 || question->nothing || (question->compiled->series && ask_day_of_row(question)) ||
		!many_takes_policy(question->compiled, many->question);
}

/* Forgets the codes if they are those of another policy. */
static void
check_policy(Many *many, const Question *question)
{
	uint64		policy = question->compiled->id.serial;
	int			i;

	if (many->policy == policy)
		return;
	for (i = 0; i < MANY_CODES; i++)
		many->answers[i] = NULL;
	many->policy = policy;
	many->ncodes = many_questions[many->question].ncodes;
}

/* Returns what is kept for the policy as it is bound now. */
static ManyBinding *
binding_of(Many *many, const Question *question)
{
	void	  **place = ask_bound_place(question);
	const Program *program = question->nruns > 0 ? question->runs[0]->program : NULL;
	ManyBinding *binding = *place;
	MemoryContext old;

	check_policy(many, question);
	if (binding && binding->program == program)
		return binding;
	old = MemoryContextSwitchTo(ask_bound_context(question));
	binding = palloc0(sizeof(ManyBinding));
	binding->program = program;
	binding->singly = is_for_single_rows(many, question);
	if (!binding->singly)
	{
		binding->batch = batch_create(program, many->nrows);
		binding->source = column_source_create(ask_binding(question));
		if (many_questions[many->question].bind)
			many_questions[many->question].bind(many, binding);
	}
	MemoryContextSwitchTo(old);
	*place = binding;
	return binding;
}

/* ---------------- many rows ---------------- */

bool
many_has_line(Many *many, int row, int number)
{
	MemoryContext old = MemoryContextSwitchTo(many->context);

	many_lines_read(many->reading, number);
	MemoryContextSwitchTo(old);
	return (many_lines_left(many->reading)[row / GROUP_ROWS] >> (row % GROUP_ROWS)) & 1;
}

void
many_read_lines(Many *many)
{
	MemoryContext old = MemoryContextSwitchTo(many->context);
	int			i;
	int			g;

	for (i = 0; many->lines && i < many->lines->nlines; i++)
		many_lines_read(many->reading, i);
	for (g = 0; g < MANY_WORDS; g++)
		many->doubt[g] = many->wanted[g] & ~(many->lines ? many_lines_left(many->reading)[g] : 0);
	MemoryContextSwitchTo(old);
}

static ManyBinding *
bind_row(Many *many, int row, const DatumColumn *columns)
{
	set_row(many, row, columns);
	return binding_of(many, ask_question(many->fcinfo, many->form));
}

/* The batch of a binding, which begins with the rows unless it has. */
static Batch *
begin_batch(Many *many, ManyBinding *binding, int nrows, const DatumColumn *columns)
{
	if (many->rows == 0 || many->begun_rows != many->rows || many->begun != binding)
		batch_begin(binding->batch, column_source_rows(binding->source, columns), nrows);
	many->begun = binding;
	many->begun_rows = many->rows;
	return binding->batch;
}

/* The batch of the call beside, or the call's own. */
static Batch *
batch_of(Many *many, ManyBinding *binding, int nrows, int first, const DatumColumn *columns)
{
	Many	   *beside = many->beside;
	ManyBinding *other;

	if (beside == NULL)
		return begin_batch(many, binding, nrows, columns);
	other = bind_row(beside, first, many->beside_columns);
	if (other->singly || other->program != binding->program)
		return begin_batch(many, binding, nrows, columns);
	return begin_batch(beside, other, nrows, many->beside_columns);
}

void
many_judge(Many *many, int nrows, const uint64 *wanted, const DatumColumn *columns)
{
	int			ngroups = (nrows + GROUP_ROWS - 1) / GROUP_ROWS;
	ManyBinding *binding;
	int			first = 0;
	int			g;

	for (g = 0; g < ngroups && wanted[g] == 0; g++)
		 /* find a row that is wanted */ ;
	many->lines = NULL;
	many->columns = columns;
	many->context = CurrentMemoryContext;
	many->nbatches++;
	memset(many->wanted, 0, sizeof(many->wanted));
	memcpy(many->wanted, wanted, ngroups * sizeof(uint64));
	if (g == ngroups)
		return;
	first = g * GROUP_ROWS + pg_rightmost_one_pos64(wanted[g]);
	binding = bind_row(many, first, columns);
	if (binding->singly && many->one_by_one)
		return;
	if (binding->singly)
	{
		for (g = 0; g < ngroups; g++)
			many->doubt[g] |= wanted[g];
		return;
	}
	many_questions[many->question].judge(many, binding, batch_of(many, binding, nrows, first, columns), ngroups, wanted);
}

/* ---------------- one row ---------------- */

Datum
many_value(Many *many, int i, const DatumColumn *columns, bool *isnull)
{
	Datum		value;

	set_row(many, i, columns);
	value = FunctionCallInvoke(many->fcinfo);
	*isnull = many->fcinfo->isnull;
	return value;
}

/* Keeps the value of the call as the answer of a row, but not what the call allocates besides. */
static void
keep_value(Many *many, int i, const DatumColumn *columns)
{
	uint64		bit = UINT64CONST(1) << (i % 64);
	MemoryContext old;
	Datum		value;
	bool		isnull;

	if (many->scratch == NULL)
		many->scratch = AllocSetContextCreate(many->flinfo.fn_mcxt, "zjtx row", ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(many->scratch);
	value = many_value(many, i, columns, &isnull);
	MemoryContextSwitchTo(old);
	if (isnull)
		many->null[i / 64] |= bit;
	else
	{
		many->null[i / 64] &= ~bit;
		many->values[i] = datumCopy(value, false, -1);
	}
	many->own[i / 64] |= bit;
	MemoryContextReset(many->scratch);
}

void
many_single(Many *many, int i, const DatumColumn *columns)
{
	const Question *question;
	bool		isnull;

	if (many->question == QUESTION_JUDGE)
	{
		many->verdict = many_value(many, i, columns, &isnull);
		return;
	}
	if (many_questions[many->question].single == NULL)
	{
		keep_value(many, i, columns);
		return;
	}
	set_row(many, i, columns);
	question = ask_question(many->fcinfo, many->form);
	check_policy(many, question);
	many_questions[many->question].single(many, i, question);
}

/* ---------------- answers ---------------- */

static NullableDatum *
make_answer(Many *many, int code)
{
	MemoryContext old = MemoryContextSwitchTo(many->flinfo.fn_mcxt);
	NullableDatum *answer = palloc0(sizeof(NullableDatum));

	answer->value = many_questions[many->question].answer(many, code, &answer->isnull);
	MemoryContextSwitchTo(old);
	return answer;
}

Datum
many_answer(Many *many, int code, bool *isnull)
{
	if (many->answers[code] == NULL)
		many->answers[code] = make_answer(many, code);
	*isnull = many->answers[code]->isnull;
	return many->answers[code]->value;
}

Datum
many_answer_of_row(Many *many, int i, bool *isnull)
{
	*isnull = (many->null[i / 64] >> (i % 64)) & 1;
	if (*isnull)
		return (Datum) 0;
	if (many->values[i] == (Datum) 0)
		many->values[i] = many_questions[many->question].value(many, i);
	return many->values[i];
}
