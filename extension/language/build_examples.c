/*
 * build_examples.c
 *		Builds examples.
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "build.h"

Expectation *
build_verdict(VerdictKind verdict, Span span)
{
	Expectation *expect = palloc0(sizeof(Expectation));

	expect->verdict = verdict;
	expect->span = span;
	return expect;
}

Expectation *
build_between(VerdictKind verdict, Expression *low, Expression *high, Span span)
{
	Expectation *expect = build_verdict(verdict, span);

	expect->low = low;
	expect->high = high;
	return expect;
}

Expectation *
build_names(List *names, Span span)
{
	Expectation *expect = build_verdict(VERDICT_NAMES, span);

	expect->names = names;
	return expect;
}

Expectation *
build_rows(List *rows, Span span)
{
	Expectation *expect = build_verdict(VERDICT_ROWS, span);

	expect->rows = rows;
	return expect;
}

Expectation *
build_expectation(ExpectKind kind, char *code, Expectation *verdict, Span span)
{
	verdict->kind = kind;
	verdict->code = code;
	verdict->span = span;
	return verdict;
}

char *
build_indexed_name(ReadState *state, const char *name, const Expression *index)
{
	switch (index->kind)
	{
		case EXPR_NUMBER:
			return psprintf("%s[%s]", name,
							DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(index->number))));
		case EXPR_DATE:
			return psprintf("%s[%s]", name, date_text(index->date));
		case EXPR_TEXT:
			return psprintf("%s[%s]", name, index->name);
		default:
			read_error(state, index->span.start, NULL, "an index must be a number, a date or a text");
	}
}

void
build_example(ReadState *state, char *title, char *like, List *given, List *expect, Span span)
{
	Example    *example = palloc0(sizeof(Example));
	ListCell   *cell;
	ListCell   *inner;

	example->title = title;
	example->like = like;
	foreach(cell, given)
	{
		Expression *set = lfirst(cell);

		if (set->kind != EXPR_ROWS)
			example->given = lappend(example->given, set);
		else
		{
			build_once(state, example->rows != NIL, set->span, "rows");
			example->rows = set->args;
		}
	}
	foreach(cell, example->rows)
	{
		foreach(inner, ((const Expression *) lfirst(cell))->args)
		{
			const Expression *set = lfirst(inner);

			if (set->kind == EXPR_ROWS)
				read_error(state, set->span.start, NULL, "a row cannot hold rows");
		}
	}
	example->expect = expect;
	example->span = span;
	state->doc->examples = lappend(state->doc->examples, example);
	state->provision = NULL;
	state->clause = NULL;
}
