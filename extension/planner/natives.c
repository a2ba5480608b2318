/*
 * natives.c
 *		Translates conditions of a rule into PostgreSQL expressions on columns.
 *
 * A rule and PostgreSQL differ for column values that the rule treats as unknown: values
 * outside the fact's declared range, NaN and infinities.  For these the rule is undecided,
 * so the native condition must not be false.  For example, for a fact that is at least 0,
 * `x >= 5` becomes `x >= 5 or x < 0`; and for a fact in ('micro' '微型', 'small' '小型'),
 * `size = 'micro'` becomes `size <> ALL ('{small,小型}')`.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/numeric.h"

#include "natives.h"

static const char *const operator_names[] = {
	[CMP_EQ] = "=",
	[CMP_NE] = "<>",
	[CMP_LT] = "<",
	[CMP_LE] = "<=",
	[CMP_GT] = ">",
	[CMP_GE] = ">="
};

/*
 * Relabels the column to a type that PostgreSQL's operators accept: the base type of a
 * domain, text for varchar.  The collation does not change.
 */
static Expr *
operand(Expr *column, Oid type)
{
	Expr	   *copy = copyObject(column);

	if (exprType((Node *) column) == type)
		return copy;
	return (Expr *) makeRelabelType(copy, type, -1, exprCollation((Node *) column), COERCE_IMPLICIT_CAST);
}

/* Builds `column op constant`, with both of the same type. */
static Expr *
comparison(Expr *column, CompareOp op, Oid type, Datum constant)
{
	Oid			opno = OpernameGetOprid(list_make2(makeString("pg_catalog"), makeString(pstrdup(operator_names[op]))),
										type, type);
	Expr	   *right;
	OpExpr	   *result;

	if (!OidIsValid(opno))
		return NULL;
	right = (Expr *) makeConst(type, -1, InvalidOid, get_typlen(type), constant, false, get_typbyval(type));
	result = (OpExpr *) make_opclause(opno, BOOLOID, false, operand(column, type), right, InvalidOid, InvalidOid);
	result->opfuncid = get_opcode(opno);
	return (Expr *) result;
}

/*
 * Converts a number to an exact decimal; returns false if it needs more than 20 decimals.
 */
static bool
decimal(const Number *number, Datum *result)
{
	static const int places[] = {0, 2, 4, 8, 20};
	int			i;

	for (i = 0; i < (int) lengthof(places); i++)
	{
		Number		back;

		*result = NumericGetDatum(number_to_numeric(number, places[i]));
		if (number_from_datum(&back, *result) && number_compare(&back, number) == 0)
			return true;
	}
	return false;
}

/*
 * Compares an integer column with a number, by an equivalent comparison with an integer.
 */
static Expr *
integer_comparison(Expr *column, CompareOp op, Oid type, const Number *number)
{
	Number		floor = number_floor(number);
	int64		low = type == INT2OID ? PG_INT16_MIN : type == INT4OID ? PG_INT32_MIN : PG_INT64_MIN;
	int64		high = type == INT2OID ? PG_INT16_MAX : type == INT4OID ? PG_INT32_MAX : PG_INT64_MAX;
	int64		bound;

	if (number_compare(&floor, number) != 0)
	{
		if (op == CMP_EQ || op == CMP_NE)
			return NULL;
		op = op == CMP_GE || op == CMP_GT ? CMP_GT : CMP_LE;
	}
	if (floor.den != 1 || floor.num < low || floor.num > high)
		return NULL;
	bound = (int64) floor.num;
	return comparison(column, op, type,
					  type == INT2OID ? Int16GetDatum((int16) bound)
					  : type == INT4OID ? Int32GetDatum((int32) bound) : Int64GetDatum(bound));
}

/* Compares the column with a number or a date. */
static Expr *
value_comparison(Expr *column, CompareOp op, const Number *number, DateADT day)
{
	Oid			type = getBaseType(exprType((Node *) column));
	Datum		constant;

	switch (type)
	{
		case INT2OID:
		case INT4OID:
		case INT8OID:
			return integer_comparison(column, op, type, number);
		case NUMERICOID:
			return decimal(number, &constant) ? comparison(column, op, type, constant) : NULL;
		case DATEOID:
			return comparison(column, op, type, DateADTGetDatum(day));
		default:
			return NULL;
	}
}

/*
 * Builds `column = ANY (texts)` or `column <> ALL (texts)`; for a single text, without the
 * array.
 */
static Expr *
among(Expr *column, Oid collation, const List *texts, bool equal)
{
	Oid			opno = equal ? TextEqualOperator : get_negator(TextEqualOperator);
	Oid			function = equal ? F_TEXTEQ : F_TEXTNE;
	Datum	   *datums = palloc_array(Datum, list_length(texts));
	ListCell   *cell;

	foreach(cell, texts)
	{
		datums[foreach_current_index(cell)] = CStringGetTextDatum(lfirst(cell));
	}
	if (list_length(texts) == 1)
	{
		OpExpr	   *result = (OpExpr *) make_opclause(opno, BOOLOID, false, column,
													  (Expr *) makeConst(TEXTOID, -1, collation, -1, datums[0], false, false),
													  InvalidOid, collation);

		result->opfuncid = function;
		return (Expr *) result;
	}
	else
	{
		ScalarArrayOpExpr *result = makeNode(ScalarArrayOpExpr);
		ArrayType  *array = construct_array(datums, list_length(texts), TEXTOID, -1, false, TYPALIGN_INT);

		result->opno = opno;
		result->opfuncid = function;
		result->useOr = equal;
		result->inputcollid = collation;
		result->args = list_make2(column, makeConst(TEXTARRAYOID, -1, collation, -1,
													PointerGetDatum(array), false, false));
		result->location = -1;
		return (Expr *) result;
	}
}

