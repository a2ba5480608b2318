/*
 * teach_words.c
 *		Words and notations that people use instead of those of the language.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/date.h"

#include "teach.h"

typedef struct Synonym
{
	const char *word;
	const char *means;
} Synonym;

static const char *
find_synonym(const Synonym *synonyms, size_t count, const char *word)
{
	size_t		i;

	for (i = 0; i < count; i++)
		if (strcmp(synonyms[i].word, word) == 0)
			return synonyms[i].means;
	return NULL;
}

/* Returns the longest of several words that the text begins with, or NULL. */
static const char *
longest_prefix(const char *const *words, size_t count, const char *text)
{
	const char *best = NULL;
	size_t		i;

	for (i = 0; i < count; i++)
		if (strncmp(text, words[i], strlen(words[i])) == 0 &&
			(best == NULL || strlen(words[i]) > strlen(best)))
			best = words[i];
	return best;
}

/* ---------------- digits ---------------- */

/* Reads one digit, ASCII or full-width; returns its length, or 0. */
static int
digit(const char *text, int *value)
{
	if (*text >= '0' && *text <= '9')
	{
		*value = *text - '0';
		return 1;
	}
	if (strncmp(text, "\xEF\xBC", 2) == 0 && (unsigned char) text[2] >= 0x90 && (unsigned char) text[2] <= 0x99)
	{
		*value = (unsigned char) text[2] - 0x90;
		return 3;
	}
	return 0;
}

/* Reads up to 8 digits; returns how many there are. */
static int
digits(const char **text, int *value)
{
	int			count = 0;
	int			one;
	int			length;

	*value = 0;
	while (count < 9 && (length = digit(*text, &one)) > 0)
	{
		if (count < 8)
			*value = *value * 10 + one;
		*text += length;
		count++;
	}
	return count;
}

static bool
skip(const char **text, const char *word)
{
	if (strncmp(*text, word, strlen(word)) != 0)
		return false;
	*text += strlen(word);
	return true;
}

/* ---------------- dates ---------------- */

static bool
set_day(DateLike *found, int year, int month, int day)
{
	found->whole = true;
	if (!date_of(year, month, day, &found->first))
		return false;
	found->last = found->first;
	return true;
}

bool
teach_date_like(const char *text, DateLike *found)
{
	static const char *const signs[] = {"-", "/", ".", "－", "／", "．", "年"};
	const char *at = text;
	const char *sign = NULL;
	int			year,
				month,
				day,
				count;
	size_t		i;

	count = digits(&at, &year);
	if (count == 8 && set_day(found, year / 10000, year / 100 % 100, year % 100))
	{
		found->length = at - text;
		return year / 10000 >= 1900 && year / 10000 <= 2999;
	}
	if (count != 4 || year < 1900 || year > 2999)
		return false;
	for (i = 0; i < lengthof(signs) && sign == NULL; i++)
		if (skip(&at, signs[i]))
			sign = signs[i];
	if (sign == NULL)
		return false;
	count = digits(&at, &month);
	if (count < 1 || count > 2 || month < 1 || month > 12)
		return false;
	if (skip(&at, strcmp(sign, "年") == 0 ? "月" : sign))
	{
		const char *before = at;

		count = digits(&at, &day);
		if (count == 1 || count == 2)
		{
			if (!skip(&at, "日"))
				skip(&at, "号");
			found->length = at - text;
			return set_day(found, year, month, day);
		}
		at = before;
		if (strcmp(sign, "年") != 0)
			at -= strlen(sign);
		else
			skip(&at, "份");
	}
	found->whole = false;
	found->length = at - text;
	if (!date_of(year, month, 1, &found->first) ||
		!date_of(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1, &found->last))
		return false;
	found->last--;
	return true;
}

char *
teach_date_correction(const DateLike *found)
{
	if (found->whole)
		return date_text(found->first);
	return psprintf("%s or %s", date_text(found->first), date_text(found->last));
}

/* ---------------- quantities ---------------- */

static const char *const magnitudes[] = {"十", "百", "千", "万", "亿"};

