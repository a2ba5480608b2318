/*
 * statements.c
 *		The statements of a document as parts that can be compared.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"

#include "statements.h"

static const TwoWords of_policy = {"policy", "政策"};
static const TwoWords of_fact = {"fact", "事实"};
static const TwoWords of_table = {"table", "表"};
static const TwoWords of_define = {"define", "定义"};
static const TwoWords of_score = {"score", "评分"};
static const TwoWords of_clause = {"clause", "条款"};
static const TwoWords of_stage = {"stage", "阶段"};
static const TwoWords of_ladder = {"ladder", "阶梯"};
static const TwoWords of_rung = {"rung", "层级"};
static const TwoWords of_group = {"group", "组"};
static const TwoWords of_population = {"population", "总体"};
static const TwoWords of_selection = {"select", "选取"};
static const TwoWords of_budget = {"budget", "总额"};
static const TwoWords of_target = {"target", "目标"};
static const TwoWords of_service = {"service", "服务"};

static const TwoWords is_whole = {"text", "内容"};
static const TwoWords is_title = {"title", "标题"};
static const TwoWords is_number = {"number", "文号"};
static const TwoWords is_issuer = {"issuer", "发文机关"};
static const TwoWords is_region = {"region", "地区"};
static const TwoWords is_issued = {"issued", "印发日"};
static const TwoWords is_from = {"in force from", "施行日"};
static const TwoWords is_until = {"in force until", "失效日"};
static const TwoWords is_series = {"series", "系列"};
static const TwoWords is_repeals = {"repeals", "废止"};
static const TwoWords is_source = {"source", "来源"};
static const TwoWords is_kind = {"kind", "类别"};
static const TwoWords is_when = {"when", "条件"};
static const TwoWords is_should = {"should", "原则性条件"};
static const TwoWords is_pay = {"pay", "金额"};
static const TwoWords is_cap = {"cap", "封顶"};
static const TwoWords is_cap_in_all = {"cap in all", "累计封顶"};
static const TwoWords is_on = {"on", "事件日"};
static const TwoWords is_expression = {"expression", "算式"};
static const TwoWords is_members = {"members", "成员"};
static const TwoWords is_article = {"article", "条文"};
static const TwoWords is_wording = {"wording", "原文"};
static const TwoWords is_office = {"office", "责任单位"};
static const TwoWords is_summary = {"summary", "摘要"};
static const TwoWords is_note = {"note", "注"};
static const TwoWords is_covers = {"covers", "涵盖"};
static const TwoWords is_subject = {"subject", "对象"};
static const TwoWords is_level = {"level", "级次"};

char *
statement_text(const Policy *policy, Span span)
{
	const char *at = policy->text + span.start;
	const char *end = policy->text + span.end;
	StringInfoData text;
	bool		quoted = false;

	initStringInfo(&text);
	for (; at < end; at++)
	{
		if (*at == '\'')
			quoted = !quoted;
		if (!quoted && at + 1 < end && at[0] == '-' && at[1] == '-')
		{
			while (at + 1 < end && at[1] != '\n')
				at++;
			continue;
		}
		if (!quoted && isspace((unsigned char) *at))
		{
			if (text.len > 0 && text.data[text.len - 1] != ' ')
				appendStringInfoChar(&text, ' ');
			continue;
		}
		appendStringInfoChar(&text, *at);
	}
	while (text.len > 0 && text.data[text.len - 1] == ' ')
		text.data[--text.len] = '\0';
	return text.data;
}

/* ---------------- parts ---------------- */

static void
add_text(PartedStatement *statement, const TwoWords *name, const char *text)
{
	StatementPart *part;

	if (text == NULL || *text == '\0')
		return;
	part = palloc(sizeof(StatementPart));
	part->name = name;
	part->text = pstrdup(text);
	part->several = name == &is_note;
	statement->parts = lappend(statement->parts, part);
}

static void
add_expression(PartedStatement *statement, const TwoWords *name, const Policy *policy, const Expression *expr)
{
	if (expr)
		add_text(statement, name, statement_text(policy, expr->span));
}

