/*
 * articles.c
 *		Finds parts of a policy by the number of their article. 5 and 第五条 are the same number.
 */
#include "postgres.h"

#include "derive.h"

static const char *const chinese_digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

/* Returns 1 to 99 in Chinese, as articles are numbered, or NULL. */
static char *
chinese_number(int number)
{
	if (number < 1 || number > 99)
		return NULL;
	return psprintf("%s%s%s", number < 20 ? "" : chinese_digits[number / 10], number < 10 ? "" : "十",
					chinese_digits[number % 10]);
}

/*
 * Converts an article's number between digits and Chinese; returns NULL if it is neither.
 */
static char *
other_number(const char *number)
{
	int			i;

	if (strlen(number) <= 2 && strspn(number, "0123456789") == strlen(number))
		return chinese_number(atoi(number));
	for (i = 1; i <= 99; i++)
		if (strcmp(number, chinese_number(i)) == 0)
			return psprintf("%d", i);
	return NULL;
}

/*
 * Returns whether a code is the number or begins with it: 5-giant and 8a begin with 5 and
 * 8, but 51 does not begin with 5.
 */
static bool
begins_with(const char *code, const char *number)
{
	size_t		length = strspn(number, "0123456789");

	return length > 0 && number[length] == '\0' && strncmp(code, number, length) == 0 &&
		(code[length] < '0' || code[length] > '9');
}

static List *
add_parts_named(List *codes, const List *provisions, const char *number, const char *other)
{
	ListCell   *cell;
	ListCell   *code;

	foreach(cell, provisions)
	{
		const Provision *provision = lfirst(cell);

		if (!begins_with(provision->code, number) && !(other && begins_with(provision->code, other)) &&
			!(provision->article && (strcmp(provision->article, number) == 0 ||
									 (other && strcmp(provision->article, other) == 0))))
			continue;
		foreach(code, codes)
		{
			if (strcmp(lfirst(code), provision->code) == 0)
				break;
		}
		if (code == NULL)
			codes = lappend(codes, provision->code);
	}
	return codes;
}

List *
policy_parts_named(const Policy *policy, const char *name)
{
	size_t		length = strlen(name);
	const size_t hanzi = strlen("第");
	char	   *number = pstrdup(name);
	char	   *other = NULL;
	List	   *codes = NIL;
	ListCell   *cell;

	if (length > 2 * hanzi && strncmp(name, "第", hanzi) == 0 && strcmp(name + length - hanzi, "条") == 0)
	{
		number = pnstrdup(name + hanzi, length - 2 * hanzi);
		other = other_number(number);
	}
	if (*number == '\0')
		return NIL;
	foreach(cell, policy->documents)
	{
		const Document *doc = lfirst(cell);

		if (doc->bare)
			continue;
		codes = add_parts_named(codes, doc->clauses, number, other);
		codes = add_parts_named(codes, doc->rungs, number, other);
		codes = add_parts_named(codes, doc->groups, number, other);
	}
	return codes;
}
