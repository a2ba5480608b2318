/*
 * yes.c
 *		Reads booleans from the cells of an office's table.
 */
#include "postgres.h"

#include "compat.h"

#include "cell.h"
#include "office_values.h"

ZJTX_FUNCTION(zjtx_to_yes);

static const char *const yes[] = {
	"是", "有", "对", "真", "符合", "具备", "已认定", "\u221A", "\u2713", "\u2714", "\u2611",
"y", "yes", "t", "true", "1"};
static const char *const no[] = {
	"否", "无", "没有", "不是", "非", "错", "假", "不符合", "不具备", "未认定", "\u00D7", "\u2717", "\u2718", "\u2612",
"n", "no", "f", "false", "0"};

OfficeReading
office_yes(const char *text, int length, bool *value)
{
	CellText	folded;

	if (!cell_fold(text, length, &folded))
		return OFFICE_UNREADABLE;
	*value = cell_is_among(folded.text, yes, lengthof(yes));
	if (*value || cell_is_among(folded.text, no, lengthof(no)))
		return OFFICE_VALUE;
	return cell_is_nothing(&folded) ? OFFICE_NOTHING : OFFICE_UNREADABLE;
}

/* to_yes(text) → boolean; NULL for an empty or unreadable text */
Datum
zjtx_to_yes(PG_FUNCTION_ARGS)
{
	text	   *cell = PG_GETARG_TEXT_PP(0);
	bool		value;

	if (office_yes(VARDATA_ANY(cell), VARSIZE_ANY_EXHDR(cell), &value) != OFFICE_VALUE)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(value);
}