static void
add_expressions(PartedStatement *statement, const TwoWords *name, const Policy *policy, const List *exprs)
{
	StringInfoData all;
	ListCell   *cell;

	initStringInfo(&all);
	foreach(cell, exprs)
	{
		appendStringInfo(&all, "%s%s", all.len > 0 ? "; " : "",
						 statement_text(policy, ((const Expression *) lfirst(cell))->span));
	}
	add_text(statement, name, all.data);
}

static void
add_texts(PartedStatement *statement, const TwoWords *name, const List *texts)
{
	StringInfoData all;
	ListCell   *cell;

	initStringInfo(&all);
	foreach(cell, texts)
	{
		appendStringInfo(&all, "%s%s", all.len > 0 ? ", " : "", (const char *) lfirst(cell));
	}
	add_text(statement, name, all.data);
}

static void
add_date(PartedStatement *statement, const TwoWords *name, bool there, DateADT date)
{
	if (there)
		add_text(statement, name, date_text(date));
}

/* Adds the attributes that every provision may have. */
static void
add_attributes(PartedStatement *statement, const Provision *provision)
{
	ListCell   *cell;

	add_text(statement, &is_article, provision->article);
	add_text(statement, &is_wording, provision->wording);
	add_texts(statement, &is_office, provision->offices);
	add_text(statement, &is_summary, provision->summary);
	add_texts(statement, &is_covers, provision->covers);
	if (provision->subject != SUBJECT_ENTERPRISE)
		add_text(statement, &is_subject, subject_name(provision->subject));
	foreach(cell, provision->notes)
	{
		const Note *note = lfirst(cell);

		add_text(statement, &is_note, note->code ? psprintf("%s %s", note->code, note->text) : note->text);
	}
}

static PartedStatement *
add_statement(List **statements, const TwoWords *kind, const char *code, Span span)
{
	PartedStatement *statement = palloc0(sizeof(PartedStatement));

	CHECK_FOR_INTERRUPTS();
	statement->kind = kind;
	statement->code = code ? code : "";
	statement->span = span;
	*statements = lappend(*statements, statement);
	return statement;
}

static PartedStatement *
add_provision(List **statements, const TwoWords *kind, const Provision *provision)
{
	PartedStatement *statement = add_statement(statements, kind, provision->code, provision->span);

	add_text(statement, &is_title, provision->title);
	return statement;
}

/* ---------------- statements ---------------- */

static void
add_header(List **statements, const Policy *policy, const Document *doc)
{
	PartedStatement *statement = add_statement(statements, &of_policy, "", doc->header);
	ListCell   *cell;

	add_text(statement, &is_title, doc->provision.title);
	add_text(statement, &is_number, doc->number);
	add_text(statement, &is_issuer, doc->issuer);
	add_text(statement, &is_region, doc->region);
	add_date(statement, &is_issued, doc->has_issued, doc->issued);
	add_date(statement, &is_from, doc->has_from, doc->from);
	add_date(statement, &is_until, doc->has_until, doc->until);
	add_text(statement, &is_series, doc->series);
	add_texts(statement, &is_repeals, doc->repeals);
	add_text(statement, &is_source, doc->source);
	add_attributes(statement, &doc->provision);
	foreach(cell, doc->facts)
	{
		const Fact *fact = lfirst(cell);

		if (fact->span.end > 0 && fact->declared_by == NULL)
			add_text(add_statement(statements, &of_fact, fact->name, fact->span), &is_whole,
					 statement_text(policy, fact->span));
	}
}

