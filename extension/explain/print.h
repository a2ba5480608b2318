/*
 * print.h
 *		Printing of an explanation: the parts of a line.
 */
#ifndef ZJTX_PRINT_H
#define ZJTX_PRINT_H

#include "postgres.h"

#include "lib/stringinfo.h"

#include "explain.h"

typedef struct Printer
{
	StringInfoData buf;
	const Phrases *words;
	bool		alone;			/* only one clause or rung was asked, so its
								 * notes are printed in full */
	List	   *notes;			/* otherwise: those whose first sentence was
								 * printed */
} Printer;

/*
 * Each appends to the line:
 *
 * explain_put_value: the value found, or why there is none
 * explain_put_subject: the name or source of the expression that has the value
 * explain_put_facts: facts and their values, separated by commas
 * explain_put_band: the step of a band, after the band's subject
 * explain_put_amount: an amount, or its range; explain_amount_text returns it
 * explain_put_provision: clause 3 'title' (article), or 第5条（认定奖励）
 * explain_put_money: the name of an amount, and the amount itself if it adds information
 */
extern void explain_put_value(Printer *printer, const ExplainNode *node);
extern void explain_put_subject(Printer *printer, const ExplainNode *node);
extern void explain_put_facts(Printer *printer, const List *facts);
extern void explain_put_band(Printer *printer, const ExplainNode *node);
extern void explain_put_amount(Printer *printer, const Amount *amount, const Clause *clause);
extern char *explain_amount_text(const Phrases *words, const Amount *amount, const Clause *clause);
extern void explain_put_provision(Printer *printer, const ExplainNode *node, const char *what);
extern void explain_put_money(Printer *printer, const ExplainNode *node);

#endif							/* ZJTX_PRINT_H */