int
teach_quantity_length(const char *text, bool *has_unit)
{
	const char *at = text;
	const char *magnitude;
	int			one;
	int			length;
	int			best = 0;
	int			i;

	while ((length = digit(at, &one)) > 0)
		at += length;
	if (at == text)
		return 0;
	if (*at == '.' && digit(at + 1, &one) > 0)
		for (at++; (length = digit(at, &one)) > 0;)
			at += length;
	*has_unit = skip(&at, "%") || skip(&at, "％");
	if (*has_unit)
		return at - text;
	while ((magnitude = longest_prefix(magnitudes, lengthof(magnitudes), at)) != NULL)
		at += strlen(magnitude);

	/* the longest unit; none has more than six characters */
	for (i = 0, length = 0; i < 6 && at[length] != '\0'; i++)
	{
		length += pg_utf_mblen((const unsigned char *) at + length);
		if (unit_find(NIL, pnstrdup(at, length)))
			best = length;
	}
	*has_unit = best > 0;
	return at - text + best;
}

bool
teach_ends_in_magnitude(const char *number)
{
	size_t		length = strlen(number);
	size_t		i;

	for (i = 0; i < lengthof(magnitudes); i++)
		if (length > strlen(magnitudes[i]) &&
			strcmp(number + length - strlen(magnitudes[i]), magnitudes[i]) == 0)
			return true;
	return false;
}

const char *
teach_bound_word(const char *text, int *length)
{
	static const char *const above[] = {"以上", "及以上", "（含）以上", "(含)以上", "以上的"};
	static const char *const below[] = {"以下", "及以下", "以内", "之内", "以下的", "以内的"};
	const char *found = longest_prefix(above, lengthof(above), text);
	const char *sign = ">=";

	if (found == NULL)
	{
		found = longest_prefix(below, lengthof(below), text);
		sign = "<=";
	}
	if (found == NULL)
		return NULL;
	*length = strlen(found);
	return sign;
}

static const Synonym unit_synonyms[] = {
	{"员", "元"}, {"圆", "元"}, {"园", "元"}, {"円", "元"}, {"块", "元"}, {"块钱", "元"}, {"元整", "元"},
	{"人民币", "元"}, {"元人民币", "元"}, {"RMB", "元"}, {"rmb", "元"}, {"yuan", "元"}, {"CNY", "元"}, {"cny", "元"},
	{"个人", "人"}, {"位", "人"}, {"名员工", "人"}, {"人次", "次"}, {"people", "人"}, {"persons", "人"},
	{"岁", "年"}, {"周年", "年"}, {"years", "年"}, {"year", "年"},
	{"个月", "月"}, {"month", "月"}, {"months", "月"}, {"个工作日", "日"}, {"号", "日"}, {"days", "日"}, {"day", "日"},
	{"平米", "平方米"}, {"平方", "平方米"}, {"平", "平方米"}, {"m2", "平方米"}, {"m²", "平方米"},
	{"所", "家"}, {"间", "家"}, {"企业", "家"}, {"家企业", "家"}, {"个点", "%"}, {"percent", "%"}, {"百分点", "%"}, {"个百分点", "%"},
	{"百分比", "%"}, {"百分数", "%"}, {"分值", "分"}, {"points", "分"}
};

/*
 * Magnitudes before the word are skipped, because a fact is declared in 元, not in 万元.
 */
const char *
teach_unit(const char *word)
{
	const char *magnitude;
	const char *means = NULL;
	bool		skipped = false;

	while ((magnitude = longest_prefix(magnitudes, lengthof(magnitudes), word)) != NULL && means == NULL)
	{
		skipped = true;
		word += strlen(magnitude);
		means = find_synonym(unit_synonyms, lengthof(unit_synonyms), word);
	}
	if (means == NULL)
		means = find_synonym(unit_synonyms, lengthof(unit_synonyms), word);
	if (means == NULL && skipped && unit_find(NIL, word))
		means = unit_name(unit_find(NIL, word));
	return means;
}

/* ---------------- numbers in Chinese characters ---------------- */

