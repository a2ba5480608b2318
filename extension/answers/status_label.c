/*
 * status_label.c
 *		Chinese words for codes.  A code means the same wherever it is.
 */
#include "postgres.h"

#include "compat.h"
#include "utils/builtins.h"

#include "status_label.h"

ZJTX_FUNCTION(zjtx_status_label);

static const struct
{
	const char *code;
	const char *label;
}			labels[] = {

	/* statuses of lines */
	{"owed", "应得"}, {"capped", "封顶"}, {"nothing", "金额为零"}, {"undetermined", "没有定数额"},
	{"satisfied", "符合"}, {"refused", "不符合"}, {"to come", "尚未到期"}, {"undecided", "未定"},

	/* kinds of entries of the ledger; owed and undecided are above */
	{"lapsed", "不再符合"}, {"reached", "符合"}, {"lost", "不再符合"}, {"withdrawn", "撤销"},
	{"moved", "转到别的编号"}, {"carried", "结转"}, {"paid", "兑付"},

	/* balances */
	{"due", "待兑付"}, {"overpaid", "多付"}, {"settled", "已结清"},

	/* findings of check_table */
	{"given", "可直接使用"}, {"mapped", "视图取数"}, {"absent", "缺"}, {"type", "类型不符"}, {"denied", "无权读取"},
	{"nulls", "未填"}, {"unreadable", "读不出"}, {"mixed", "写法不一"}, {"near", "接近取值"}, {"contains", "包含取值"},
	{"equality", "相等不同"}, {"range", "超出范围"}, {"unit", "单位可疑"}, {"years", "年份"}, {"twice", "同年重复"},
	{"sample", "抽查"}, {"duplicates", "主键重复"}, {"stale", "过时"}, {"view", "视图"}
};

const char *
status_label(const char *code)
{
	size_t		i;

	for (i = 0; i < lengthof(labels); i++)
		if (strcmp(labels[i].code, code) == 0)
			return labels[i].label;
	return NULL;
}

/* status_label(code text) → text: NULL for a text that is no code */
Datum
zjtx_status_label(PG_FUNCTION_ARGS)
{
	const char *label = status_label(text_to_cstring(PG_GETARG_TEXT_PP(0)));

	if (label == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(label));
}