static void
add_clause(List **statements, const Policy *policy, const Clause *clause)
{
	PartedStatement *statement = add_provision(statements, &of_clause, &clause->provision);
	ListCell   *cell;

	add_text(statement, &is_kind, psprintf("%s%s", clause_kind_name(clause->kind), clause->per_year ? " per year" : ""));
	add_expression(statement, &is_when, policy, clause->when);
	add_expressions(statement, &is_should, policy, clause->should);
	if (clause->undetermined)
		add_text(statement, &is_pay, "undetermined");
	add_expression(statement, &is_pay, policy, clause->pay);
	add_expression(statement, &is_cap, policy, clause->cap);
	add_expression(statement, &is_cap_in_all, policy, clause->cap_in_all);
	add_attributes(statement, &clause->provision);
	foreach(cell, clause->stages)
	{
		const Stage *stage = lfirst(cell);
		PartedStatement *part = add_provision(statements, &of_stage, &stage->provision);

		part->code = psprintf("%s/%s", clause->provision.code, stage->provision.code);
		if (stage->each)
			add_text(part, &is_kind, psprintf("each %s%s", stage->each, stage->once ? " once" : ""));
		add_expression(part, &is_on, policy, stage->on);
		add_expression(part, &is_when, policy, stage->when);
		add_expression(part, &is_pay, policy, stage->pay);
		add_attributes(part, &stage->provision);
	}
}

static void
add_rung(List **statements, const Policy *policy, const Rung *rung)
{
	PartedStatement *statement = add_provision(statements, &of_rung, &rung->provision);

	add_text(statement, &is_level, psprintf("%d", rung->level));
	add_expression(statement, &is_when, policy, rung->when);
	add_expressions(statement, &is_should, policy, rung->should);
	add_attributes(statement, &rung->provision);
}

static void
add_group(List **statements, const Policy *policy, const ClauseGroup *group)
{
	PartedStatement *statement = add_provision(statements, &of_group, &group->provision);
	StringInfoData members;
	ListCell   *cell;

	initStringInfo(&members);
	foreach(cell, group->members)
	{
		appendStringInfo(&members, "%s%s", members.len > 0 ? ", " : "", ((const GroupMember *) lfirst(cell))->code);
	}
	add_text(statement, &is_kind, group->best ? "best of" : "sum of");
	add_text(statement, &is_members, members.data);
	add_expression(statement, &is_cap, policy, group->cap);
	add_expression(statement, &is_cap_in_all, policy, group->cap_in_all);
	add_attributes(statement, &group->provision);
}

/* Adds statements that are compared as a whole. */
static void
add_whole(List **statements, const TwoWords *kind, const Policy *policy, const List *provisions)
{
	ListCell   *cell;

	foreach(cell, provisions)
	{
		const Provision *provision = lfirst(cell);

		add_text(add_statement(statements, kind, provision->code, provision->span), &is_whole,
				 statement_text(policy, provision->span));
	}
}

List *
statements_parted(const Policy *policy, const Document *doc)
{
	List	   *statements = NIL;
	ListCell   *cell;

	if (doc->provision.code)
		add_header(&statements, policy, doc);
	add_whole(&statements, &of_table, policy, doc->tables);
	foreach(cell, doc->defines)
	{
		const Define *define = lfirst(cell);
		PartedStatement *statement = add_provision(&statements, define->is_score ? &of_score : &of_define,
												   &define->provision);

		add_expression(statement, &is_expression, policy, define->expr);
		add_attributes(statement, &define->provision);
	}
	foreach(cell, doc->clauses)
	{
		const Clause *clause = lfirst(cell);

		if (!clause->of_used)
			add_clause(&statements, policy, clause);
	}
	if (doc->has_ladder && doc->ladder)
		add_text(add_statement(&statements, &of_ladder, "", doc->ladder_span), &is_title, doc->ladder);
	foreach(cell, doc->rungs)
	{
		add_rung(&statements, policy, lfirst(cell));
	}
	foreach(cell, doc->groups)
	{
		add_group(&statements, policy, lfirst(cell));
	}
	add_whole(&statements, &of_population, policy, doc->populations);
	add_whole(&statements, &of_selection, policy, doc->selections);
	add_whole(&statements, &of_budget, policy, doc->budgets);
	add_whole(&statements, &of_target, policy, doc->targets);
	add_whole(&statements, &of_service, policy, doc->services);
	return statements;
}
