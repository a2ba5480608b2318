/*
 * words.c
 *		Texts of conditions and values.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/json.h"

#include "answers/labelled.h"
#include "answers/quantity.h"
#include "gap.h"
#include "language/texts.h"

static const char *const op_names[] = {"=", "<>", "<", "<=", ">", ">="};

/* ---------------- values for people ---------------- */

static char *
source_text(const Gap *gap, const Expression *expr)
{
	if (!gap->words->chinese)
		return pnstrdup(gap->text + expr->span.start, expr->span.end - expr->span.start);
	return labelled_source(gap->words, gap->text, expr, 0);
}

/*
 * Rounds a number, but not so far that it would appear to be on the other side of the
 * bound.
 */
static char *
number_words(const Number *number, Unit unit, const Number *bound)
{
	Number		rounded;
	bool		exact;

	if (!quantity_rounded(number, unit, bound, &rounded, &exact))
		return psprintf("≈%s", number_text(number));
	return psprintf("%s%s%s", exact ? "" : "≈", number_text(&rounded), unit_name(unit));
}

char *
gap_number_words(const Number *number, Unit unit)
{
	return number_words(number, unit, NULL);
}

const char *
gap_op_name(CompareOp op)
{
	return op_names[op];
}

/* Returns the fact that declares the values of a text register, or NULL. */
static const Fact *
texts_of(const Gap *gap, int number)
{
	const Instr *instr = &gap->program->instrs[number];

	if (instr->op == OP_FACT || instr->op == OP_YEARLY)
		return gap->program->facts[instr->a];
	if (instr->op == OP_FIELD)
		return list_nth(gap->program->facts[instr->c]->fields, instr->a);
	return gap->names[number] ? gap->names[number]->texts : NULL;
}

static char *
value_words(const Phrases *words, const Value *value, ValueType type, Unit unit, const Fact *texts,
			const Number *bound)
{
	if (type == TYPE_BOOLEAN)
		return pstrdup(value->truth == TRUTH_TRUE ? words->yes :
					   value->truth == TRUTH_FALSE ? words->no : words->unknown);
	if (value->known && value->none)
		return pstrdup(words->none);
	if (type == TYPE_NUMBER && !value->known && !value->low_open && !value->high_open)
		return psprintf(words->between, number_words(&value->low, unit, bound),
						number_words(&value->high, unit, bound));
	if (!value->known)
		return pstrdup(words->unknown);
	switch (type)
	{
		case TYPE_NUMBER:
			return number_words(&value->low, unit, bound);
		case TYPE_DATE:
			return date_text(value->day);
		case TYPE_TEXT:
			return psprintf(words->quoted, texts_fact_shown(texts, value->text, value->length));
		default:
			break;
	}
	return pstrdup(words->unknown);
}

/* Returns the value as JSON, for programs; NULL if it is unknown or a nonempty list. */
char *
gap_json(const Value *value, ValueType type)
{
	StringInfoData buf;

	if (type == TYPE_BOOLEAN)
		return value->truth == TRUTH_UNKNOWN ? NULL : value->truth == TRUTH_TRUE ? "true" : "false";
	if (!value->known)
		return NULL;
	if (type == TYPE_LIST)
		return value->list && value->list->count == 0 ? "[]" : NULL;
	if (value->none)
		return "null";
	switch (type)
	{
		case TYPE_NUMBER:
			return number_text(&value->low);
		case TYPE_DATE:
			return psprintf("\"%s\"", date_text(value->day));
		case TYPE_TEXT:
			initStringInfo(&buf);
			escape_json(&buf, pnstrdup(value->text, value->length));
			return buf.data;
		default:
			return NULL;
	}
}

/* ---------------- conditions ---------------- */

static bool
is_constant(const Instr *instr)
{
	return instr->op == OP_NUMBER || instr->op == OP_DATE || instr->op == OP_TEXT;
}

