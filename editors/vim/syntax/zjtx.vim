" Syntax of zjtx policies; script/editors writes this file.
if exists("b:current_syntax")
  finish
endif
syntax case ignore
syntax iskeyword @,48-57,_,128-255
syntax keyword zjtxStatement population example service budget clause define ladder policy select series target group score stage table fact rung 事实 定义 层级 总体 总额 政策 服务 条款 目标 系列 评分 选取 阶梯 阶段 例 组 表
syntax keyword zjtxOperator between and not 不低于 不多于 不大于 不小于 不少于 不等于 不超过 不高于 in is or 不为 不满 不足 介于 低于 多于 大于 小于 少于 属于 并且 或者 等于 至多 至少 超过 达到 高于 且 为 或 是 非
syntax keyword zjtxConstant undetermined unknown false none null true 未定 未知 假 无 真 空
syntax keyword zjtxKeyword eligibility enterprise placement satisfies currency platform article boolean default missing repeals subject subsidy summary through wording amount covers expect issued issuer number office points region reward should source count first fixed force given least level means stock tiers until where band case date desc each else flow from like list most note once over part rows text then unit uses when year 发文机关 同日一次 责任单位 超额累进 cap end pay per tax 分情形 原则上 已付之 按文本 按日期 按比例 级次之 金额之 as at by of on to 企业 位次 其中 分档 列表 加分 单位 印发 原文 各行 合计 否则 固定 地区 增量 奖励 奖补 存量 对象 封顶 就高 平台 应得 废止 引用 截至 按数 摘要 文号 文本 施行 日期 是否 条文 来源 止于 每年 涵盖 用于 税收 符合 累计 级次 给予 缺少 补助 补贴 表示 计数 记作 货币 资格 逐年 逐项 部分 金额 降序 默认 之 于 先 则 到 同 当 按 数 注 终 自 至 设
syntax match zjtxKeyword /\<amount\s\+of\>/
syntax match zjtxKeyword /\<level\s\+of\>/
syntax match zjtxKeyword /\<pro\s\+rata\>/
syntax match zjtxKeyword /\<best\s\+of\>/
syntax match zjtxKeyword /\<paid\s\+of\>/
syntax match zjtxKeyword /\<in\s\+all\>/
syntax match zjtxKeyword /\<sum\s\+of\>/
syntax keyword zjtxFunction count_true percentile coalesce earliest greatest latest median months clamp count floor least month round ceil year 四舍五入 all any avg max min one sum 中位数 分位数 满足数 缺省为 任一 全部 取低 取整 取高 合计 唯一 平均 年份 最大 最小 最早 最晚 月份 月数 计数 进一 限于
syntax keyword zjtxIdentifier last_year this_year as_of 上年度 判断日 本年度 it 其
syntax match zjtxNumber /\<\d\+\(\.\d\+\)\?\k*[%％]\?/
syntax match zjtxNumber /\<\d\{4}-\d\{1,2}-\d\{1,2}\>/
syntax region zjtxString start=/'/ skip=/''/ end=/'/
syntax region zjtxString start=/[‘“]/ end=/[’”]/
syntax match zjtxComment /--.*$/
highlight default link zjtxStatement Statement
highlight default link zjtxOperator Operator
highlight default link zjtxConstant Constant
highlight default link zjtxKeyword Keyword
highlight default link zjtxFunction Function
highlight default link zjtxIdentifier Identifier
highlight default link zjtxNumber Number
highlight default link zjtxString String
highlight default link zjtxComment Comment
let b:current_syntax = "zjtx"
