/*
 * phrases.h
 *		The words of answers, in the language of the document.
 *
 * A document is Chinese if its title is.  A rule that is a single expression is Chinese if
 * its text has a Chinese character other than in units.  Names and text from the document
 * are shown as written; all other words are in the table below, those of check_table
 * in table_phrases.h, and those of comments of published views in published_phrases.h.
 */
#ifndef ZJTX_PHRASES_H
#define ZJTX_PHRASES_H

#include "postgres.h"

#include "language/tree.h"
#include "page_phrases.h"
#include "published_phrases.h"
#include "table_phrases.h"

/*
 * PHRASE(name, English, Chinese).  Phrases with % are psprintf formats, with the same
 * arguments in both languages.  Comments describe the arguments that are not obvious.
 */
#define PHRASES(PHRASE) \
	/* separators */ \
	PHRASE(colon, ": ", "：") \
	PHRASE(comma, ", ", "，") \
	PHRASE(semicolon, "; ", "；") \
	PHRASE(member_comma, ", ", "、") \
	PHRASE(aside, " (%s)", "（%s）") \
	PHRASE(quoted, "'%s'", "“%s”") \
	PHRASE(titled, "%s (%s)", "%s（%s）") \
	/* between a name and its value: after a bare name, after one in parentheses */ \
	PHRASE(after_name, " ", " ") \
	PHRASE(after_aside, " ", "") \
	/* values */ \
	PHRASE(yes, "true", "是") \
	PHRASE(no, "false", "否") \
	PHRASE(unknown, "unknown", "未知") \
	PHRASE(none, "none", "无") \
	PHRASE(not_none, "not none", "有") \
	PHRASE(or_none, "%s, or none", "%s，也可能没有") \
	PHRASE(element, "%d element", "%d项") \
	PHRASE(elements, "%d elements", "%d项") \
	PHRASE(between, "between %s and %s", "%s至%s") \
	PHRASE(at_least, "at least %s", "不低于%s") \
	PHRASE(at_most, "at most %s", "不超过%s") \
	PHRASE(from_day, "from %s", "不早于%s") \
	PHRASE(until_day, "until %s", "不晚于%s") \
	PHRASE(undetermined, "undetermined", "金额未定") \
	PHRASE(null_is_zero, " (NULL)", "（空值按零计）") \
	PHRASE(points, "", "得") \
	PHRASE(of_most, " of %s", "，最多%s") \
	/* why a value is unknown */ \
	PHRASE(unknown_why, "unknown (%s)", "未知（%s）") \
	PHRASE(not_given, "unknown (%s)", "未提供（%s）") \
	PHRASE(of_year, "%1$d %2$s", "%1$d年%2$s") \
	PHRASE(no_year, "no single value of that year", "没有该年的唯一数值") \
	PHRASE(no_column, "no column", "表中没有此列") \
	PHRASE(no_key, "no key", "数据中没有此项") \
	PHRASE(null, "NULL", "空值") \
	PHRASE(it, "it", "该值") \
	PHRASE(no_such_value, "%s is not one of its values", "%s不是列明的取值") \
	PHRASE(outside, "%s is outside %s to %s", "%s超出%s至%s的范围") \
	PHRASE(below, "%s is below %s", "%s低于%s") \
	PHRASE(above, "%s is above %s", "%s高于%s") \
	PHRASE(too_early, "%s is below %s", "%s早于%s") \
	PHRASE(too_late, "%s is above %s", "%s晚于%s") \
	PHRASE(no_value, "%s is no value", "%s不是有效的值") \
	PHRASE(no_such_element, "no element surely matches", "没有确定相符的项") \
	PHRASE(elements_differ, "the elements that match differ", "相符的各项不一致") \
	/* the origin of a fact */ \
	PHRASE(column, " [column %s]", "（列“%s”）") \
	PHRASE(key, " [key %s]", "（数据项“%s”）") \
	PHRASE(day_of_policy, " [day of the policy]", "（随政策设定）") \
	PHRASE(day_of_session, " [day of the session]", "（本次会话设定）") \
	PHRASE(from, "from ", "取自 ") \
	PHRASE(formula, "= %s, ", "= %s，") \
	PHRASE(band_from, " from ", "，取自 ") \
	/* the value needed: a truth value or none, an operator and a bound, or a phrase */ \
	PHRASE(needed, ", needed %s", "，要求：%s") \
	PHRASE(needed_compare, ", needed %s %s", "，要求%s%s") \
	PHRASE(needed_phrase, ", needed %s", "，要求%s") \
	/* comparisons: of all types, of texts, of days, of numbers */ \
	PHRASE(is_equal, "=", "为") \
	PHRASE(is_unequal, "<>", "不为") \
	PHRASE(is_not_text, "<>", "不是") \
	PHRASE(is_before, "<", "早于") \
	PHRASE(is_not_after, "<=", "不晚于") \
	PHRASE(is_after, ">", "晚于") \
	PHRASE(is_not_before, ">=", "不早于") \
	PHRASE(is_less, "<", "低于") \
	PHRASE(is_at_most, "<=", "不超过") \
	PHRASE(is_more, ">", "超过") \
	PHRASE(is_at_least, ">=", "不低于") \
	/* operators; NULL if the following phrase expresses it: x between, and x in */ \
	PHRASE(op_between, "between", NULL) \
	PHRASE(op_not_between, "not between", NULL) \
	PHRASE(op_in, "in", NULL) \
	PHRASE(op_not_in, "not in", NULL) \
	PHRASE(numbers_between, "%s and %s", "不低于%s、不超过%s") \
	PHRASE(numbers_not_between, "%s and %s", "低于%s，或者超过%s") \
	PHRASE(days_between, "%s and %s", "不早于%s、不晚于%s") \
	PHRASE(days_not_between, "%s and %s", "早于%s，或者晚于%s") \
	PHRASE(members, "(%s)", "为%s之一") \
	PHRASE(not_members, "(%s)", "不在%s之列") \
	/* bands and cases */ \
	PHRASE(band, "band", "分档") \
	PHRASE(cases, "case", "分情形") \
	PHRASE(tiers, "tiers", "超额累进") \
	PHRASE(or_step, "%s, or %s", "%s；或者%s") \
	PHRASE(no_band, "no band", "各档均不符合") \
	PHRASE(when_then, "when %s then %s", "%s，%s") \
	PHRASE(then, "%s then %s", "%s，%s") \
	PHRASE(otherwise, "else %s", "其他情形%s") \
	PHRASE(else_none, "else none", "其他情形无") \
	PHRASE(reaches, ">= %s", "达到%s以上") \
	PHRASE(is_one_of, "in (%s)", "为%s之一") \
	PHRASE(gets, "%s", "得%s") \
	PHRASE(counts, "%s", "按%s") \
	PHRASE(and_also, " and ", "，且") \
	PHRASE(or_else, " or ", "，或者") \
	PHRASE(not_so, "not %s", "不属于%s") \
	PHRASE(has, NULL, "有") \
	PHRASE(has_not, NULL, "没有") \
	/* documents and their parts */ \
	PHRASE(version, ", version %s in force from %s", "，版本 %s，自 %s 起施行") \
	PHRASE(as_of, "as of ", "判断日 ") \
	/* the series, the day */ \
	PHRASE(not_in_force, "%1$s is not in force on %2$s", "%2$s，%1$s 未施行") \
	PHRASE(perhaps_in_force, "the day judged is unknown: %s is in force, or not", "判断日不明：%s 可能施行，也可能未施行") \
	PHRASE(not_yet_in_force, ", not yet in force: from %s", "，尚未施行：自 %s 起施行") \
	PHRASE(no_longer_in_force, ", no longer in force: through %s", "，不再施行：施行至 %s") \
	PHRASE(no_version, "no version of %1$s is in force on %2$s", "%2$s，系列 %1$s 没有施行的版本") \
	PHRASE(perhaps_no_version, "the day judged is unknown: a version of %s is in force, or none", \
		   "判断日未知：系列 %s 可能有施行的版本，也可能没有") \
	PHRASE(amount, "amount: ", "合计：") \
	PHRASE(rule, "the rule", "本规则") \
	PHRASE(clause, "clause", "条款") \
	PHRASE(group, "group", "组") \
	PHRASE(best_of, "the highest", "就高") \
	PHRASE(sum_of, "the sum", "合计") \
	PHRASE(highest_member, ", the highest", "，取此") \
	PHRASE(stage, "stage", "阶段") \
	PHRASE(event_day, NULL, "事件日") \
	PHRASE(rung, "rung", "层级") \
	PHRASE(title, " '%s'", "“%s”") \
	PHRASE(level, "level %d", "第%d级") \
	PHRASE(article, "article %s", "条文：%s") \
	PHRASE(placement, "placement", "位次") \
	PHRASE(no_placement, "none", "未达任一层级") \
	PHRASE(undecided, "undecided", "未定") \
	PHRASE(eligibility, "eligibility", "资格") \
	PHRASE(reward, "reward", "奖励") \
	PHRASE(subsidy, "subsidy", "补贴") \
	PHRASE(tax, "tax", "税收优惠") \
	PHRASE(review_points, "points", "加分") \
	PHRASE(per_year, "%s per year", "年度%s") \
	/* the amount, the year */ \
	PHRASE(in_year, "%1$s for %2$d", "%2$d年度%1$s") \
	PHRASE(no_day, "has no day", "没有日期") \
	PHRASE(after, ", after %s", "，在判断日 %s 之后") \
	PHRASE(number_of_list, "%s: ", "第%s项：") \
	PHRASE(pay, "pay", "给予") \
	PHRASE(cap, "cap ", "封顶 ") \
	PHRASE(cap_in_all, " in all", "（各期累计）") \
	PHRASE(cap_not_reached, ", not reached", "，未达到") \
	PHRASE(cap_reached, ", reached: %s before it", "，已达到，封顶前 %s") \
	PHRASE(cap_perhaps_reached, ", perhaps reached: %s before it", "，可能达到，封顶前 %s") \
	/* selections: the place, the places; how many; the facts that are not given */ \
	PHRASE(selection, "select", "选取") \
	PHRASE(first_rows, "the first %s", "前%s名") \
	PHRASE(first_share, "the first %s", "前%s") \
	PHRASE(place, "place " INT64_FORMAT, "第" INT64_FORMAT "名") \
	PHRASE(places, "places " INT64_FORMAT " to " INT64_FORMAT, "第" INT64_FORMAT "至" INT64_FORMAT "名") \
	PHRASE(within_first, "within %s", "%s内") \
	PHRASE(outside_first, "outside %s", "%s外") \
	PHRASE(pending, "undecided, not given: %s", "待定：%s未提供") \
	PHRASE(pending_others, "undecided: it depends on the other rows", "待定：取决于其他各行") \
	PHRASE(sorted_by, "by ", "按") \
	PHRASE(descending, " desc", "（降序）") \
	/* budgets: the amount, how it is divided; the claim */ \
	PHRASE(budget, "budget", "总额") \
	PHRASE(budget_of, ": %s %s", "：%s，%s") \
	PHRASE(pro_rata, "pro rata", "按比例兑现") \
	PHRASE(in_order, "by %s", "按%s依次兑现") \
	PHRASE(before_budget, ", %s before it", "，兑现前 %s") \
	PHRASE(not_allotted, ", %s before it, not allotted yet", "，兑现前 %s，尚未兑现") \
	/* conditions */ \
	PHRASE(should, "should: ", "原则性条件：") \
	PHRASE(does_not_refuse, " (does not refuse)", "（不影响结论）") \
	PHRASE(all_of, "all of:", "须同时满足：") \
	PHRASE(not_all_of, "not all of:", "未同时满足：") \
	PHRASE(one_of, "one of:", "须满足其一：") \
	PHRASE(none_of, "none of:", "均不满足：") \
	PHRASE(not_of, "not:", "并非：") \
	PHRASE(shown_above, " (above)", "（见上）") \
	PHRASE(same_day, "of the same day as %s: one counts", "与第%s项同日，只计一次") \
	/* the text of the article */ \
	PHRASE(wording, "wording: %s", "原文：%s") \
	PHRASE(offices, "offices: ", "责任单位：") \
	/* notes: with their code, without, and the codes alone */ \
	PHRASE(reading, "note %s: ", "口径 %s：") \
	PHRASE(note, "note: ", "注：") \
	PHRASE(readings, "notes %s", "口径 %s") \
	/* folded items: in English the words after the number, in Chinese the whole phrase */ \
	PHRASE(more, "more", "另有%d项") \
	PHRASE(condition_above_holds, "condition above holds", "另有%d项条件成立（见上）") \
	PHRASE(conditions_above_hold, "conditions above hold", "另有%d项条件成立（见上）") \
	PHRASE(alternative_fails, "alternative fails", "另有%d种情形不成立") \
	PHRASE(alternatives_fail, "alternatives fail", "另有%d种情形不成立") \
	PHRASE(condition_undecided, "condition is undecided", "另有%d项条件未定") \
	PHRASE(conditions_undecided, "conditions are undecided", "另有%d项条件未定") \
	PHRASE(condition_holds, "condition holds", "另有%d项条件成立") \
	PHRASE(conditions_hold, "conditions hold", "另有%d项条件成立") \
	PHRASE(stage_without_day, "stage has no day", "%d个阶段没有日期") \
	PHRASE(stages_without_day, "stages have no day", "%d个阶段没有日期") \
	PHRASE(other_subject, "clause of another subject, which answers only when asked alone", \
		   "另有%d项条款对象不同，单独提问才作答") \
	PHRASE(other_subjects, "clauses of other subjects, which answer only when asked alone", \
		   "另有%d项条款对象不同，单独提问才作答") \
	PHRASE(does_not_matter, "other does not matter", "另有%d项不影响结果") \
	PHRASE(do_not_matter, "others do not matter", "另有%d项不影响结果") \
	/* findings of lint */ \
	PHRASE(lint_rung, "does not imply the rung \"%s\" below it: %s", "达到本级不必然达到下一级“%s”：%s") \
	PHRASE(lint_never, "no row can satisfy this", "没有任何数据能满足") \
	PHRASE(lint_never_both, "no row can satisfy both \"%s\" and \"%s\"", "没有任何数据能同时满足“%s”和“%s”") \
	PHRASE(lint_stages, "the stages add up to %s%s, the total is %s%s", "各阶段合计%s%s，而封顶为%s%s") \
	PHRASE(lint_until, "it is not in force on %s; \"through\" includes the last day", "%s当天已不施行；“至”（through）包括最后一天") \
	PHRASE(lint_not_there, "the text of the document is not there; lint(stored(name)) has it", "没有该文件的文本；lint(stored(名称)) 会带上") \
	PHRASE(lint_fact_unused, "the fact is declared and not used", "该事实已声明而未使用") \
	PHRASE(lint_group, "the group has one member", "该组只有一个成员") \
	PHRASE(lint_no_order, "no order is stated: a row is selected only while all possible members fit", "没有写明排序：只有全部可能的成员都在限额之内，才能确定入选") \
	PHRASE(lint_key_again, "rows are already sorted by \"%s\"", "已按“%s”排序，重复无作用") \
	PHRASE(lint_key_constant, "\"%s\" is the same for every row and sorts nothing", "“%s”对每一行都相同，不起排序作用") \
	PHRASE(lint_no_examples, "the document has no examples", "该文件没有示例") \
	PHRASE(lint_overlap, "the steps \"%s\" and \"%s\" of a band overlap; the first counts", "分档中“%s”与“%s”重叠，以前者为准") \
	PHRASE(lint_step, "the step \"%s\" of a band is never reached", "分档中“%s”永远用不到") \
	PHRASE(lint_band_gap, "a band has no step for some values and no else: %s", "分档有的取值没有对应的档，也没有“否则”：%s") \
	PHRASE(lint_band_else, "the else of a band is never reached: %s", "分档的“否则”永远用不到：%s") \
	PHRASE(lint_rate, "the rate \"%s\" of tiers is never reached", "超额累进的“%s”永远用不到") \
	PHRASE(lint_on_bound, "no example stands on the bound", "没有恰在界限上的示例") \
	PHRASE(lint_inside, "no example is inside it", "没有符合该界限的示例") \
	PHRASE(lint_outside, "no example is outside it", "没有不符合该界限的示例") \
	PHRASE(lint_element, "the fields in \"%s\" are those of the inner element; name the outer one with \"as\": %s", "“%s”中的字段是内层元素的字段；外层元素请用“记作”（as）命名：%s") \
	PHRASE(lint_lookup_sum, "an element that is not in the list counts as 0; use \"one\" or a fact by year: %s", "列表中没有的元素按零计；请用“唯一”（one）或逐年的事实：%s") \
	PHRASE(lint_lookup, "an element that is not in the list counts as none; use \"one\" or a fact by year: %s", "列表中没有的元素按无计；请用“唯一”（one）或逐年的事实：%s") \
	PHRASE(lint_table_unused, "nothing looks up in the table", "没有查该表之处") \
	/* diagnose: a finding of lint; an example, what is expected, what is found */ \
	PHRASE(diagnosis, "%s: %s", "%s：%s") \
	PHRASE(example_fails, "example '%s' expects %s, and finds %s", "例“%s”应得 %s，结果是 %s") \
	PHRASE(lint_row, "no key finds the row \"%s\"", "没有键能查到“%s”这一行")

typedef struct Phrases
{
	bool		chinese;
#define PHRASE(name, english, chinese) const char *name;
	PHRASES(PHRASE)
	TABLE_PHRASES(PHRASE)
	PUBLISHED_PHRASES(PHRASE)
	PAGE_PHRASES(PHRASE)
#undef PHRASE
} Phrases;

/* for programs, which read English */
extern const Phrases english_phrases;

/* the phrases of a document; text is the source of a rule of one expression */
extern const Phrases *phrases_of(const Document *doc, const char *text);

/* the kind of a clause */
extern const char *phrases_of_kind(const Phrases *words, ClauseKind kind);

/* whether an article is a number, which Chinese documents cite as 第3条 */
extern bool phrases_article_is_number(const char *article);

/* an article with what it is: article 3, 第3条, 条文：二(一) */
extern char *phrases_of_article(const Phrases *words, const char *article);

/* a title in quotation marks, those inside it changed to the other kind in Chinese */
extern char *phrases_of_title(const Phrases *words, const char *title);

#endif							/* ZJTX_PHRASES_H */