int
gap_subject(const Gap *gap, const GapCondition *condition)
{
	const Instr *instr = &gap->program->instrs[condition->instr];

	if (condition->bounded)
		return condition->instr;
	if (instr->op == OP_COMPARE)
	{
		const Instr *left = &gap->program->instrs[instr->a];
		const Instr *right = &gap->program->instrs[instr->b];
		bool		day = left->op == OP_FACT && left->a == 0;

		return (is_constant(left) || day) && !is_constant(right) ? instr->b : instr->a;
	}
	if (instr->op == OP_TEXT_IN || instr->op == OP_IS_NONE)
		return instr->a;
	return condition->instr;
}

static CompareOp
needed_op(const Gap *gap, const GapCondition *condition)
{
	const Instr *instr = &gap->program->instrs[condition->instr];
	CompareOp	op = condition->bounded ? condition->op : instr->flag;

	if (condition->bounded)
		return op;
	if (gap_subject(gap, condition) != instr->a)
		op = compare_mirrored(op);
	return condition->want == TRUTH_TRUE ? op : compare_opposite(op);
}

Unit
gap_unit(const Gap *gap, const GapCondition *condition)
{
	const Instr *instr = &gap->program->instrs[condition->instr];
	int			subject = gap_subject(gap, condition);
	int			other = instr->a == subject ? instr->b : instr->a;
	const Expression *name = gap->names[subject];

	/* a value rounded to a whole number is a count */
	if (gap->program->instrs[subject].op == OP_FLOOR || gap->program->instrs[subject].op == OP_CEIL)
		return UNIT_FREE;
	if (gap->program->instrs[subject].op == OP_FACT || gap->program->instrs[subject].op == OP_YEARLY)
		return gap->program->facts[gap->program->instrs[subject].a]->unit;
	if (name && name->unit == UNIT_FREE && !condition->bounded && instr->op == OP_COMPARE &&
		gap->names[other])
		name = gap->names[other];
	return name ? name->unit : UNIT_FREE;
}

static char *
register_words(const Gap *gap, int number, Unit unit)
{
	const Instr *instr = &gap->program->instrs[number];

	if (instr->op == OP_NUMBER)
		return number_words(&gap->program->numbers[instr->a], unit, NULL);
	if (gap->names[number])
		return source_text(gap, gap->names[number]);
	if (instr->op == OP_FACT)
		return pstrdup(labelled_fact(gap->words, gap->program->facts[instr->a]));
	if (instr->op == OP_DATE)
		return date_text(instr->a);
	return pstrdup("…");
}

static char *
texts_words(const Gap *gap, const Instr *instr, bool inside)
{
	const Phrases *words = gap->words;
	const char *operator = inside ? words->op_in : words->op_not_in;
	const Fact *texts = texts_of(gap, instr->a);
	StringInfoData buf;
	int			i;

	initStringInfo(&buf);
	for (i = 0; i < instr->nargs; i++)
	{
		const char *text = gap->program->texts[gap->program->instrs[gap->program->args[instr->args + i]].a];

		appendStringInfoString(&buf, i > 0 ? words->member_comma : "");
		appendStringInfo(&buf, words->quoted, texts_fact_shown(texts, text, strlen(text)));
	}
	if (instr->nargs == 1)
		return psprintf("%s %s", inside ? "=" : "<>", buf.data);
	return psprintf("%s%s%s", operator ? operator : "", operator ? " " : "",
					psprintf(inside ? words->members : words->not_members, buf.data));
}

