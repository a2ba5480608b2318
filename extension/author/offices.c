/*
 * offices.c
 *		The offices that a sentence names as responsible.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "outline.h"

static const char *const labels[] = {
"责任单位", "责任部门", "责任主体", "牵头单位", "牵头部门", "配合单位", "配合部门", "参与单位", "协办单位", "主责单位", "实施单位"};

/* Moves past a label with its colon. */
static bool
take_label(Slice *text)
{
	size_t		i;

	switch (slice_peek(*text))
	{
		case 0x8D23:			/* 责 */
		case 0x7275:			/* 牵 */
		case 0x914D:			/* 配 */
		case 0x53C2:			/* 参 */
		case 0x534F:			/* 协 */
		case 0x4E3B:			/* 主 */
		case 0x5B9E:			/* 实 */
			break;
		default:
			return false;
	}
	for (i = 0; i < lengthof(labels); i++)
	{
		Slice		rest = *text;

		if (!slice_take(&rest, labels[i]))
			continue;
		slice_skip_spaces(&rest);
		if (!slice_take(&rest, ":"))
			continue;
		*text = rest;
		return true;
	}
	return false;
}

static List *
add_office(List *offices, Slice name)
{
	static const char *const ends[] = {"等按职责分工负责", "按职责分工负责", "按职责分工", "牵头", "配合", "负责"};
	size_t		i;

	name = slice_trim(name);
	(void) take_label(&name);
	name = slice_trim(name);
	for (i = 0; i < lengthof(ends); i++)
	{
		size_t		length = strlen(ends[i]);

		if ((size_t) (name.end - name.at) > length && memcmp(name.end - length, ends[i], length) == 0)
			name.end -= length;
	}
	name = slice_trim(name);
	if (slice_is_empty(name))
		return offices;
	return lappend(offices, slice_copy(name));
}

/* Cuts a list of offices; brackets within a name stay together. */
static List *
add_offices(List *offices, Slice *text, bool in_brackets, bool by_space)
{
	Slice		name = *text;
	int			brackets = 0;

	for (;;)
	{
		const char *before = text->at;
		pg_wchar	c;

		CHECK_FOR_INTERRUPTS();
		if (slice_is_empty(*text))
			return add_office(offices, slice(name.at, text->end));
		c = slice_next(text);
		if (c == '(')
			brackets++;
		else if (c == ')' && brackets > 0)
			brackets--;
		else if ((c == ')' && in_brackets) || c == 0x3002)
			return add_office(offices, slice(name.at, before));
		else if (brackets == 0 && (c == 0x3001 || c == ',' || c == ';' || (by_space && c == ' ')))
		{
			offices = add_office(offices, slice(name.at, before));
			name.at = text->at;
		}
	}
}

List *
offices_in(const char *text)
{
	List	   *offices = NIL;
	Slice		rest = {text, text + strlen(text)};
	bool		bracket = false;

	while (!slice_is_empty(rest))
	{
		pg_wchar	c = slice_peek(rest);

		CHECK_FOR_INTERRUPTS();
		if (c != '(' && take_label(&rest))
			offices = add_offices(offices, &rest, bracket, false);
		else
			(void) slice_next(&rest);
		bracket = c == '(' || (bracket && c == ' ');
	}
	return offices;
}

List *
offices_of_cell(const char *cell)
{
	Slice		text = {cell, cell + strlen(cell)};
	List	   *offices = add_offices(NIL, &text, false, true);

	return offices;
}