/*
 * Builds a comparison of texts, which the rule compares byte by byte: so the column's
 * collation must be deterministic.  With `outside`, the result is true unless the column
 * has a declared value that makes the condition false, because undeclared values are
 * unknown.
 */
static Expr *
text_comparison(const RuleCondition *condition, Expr *column, bool outside)
{
	Oid			collation = exprCollation((Node *) column);
	Oid			type = getBaseType(exprType((Node *) column));

	if ((type != TEXTOID && type != VARCHAROID) || (outside && condition->others == NIL) ||
		!OidIsValid(collation) || !get_collation_isdeterministic(collation))
		return NULL;
	return among(operand(column, TEXTOID), collation, outside ? condition->others : condition->texts, !outside);
}

Expr *
native_comparison(const RuleCondition *condition, Expr *column)
{
	switch (condition->kind)
	{
		case CONDITION_COMPARE:
			return value_comparison(column, condition->op, &condition->constant.low, condition->constant.day);
		case CONDITION_TEXT_IN:
			return text_comparison(condition, column, false);
		case CONDITION_TRUE:
			return operand(column, BOOLOID);
		case CONDITION_FALSE:
			return make_notclause(operand(column, BOOLOID));
	}
	return NULL;
}

/* ---------------- where rule and PostgreSQL differ ---------------- */

/* Tests for the least or the greatest value of the column's type. */
static Expr *
at_infinity(Expr *column, bool low)
{
	Oid			type = getBaseType(exprType((Node *) column));

	if (type == NUMERICOID)
		return comparison(column, low ? CMP_EQ : CMP_GE, NUMERICOID,
						  DirectFunctionCall3(numeric_in, CStringGetDatum(low ? "-Infinity" : "Infinity"),
											  ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
	return comparison(column, CMP_EQ, DATEOID, DateADTGetDatum(low ? DATEVAL_NOBEGIN : DATEVAL_NOEND));
}

/*
 * Builds a test for column values below or above the range, which the rule treats as
 * unknown.  Returns NULL if there are no such values.  Sets ok to false if the test cannot
 * be expressed.
 */
static Expr *
outside(const Fact *fact, Expr *column, bool low, bool *ok)
{
	int32		typmod = exprTypmod((Node *) column);
	Oid			type = getBaseTypeAndTypmod(exprType((Node *) column), &typmod);
	Expr	   *result;

	if (low ? fact->has_low : fact->has_high)
	{
		Value		range;

		value_set_unknown(&range, fact);
		result = value_comparison(column, low ? CMP_LT : CMP_GT, low ? &range.low : &range.high,
								  low ? range.day : range.last_day);
		*ok &= result != NULL;
		return result;
	}
	if (type == INT2OID || type == INT4OID || type == INT8OID)
		return NULL;
	/* numeric(p,s) has no infinities, and NaN sorts above all numbers */
	if (type == NUMERICOID && low && typmod >= 0)
		return NULL;
	result = at_infinity(column, low);
	*ok &= result != NULL;
	return result;
}

Expr *
native_condition(const RuleCondition *condition, const Fact *fact, Expr *column, bool *exact)
{
	Oid			type = getBaseType(exprType((Node *) column));
	CompareOp	op = condition->op;
	Expr	   *native;
	Expr	   *below = NULL;
	Expr	   *above = NULL;
	bool		ok = true;

	/* the native gives NULL for NULL, which is less than true */
	if (condition->when_null == TRUTH_TRUE || condition->when_unknown == TRUTH_TRUE)
		return NULL;
	*exact = condition->when_null == TRUTH_UNKNOWN && type != NUMERICOID && type != DATEOID &&
		!fact->has_low && !fact->has_high && fact->values == NIL;
	if (condition->when_unknown == TRUTH_UNKNOWN)
	{
		if (fact->values)
			return condition->kind == CONDITION_TEXT_IN ? text_comparison(condition, column, true) : NULL;
		if (condition->kind == CONDITION_COMPARE)
		{
			/*
			 * with unknown values other than NULL, <> would have to be true
			 * for all of them
			 */
			if (op == CMP_NE && !*exact)
				return NULL;
			if (op != CMP_LT && op != CMP_LE)
				below = outside(fact, column, true, &ok);
			if (op != CMP_GT && op != CMP_GE)
				above = outside(fact, column, false, &ok);
		}
	}
	native = native_comparison(condition, column);
	if (native == NULL || !ok)
		return NULL;
	if (below)
		native = make_orclause(list_make2(native, below));
	if (above)
		native = make_orclause(list_make2(native, above));
	return native;
}