char *
gap_condition_words(const Gap *gap, const GapCondition *condition)
{
	const Instr *instr = &gap->program->instrs[condition->instr];
	const Expression *source = gap->sources[condition->instr];

	if (condition->bounded)
		return register_words(gap, condition->instr, UNIT_FREE);
	if (source == NULL)
		source = condition->within;
	if (source)
		return source_text(gap, source);
	if (instr->op == OP_COMPARE)
	{
		Unit		unit = gap_unit(gap, condition);

		return psprintf("%s %s %s", register_words(gap, instr->a, unit), op_names[instr->flag],
						register_words(gap, instr->b, unit));
	}
	if (instr->op == OP_TEXT_IN)
		return psprintf("%s %s", register_words(gap, instr->a, UNIT_FREE),
						texts_words(gap, instr, !instr->flag));
	return register_words(gap, condition->instr, UNIT_FREE);
}

/* Returns the number with which the tested register is compared, or NULL. */
static const Number *
bound_of(Gap *gap, const GapCondition *condition)
{
	const Instr *instr = &gap->program->instrs[condition->instr];
	const Value *bound;

	if (condition->bounded)
		return &condition->bound;
	if (instr->op != OP_COMPARE || gap->program->instrs[instr->a].type != TYPE_NUMBER)
		return NULL;
	bound = run_value(gap->run, gap_subject(gap, condition) == instr->a ? instr->b : instr->a);
	return bound->known && !bound->none ? &bound->low : NULL;
}

char *
gap_found_words(Gap *gap, const GapCondition *condition)
{
	int			subject = gap_subject(gap, condition);
	const Value *value = run_value(gap->run, subject);
	const Instr *instr = &gap->program->instrs[subject];

	if ((instr->op == OP_FACT || instr->op == OP_YEARLY) && !value_decided(value, instr->type))
		return pstrdup(gap->words->unknown);
	return value_words(gap->words, value, instr->type, gap_unit(gap, condition), texts_of(gap, subject),
					   bound_of(gap, condition));
}

char *
gap_needed_words(Gap *gap, const GapCondition *condition)
{
	const Instr *instr = &gap->program->instrs[condition->instr];
	Unit		unit = gap_unit(gap, condition);
	const Value *bound;
	int			other;

	if (condition->bounded)
		return psprintf("%s %s", op_names[condition->op], number_words(&condition->bound, unit, NULL));
	switch ((Op) instr->op)
	{
		case OP_COMPARE:
			other = gap_subject(gap, condition) == instr->a ? instr->b : instr->a;
			bound = run_value(gap->run, other);
			return psprintf("%s %s", op_names[needed_op(gap, condition)],
							value_decided(bound, gap->program->instrs[other].type) && !is_none(bound)
							? value_words(gap->words, bound, gap->program->instrs[other].type, unit,
										  texts_of(gap, gap_subject(gap, condition)), NULL)
							: register_words(gap, other, unit));
		case OP_TEXT_IN:
			return texts_words(gap, instr, (condition->want == TRUTH_TRUE) != (bool) instr->flag);
		case OP_IS_NONE:
			return pstrdup((condition->want == TRUTH_TRUE) != (bool) instr->flag
						   ? gap->words->none : gap->words->not_none);
		default:
			return pstrdup(condition->want == TRUTH_TRUE ? gap->words->yes : gap->words->no);
	}
}

/* Computes what is missing: bound minus value, or the days from the value to the bound. */
bool
gap_condition_short(Gap *gap, const GapCondition *condition, Number *by)
{
	const Instr *instr = &gap->program->instrs[condition->instr];
	int			subject = gap_subject(gap, condition);
	ValueType	type = gap->program->instrs[subject].type;
	const Value *found = run_value(gap->run, subject);
	const Value *bound;

	if (!found->known || found->none)
		return false;
	if (condition->bounded)
		return number_subtract(by, &condition->bound, &found->low);
	if (instr->op != OP_COMPARE)
		return false;
	bound = run_value(gap->run, subject == instr->a ? instr->b : instr->a);
	if (!bound->known || bound->none)
		return false;
	if (type == TYPE_DATE)
	{
		*by = number_of(bound->day - found->day);
		return true;
	}
	return type == TYPE_NUMBER && number_subtract(by, &bound->low, &found->low);
}
