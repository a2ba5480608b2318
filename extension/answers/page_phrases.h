/*
 * page_phrases.h
 *		The words of the page that render() writes for a document, part of the table of phrases (phrases.h).
 */
#ifndef ZJTX_PAGE_PHRASES_H
#define ZJTX_PAGE_PHRASES_H

#define PAGE_PHRASES(PHRASE) \
	PHRASE(page_language, "en", "zh-CN") \
	PHRASE(page_number, "Number", "文号") \
	PHRASE(page_issuer, "Issued by", "发文机关") \
	PHRASE(page_issued, "Issued on", "印发") \
	PHRASE(page_from, "In force from", "施行") \
	PHRASE(page_through, "through", "至") \
	PHRASE(page_repeals, "Repeals", "废止") \
	PHRASE(page_source, "Source", "来源") \
	PHRASE(page_facts, "Facts", "所需数据") \
	PHRASE(page_definitions, "Definitions", "定义") \
	PHRASE(page_scores, "Scores", "评分") \
	PHRASE(page_clauses, "Clauses", "条款") \
	PHRASE(page_ladder, "Ladder", "阶梯") \
	PHRASE(page_groups, "Groups", "组") \
	PHRASE(page_tables, "Tables", "表") \
	PHRASE(page_across, "Selections and budgets", "选取和总额") \
	PHRASE(page_targets, "Targets", "目标") \
	PHRASE(page_services, "Services", "服务") \
	PHRASE(page_examples, "Examples", "示例") \
	PHRASE(page_name, "Name", "名称") \
	PHRASE(page_label, "Label", "标签") \
	PHRASE(page_unit, "Unit", "单位、类型") \
	PHRASE(page_values, "Values", "取值") \
	PHRASE(page_when, "When", "条件") \
	PHRASE(page_should, "Should", "原则上") \
	PHRASE(page_pay, "Pays", "给予") \
	PHRASE(page_cap, "Cap", "封顶") \
	PHRASE(page_cap_in_all, "Cap over all periods", "累计封顶") \
	PHRASE(page_undetermined, "the text has no figure", "原文没有定数额") \
	PHRASE(page_on, "Day", "日期") \
	PHRASE(page_members, "Members", "成员") \
	PHRASE(page_goals, "Goals", "目标值") \
	PHRASE(page_is, "Rule", "规则") \
	PHRASE(page_result, "Result", "结果") \
	PHRASE(page_otherwise, "otherwise", "其他情形") \
	PHRASE(page_boolean, "yes or no", "是否") \
	PHRASE(page_date, "day", "日期") \
	PHRASE(page_text, "text", "文本") \
	PHRASE(page_list, "list", "列表") \
	PHRASE(page_example, "Example", "例") \
	PHRASE(page_like, "as", "同") \
	PHRASE(page_in_year, " (%d)", "（%d年）") \
	PHRASE(page_empty, "an empty list", "没有一项") \
	PHRASE(page_row, "Row %d", "第%d行") \
	PHRASE(page_of_clause, ", ", "之") \
	PHRASE(page_amount, "Amount", "金额合计") \
	PHRASE(page_missing, "Missing", "缺少") \
	PHRASE(page_holds, "true", "符合") \
	PHRASE(page_fails, "false", "不符合") \
	PHRASE(page_between, "%s to %s", "%s至%s") \
	PHRASE(page_given, "Given", "已知") \
	PHRASE(page_expected, "Expected", "应得") \
	PHRASE(page_summary, "Summary", "摘要")

#endif							/* ZJTX_PAGE_PHRASES_H */
