/*
 * page.c
 *		The elements of a page of HTML.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "answers/labelled.h"
#include "page.h"

void
page_put(Page *page, const char *html)
{
	appendStringInfoString(&page->html, html);
}

void
page_put_text(Page *page, const char *text)
{
	for (; text && *text; text++)
	{
		switch (*text)
		{
			case '&':
				page_put(page, "&amp;");
				break;
			case '<':
				page_put(page, "&lt;");
				break;
			case '>':
				page_put(page, "&gt;");
				break;
			case '"':
				page_put(page, "&quot;");
				break;
			case '\'':
				page_put(page, "&#39;");
				break;
			default:
				appendStringInfoChar(&page->html, *text);
		}
	}
}

void
page_put_element(Page *page, const char *open, const char *text, const char *close)
{
	page_put(page, open);
	page_put_text(page, text);
	page_put(page, close);
}

void
page_put_property(Page *page, const char *name, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	page_put_element(page, "<dt>", name, "</dt>");
	page_put_element(page, "<dd>", text, "</dd>\n");
}

char *
page_source(const Page *page, Span span)
{
	return pnstrdup(page->policy->text + span.start, span.end - span.start);
}

char *
page_shown(const Page *page, const Expression *expr)
{
	return labelled_source(page->words, page->policy->text, expr, 0);
}

const char *
page_fact(const Page *page, const Fact *fact)
{
	return labelled_fact(page->words, fact);
}
