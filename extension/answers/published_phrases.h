/*
 * published_phrases.h
 *		The words of the comments of published views, part of the table of phrases (phrases.h).
 *
 * What precedes the first full stop is the header of the column in a spreadsheet.
 */
#ifndef ZJTX_PUBLISHED_PHRASES_H
#define ZJTX_PUBLISHED_PHRASES_H

#define PUBLISHED_PHRASES(PHRASE) \
	PHRASE(published_stop, ". ", "。") \
	PHRASE(published_titles, "%s, %s", "%s，%s") \
	/* clauses, groups, stages, rungs */ \
	PHRASE(published_in_unit, "In %s", "单位：%s") \
	PHRASE(published_per_year, ", for the year of the day judged", "，为判断日所在年度的数额") \
	PHRASE(published_part, "; a part of %s", "，是%s的一部分") \
	PHRASE(published_not_added, "; not added up, because the group has the amount that is paid", \
		   "，不计入合计，实付数额见所在的组") \
	PHRASE(published_null, "; NULL while undecided.", "；未定的为空。") \
	PHRASE(published_rung, "Whether it is on this rung, level %d", "是否达到本级（第%d级）") \
	PHRASE(published_no_figure, "Whether it is owed, the text has no figure", "是否应予兑现，原文没有定数额") \
	PHRASE(published_satisfied, "Whether it is satisfied", "是否符合") \
	PHRASE(published_citation, " %s", "依据：%s") \
	/* the placement, the total */ \
	PHRASE(published_level, "The level of the highest rung proved, 0 for none", \
		   "级别。已确定达到的最高层级的级别，未达任一层级的为0") \
	PHRASE(published_code, "The highest rung proved, none for none", \
		   "层级代码。已确定达到的最高层级的代码，未达任一层级的为none") \
	PHRASE(published_label, "The title of the highest rung proved", "层级。已确定达到的最高层级的名称") \
	PHRASE(published_ladder, " %s", "依据：%s") \
	PHRASE(published_total, \
		   "What is owed, as zjtx.amount answers it: the rewards and subsidies together, in %s, or the only clause; NULL while undecided.", \
		   "应得合计。各项奖励和补贴之和，单位：%s；只有一个条款的，为该条款的数额；未定的为空。") \
	/* further columns */ \
	PHRASE(published_missing, "The facts that are unknown and still matter, as zjtx.missing answers it.", \
		   "待补信息。未知而仍影响结果的事实（名称）。") \
	PHRASE(published_former, "NULL: the policy had this when the view was published before, and has it no more.", \
		   "已取消。上次发布时政策有此项，现已没有，一律为空。") \
	/* the view; a policy by its name, a policy as a value */ \
	PHRASE(published_by_name, "policy %s, published by zjtx.", "由zjtx按政策%s发布。") \
	PHRASE(published_by_value, "%s, published by zjtx.", "由zjtx按政策%s的文本发布。") \
	PHRASE(published_judged, "  Judged for %s.", "判断日：%s。") \
	PHRASE(published_day_of_row, "the row's %s", "各行的%s") \
	PHRASE(published_day_of_session, "zjtx.as_of, or the date of the transaction", "参数zjtx.as_of，没有设定的为查询当日") \
	PHRASE(published_no_day, "a day that is unknown", "未知") \
	PHRASE(published_account, "  What was paid is taken from account %s of the ledger.", "已付数额取自台账账户%s。")

#endif							/* ZJTX_PUBLISHED_PHRASES_H */
