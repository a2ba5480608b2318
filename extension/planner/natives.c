/*
 * natives.c
 *		Conditions of a rule as PostgreSQL's own expressions on columns.
 *
 * A rule and PostgreSQL differ where a column holds what the rule takes for unknown:
 * a value outside the fact's declared range, NaN or an infinity.  There the rule is
 * undecided, and a native condition must not be false.  So the native of `x >= 5`
 * for a fact at least 0 is `x >= 5 or x < 0`, and that of `size = 'micro'` for a fact
 * in ('micro' '微型', 'small' '小型') is `size <> ALL ('{small,小型}')`.
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
 * The column as what PostgreSQL's operators take: the type below its domains, text for
 * varchar.  Its collation stays.
 */
static Expr *
operand(Expr *column, Oid type)
{
	Expr	   *copy = copyObject(column);

	if (exprType((Node *) column) == type)
		return copy;
	return (Expr *) makeRelabelType(copy, type, -1, exprCollation((Node *) column), COERCE_IMPLICIT_CAST);
}

/* column op constant, both of one type */
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

/* A number as an exact decimal; false if it has none of at most 20 places. */
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

/* An integer column against a number: the same against an integer. */
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

/* The column against a number or a date. */
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

/* column = ANY (texts), or column <> ALL (texts); of one text without the array */
static Expr *
among(Expr *column, Oid collation, const List *texts, bool equal)
{
	Oid			opno = equal ? TextEqualOperator : get_negator(TextEqualOperator);
	Oid			function = equal ? F_TEXTEQ : F_TEXTNE;
	Datum	   *datums = palloc_array(Datum, list_length(texts));
	ListCell   *cell;

	foreach(cell, texts)
		datums[foreach_current_index(cell)] = CStringGetTextDatum(lfirst(cell));
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
 * Equality of texts is that of bytes where the collation is deterministic.  outside: that
 * the column holds nothing that makes the condition false, of a fact that declares values;
 * what it does not declare is unknown.
 */
static Expr *
text_comparison(const Condition *condition, Expr *column, bool outside)
{
	Oid			collation = exprCollation((Node *) column);
	Oid			type = getBaseType(exprType((Node *) column));

	if ((type != TEXTOID && type != VARCHAROID) || (outside && condition->others == NIL) ||
		!OidIsValid(collation) || !get_collation_isdeterministic(collation))
		return NULL;
	return among(operand(column, TEXTOID), collation, outside ? condition->others : condition->texts, !outside);
}

Expr *
native_comparison(const Condition *condition, Expr *column)
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

/* The least number or date of the column's type, or the greatest. */
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
 * What the column may hold below or above that the rule takes for unknown; NULL if there
 * is nothing of that kind.  ok: false if it cannot be said.
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
	/* numeric(p,s) holds NaN, which is above every number, and no infinity */
	if (type == NUMERICOID && low && typmod >= 0)
		return NULL;
	result = at_infinity(column, low);
	*ok &= result != NULL;
	return result;
}

Expr *
native_condition(const Condition *condition, const Fact *fact, Expr *column, bool *exact)
{
	Oid			type = getBaseType(exprType((Node *) column));
	CompareOp	op = condition->op;
	Expr	   *native;
	Expr	   *below = NULL;
	Expr	   *above = NULL;
	bool		ok = true;

	/* PostgreSQL's NULL is never lower than what is not true */
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
			/* where something is unknown beside NULL, <> would have to be true of all of it */
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