static int
numeral_digit(const char **text)
{
	static const char *const numerals[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
	int			i;

	for (i = 0; i < 10; i++)
		if (skip(text, numerals[i]))
			return i;
	if (skip(text, "两"))
		return 2;
	return skip(text, "〇") ? 0 : -1;
}

/* Reads a number below 10000; returns -1 if there is none. */
static int
numeral_section(const char **text)
{
	const char *start = *text;
	int			value = 0;

	for (;;)
	{
		int			one = numeral_digit(text);
		bool		none = one < 0;

		if (skip(text, "千"))
			value += (none ? 1 : one) * 1000;
		else if (skip(text, "百"))
			value += (none ? 1 : one) * 100;
		else if (skip(text, "十"))
			value += (none ? 1 : one) * 10;
		else if (none)
			break;
		else if (one > 0)
		{
			value += one;
			break;
		}
	}
	return *text == start ? -1 : value;
}

char *
teach_numeral(const char *word, bool *has_unit)
{
	const char *at = word;
	bool		percent = skip(&at, "百分之");
	StringInfoData buf;
	int			value;
	int			one;

	initStringInfo(&buf);
	value = numeral_section(&at);
	if (value < 0 && percent)
	{
		/* 百分之5 */
		while (digit(at, &one) > 0 || *at == '.')
		{
			if (*at == '.')
				appendStringInfoChar(&buf, *at++);
			else
			{
				at += digit(at, &one);
				appendStringInfoChar(&buf, '0' + one);
			}
		}
		if (buf.len == 0)
			return NULL;
	}
	else if (value < 0)
		return NULL;
	else
		appendStringInfo(&buf, "%d", value);
	if (skip(&at, "点"))
	{
		appendStringInfoChar(&buf, '.');
		while ((one = numeral_digit(&at)) >= 0)
			appendStringInfoChar(&buf, '0' + one);
	}
	if (percent)
	{
		*has_unit = true;
		return *at == '\0' ? psprintf("%s%%", buf.data) : NULL;
	}
	if (skip(&at, "成") && *at == '\0')
	{
		*has_unit = true;
		return psprintf("%s0%%", buf.data);
	}
	if (skip(&at, "万"))
		appendStringInfoString(&buf, "万");
	if (skip(&at, "亿"))
		appendStringInfoString(&buf, "亿");
	*has_unit = *at != '\0';
	if (*has_unit && unit_find(NIL, at) == NULL && teach_unit(at) == NULL)
		return NULL;
	return psprintf("%s%s", buf.data, !*has_unit || unit_find(NIL, at) ? at : teach_unit(at));
}

/* ---------------- words ---------------- */

int
teach_yes_no(const char *word)
{
	static const Synonym words[] = {
		{"是", "y"}, {"有", "y"}, {"yes", "y"}, {"y", "y"}, {"对", "y"}, {"符合", "y"}, {"t", "y"}, {"1", "y"},
		{"否", "n"}, {"无", "n"}, {"没有", "n"}, {"不是", "n"}, {"no", "n"}, {"n", "n"}, {"不符合", "n"}, {"f", "n"}, {"0", "n"}
	};
	const char *means = find_synonym(words, lengthof(words), word);

	return means == NULL ? -1 : *means == 'y';
}

bool
teach_negation(const char *text, int *length)
{
	static const char *const words[] = {"不", "未", "没有", "没", "并非", "不是", "并未", "尚未", "未被", "不属于", "无", "!", "！"};
	const char *found = longest_prefix(words, lengthof(words), text);

	if (found == NULL)
		return false;
	*length = strlen(found);
	return true;
}

const char *
teach_comparison(const char *word)
{
	static const Synonym words[] = {
		{"不到", "不足"}, {"未达到", "不足"}, {"达不到", "不足"}, {"未满", "不满"}, {"不及", "不足"},
		{"未超过", "不超过"}, {"没有超过", "不超过"}, {"超出", "超过"}, {"超", "超过"}, {"大", "大于"}, {"小", "小于"},
		{"达", "达到"}, {"满", "达到"}, {"不低", "不低于"}, {"不高", "不高于"}, {"最少", "至少"}, {"最多", "至多"},
		{"大于等于", ">="}, {"大于或等于", ">="}, {"等于或大于", ">="}, {"高于或等于", ">="},
		{"小于等于", "<="}, {"小于或等于", "<="}, {"等于或小于", "<="}, {"低于或等于", "<="},
		{"eq", "="}, {"ne", "<>"}, {"gt", ">"}, {"ge", ">="}, {"lt", "<"}, {"le", "<="},
		{"equals", "="}, {"exceeds", ">"}, {"above", ">"}, {"below", "<"}, {"under", "<"}, {"over", ">"}
	};

	return find_synonym(words, lengthof(words), word);
}

const char *
teach_keyword(const char *word, int nth)
{
	static const Synonym words[] = {
		{"如果", "when"}, {"若", "when"}, {"条件", "when"}, {"if", "when"}, {"where", "when"}, {"provided", "when"},
		{"发放", "pay"}, {"支付", "pay"}, {"给", "pay"}, {"奖", "pay"}, {"补", "pay"}, {"pays", "pay"}, {"amount", "pay"},
		{"上限", "cap"}, {"最高", "cap"}, {"限额", "cap"}, {"最多", "cap"}, {"limit", "cap"}, {"max", "cap"}, {"maximum", "cap"},
		{"奖金", "reward"}, {"奖励金", "reward"}, {"奖励资金", "reward"}, {"grant", "reward"}, {"bonus", "reward"},
		{"资助", "subsidy"}, {"奖补金", "subsidy"}, {"奖补资金", "subsidy"}, {"补助金", "subsidy"}, {"补贴金", "subsidy"},
		{"补助资金", "subsidy"}, {"补贴资金", "subsidy"}, {"扶持", "subsidy"}, {"减免", "subsidy"},
		{"string", "text"}, {"varchar", "text"}, {"char", "text"}, {"字符串", "text"}, {"文字", "text"}, {"字符", "text"},
		{"integer", "number"}, {"int", "number"}, {"bigint", "number"}, {"numeric", "number"}, {"decimal", "number"},
		{"float", "number"}, {"数字", "number"}, {"数值", "number"}, {"整数", "number"}, {"小数", "number"}, {"金额", "number"},
		{"bool", "boolean"}, {"布尔", "boolean"}, {"逻辑", "boolean"}, {"day", "date"}, {"timestamp", "date"},
		{"时间", "date"}, {"日", "date"}, {"array", "list"}, {"数组", "list"}, {"清单", "list"}, {"明细", "list"},
		{"并", "and"}, {"同时", "and"}, {"以及", "and"}, {"和", "and"}, {"与", "and"}, {"而且", "and"}, {"及", "and"}, {"&&", "and"},
		{"或是", "or"}, {"要么", "or"}, {"||", "or"}, {"def", "define"}, {"let", "define"}, {"definition", "define"},
		{"变量", "fact"}, {"字段", "fact"}, {"指标", "fact"}, {"column", "fact"}, {"field", "fact"}, {"input", "fact"},
		{"rule", "clause"}, {"article", "clause"}, {"条", "clause"}, {"步骤", "stage"}, {"step", "stage"}, {"test", "example"},
		{"示例", "example"}, {"例子", "example"}, {"案例", "example"}, {"应当", "expect"}, {"期望", "expect"}, {"预期", "expect"},
		{"等级", "rung"}, {"梯队", "rung"}, {"文件", "policy"}, {"办法", "policy"}, {"document", "policy"}, {"law", "policy"}
	};
	size_t		i;

	for (i = 0; i < lengthof(words); i++)
		if (strcmp(words[i].word, word) == 0 && nth-- == 0)
			return words[i].means;
	return NULL;
}

const char *
teach_function(const char *word)
{
	static const Synonym words[] = {
		{"ifnull", "coalesce"}, {"nvl", "coalesce"}, {"isnull", "coalesce"}, {"ceiling", "ceil"}, {"roundup", "ceil"},
		{"rounddown", "floor"}, {"trunc", "floor"}, {"truncate", "floor"}, {"int", "floor"}, {"maximum", "greatest"},
		{"minimum", "least"}, {"最大值", "greatest"}, {"最小值", "least"}, {"较大值", "greatest"}, {"较小值", "least"},
		{"孰高", "greatest"}, {"孰低", "least"}, {"exists", "any"}, {"some", "any"}, {"every", "all"}, {"总和", "sum"},
		{"求和", "sum"}, {"个数", "count"}, {"取大", "greatest"}, {"取小", "least"}, {"向上取整", "ceil"}, {"向下取整", "floor"},
		{"months_between", "months"}, {"datediff", "months"}
	};

	return find_synonym(words, lengthof(words), word);
}
