"""The tree of a policy document and how it is printed as policy text.

There is no parser here: documents are generated as trees and only printed.
"""

import dataclasses
import re
import datetime
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Optional

from values import decimal_text, has_decimal


# Expressions


# How many of the first unit of its kind one is; the last is declared in the header.
SIZES_OF_UNITS = {"平方米": Fraction(1), "公顷": Fraction(10000), "亩": Fraction(10000, 15),
                  "平方公里": Fraction(10 ** 6), "垧": Fraction(10000)}
DECLARED_UNITS = "unit 箱", "unit 垧 = 15亩", "unit 日元 currency"


class Node:
    def children(self):
        for part in dataclasses.fields(self):
            yield from _nodes(getattr(self, part.name))

    def walk(self):
        yield self
        for child in self.children():
            yield from child.walk()


def _nodes(value):
    if isinstance(value, Node):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _nodes(item)


def node(cls):
    return dataclass(eq=False)(cls)


@node
class Literal(Node):
    value: Any
    unit: Optional[str] = None
    written: Optional[str] = None   # a label of the value, written instead of it
    other: Optional[str] = None     # a unit of the same kind, in which it is written


@node
class Name(Node):
    """A fact."""
    fact: "Fact"


@node
class Field(Node):
    """A field of the element at hand, or `it`; with `of`, of the element that has this name."""
    fact: "Fact"
    of: Optional[str] = None


@node
class AsOf(Node):
    pass


@node
class Year(Node):
    """this_year, or so many years before."""
    back: int


@node
class InYear(Node):
    """The value of a fact by year."""
    fact: "Fact"
    year: Node


@node
class Range(Node):
    """The whole numbers from one to another, as a list."""
    first: Node
    last: Node
    item: Any               # the fact `it`
    name: str = ""
    fields: tuple = ()


@node
class Use(Node):
    """A definition or score, by its name; with `of`, of the element that has this name."""
    definition: "Definition"
    of: Optional[str] = None

    def children(self):
        yield self.definition.body


@node
class Not(Node):
    operand: Node


@node
class Negate(Node):
    operand: Node


@node
class Arithmetic(Node):
    op: str                 # + - * /
    left: Node
    right: Node


@node
class Days(Node):
    """The days between two dates."""
    left: Node
    right: Node


@node
class Shift(Node):
    date: Node
    op: str                 # + -
    count: int
    unit: str               # 年 月 日


@node
class Comparison(Node):
    op: str
    left: Node
    right: Node


@node
class Between(Node):
    value: Node
    low: Node
    high: Node
    negated: bool = False


@node
class Within(Node):
    value: Node
    items: tuple
    negated: bool = False


@node
class IsNull(Node):
    value: Node
    negated: bool = False


@node
class Junction(Node):
    op: str                 # and or
    parts: tuple


@node
class Case(Node):
    branches: tuple         # of (condition, value)
    otherwise: Optional[Node]


@node
class Band(Node):
    value: Node
    steps: tuple            # of (operator, bounds, points); operator `in` has several bounds
    otherwise: Optional[Node]


@node
class Multiple(Node):
    """A number rounded to a multiple."""
    name: str               # round floor ceil
    value: Node
    of: Literal


@node
class Power(Node):
    base: Node
    exponent: int


@dataclass(eq=False)
class Table:
    """A table inside a document."""
    name: str
    by: str                         # date number year text
    columns: tuple                  # of (name, unit)
    rows: tuple                     # of (key, values); a value is a number or None for none
    otherwise: Optional[tuple] = None


@node
class Lookup(Node):
    table: Table
    index: Node
    column: int


@node
class Tiers(Node):
    value: Node
    parts: tuple            # of (rate, bound), both Literals
    otherwise: Optional[Node]


@node
class Call(Node):
    name: str
    args: tuple


@node
class Aggregate(Node):
    name: str               # count sum avg min max one any all
    list: "Fact"
    where: Optional[Node]
    each: Optional[Node]
    type: str = "number"    # of what `one` gives
    element: Optional[str] = None   # the name of its element


@node
class Satisfies(Node):
    """Whether a clause or rung is satisfied, perhaps on another day."""
    target: Any             # Clause or Rung
    day: Optional[Node] = None

    def children(self):
        yield from _nodes(self.day)
        yield from needs(self.target)


@node
class AmountOf(Node):
    target: Any             # Clause

    def children(self):
        yield from needs(self.target)


@node
class LevelOf(Node):
    """The level of the highest rung that holds, or 0."""
    code: str               # of the document
    rungs: tuple

    def children(self):
        for rung in self.rungs:
            yield rung.when


@node
class UsedSatisfies(Node):
    """Whether a provision of a used document is satisfied, perhaps on another day."""
    use: Any                # UsedDocument
    target: Any             # Clause or Rung
    day: Optional[Node] = None

    def children(self):
        yield from _nodes(self.day)
        yield from self.use.needs((self.target,))


@node
class UsedAmountOf(Node):
    use: Any
    target: Any             # Clause

    def children(self):
        yield from self.use.needs((self.target,))


@node
class UsedLevelOf(Node):
    use: Any
    rungs: tuple

    def children(self):
        yield from self.use.needs(self.rungs)


@dataclass(eq=False)
class UsedDocument:
    document: Any           # Document
    mapped: dict            # by the name of its fact: an expression of the document that uses it

    def needs(self, provisions):
        """The expressions that decide, as far as they read the facts of the document that uses it."""
        for provision in provisions:
            yield from needs(provision)
            if isinstance(provision, Clause) and provision.stages:
                yield AsOf()
        yield from self.mapped.values()
        if self.document.since:
            yield AsOf()


def needs(provision):
    """The expressions that decide whether a provision is satisfied, and what it pays."""
    if provision.when is not None:
        yield provision.when
    if isinstance(provision, Rung):
        return
    yield from caps(provision)
    if isinstance(provision, Group):
        for member in provision.members:
            yield from needs(member)
        return
    if provision.pay is not None:
        yield provision.pay
    for stage in provision.stages:
        yield from filter(None, (stage.on, stage.when, stage.pay))
        if stage.each is not None:
            yield Name(stage.each)


def staged(provision):
    """Whether a provision, or a member of it, is judged by days of stages."""
    if isinstance(provision, Group):
        return any(map(staged, provision.members))
    return isinstance(provision, Clause) and bool(provision.stages)


def caps(provision):
    yield from filter(None, (provision.cap, provision.cap_in_all))
    if provision.paid is not None:
        yield Name(provision.paid)
    if provision.allotted is not None:
        yield Name(provision.allotted)


# Documents


@dataclass(eq=False)
class Fact:
    name: str
    type: str                       # number boolean text date list
    unit: Optional[str] = None
    label: Optional[str] = None
    low: Any = None
    high: Any = None
    values: Optional[tuple] = None
    labels: dict = field(default_factory=dict)  # by value: its labels
    fixed: bool = False
    null: str = "unknown"           # unknown none 0
    fields: tuple = ()              # of a list of rows
    item: Optional["Fact"] = None   # of a list of scalars
    years: tuple = ()               # of a fact by year: the facts of single years
    by_year: Optional["Fact"] = None    # of a single year: the fact
    implicit: bool = False          # it is not declared: what was paid, or what is known of several rows
    across: Optional[str] = None    # selected population allotted: what is known of several rows


@dataclass(eq=False)
class Definition:
    name: str
    body: Node
    type: str
    unit: Optional[str] = None
    score: bool = False
    over: Optional[Fact] = None     # the list over whose elements it is


@dataclass(eq=False)
class Stage:
    code: str
    on: Node
    pay: Node
    when: Optional[Node] = None
    each: Optional[Fact] = None
    once: bool = False              # elements of the same day count once


@dataclass(eq=False)
class Clause:
    code: str
    kind: str = "eligibility"
    when: Optional[Node] = None
    should: tuple = ()
    pay: Optional[Node] = None
    undetermined: bool = False
    cap: Optional[Node] = None
    stages: tuple = ()
    per_year: bool = False
    subject: str = "enterprise"     # enterprise platform region
    cap_in_all: Optional[Node] = None   # over all periods
    paid: Optional[Fact] = None     # what was paid for other periods
    allotted: Optional[Fact] = None     # what a budget leaves of the amount

    def pays(self):
        return self.pay is not None or self.undetermined or bool(self.stages)


@dataclass(eq=False)
class Group:
    code: str
    best: bool                      # the highest member is paid; otherwise all are
    members: tuple                  # of Clause and Group
    cap: Optional[Node] = None
    cap_in_all: Optional[Node] = None
    paid: Optional[Fact] = None     # what was paid for other periods
    allotted: Optional[Fact] = None     # what a budget leaves of the amount
    when = None                     # as a clause is asked
    should = ()
    stages = ()
    undetermined = False
    kind = "group"
    subject = "enterprise"

    @property
    def per_year(self):
        return self.members[0].per_year

    def pays(self):
        return True

    def within(self):
        """Returns all clauses and groups inside, and the group itself."""
        found = [self]
        for member in self.members:
            found += member.within() if isinstance(member, Group) else [member]
        return found


@dataclass(eq=False)
class Selection:
    code: str
    first: str                      # a number of rows or a share
    keys: tuple                     # of (Node, whether it is descending)
    when: Optional[Node]


@dataclass(eq=False)
class Population:
    name: str
    when: Optional[Node]
    values: tuple                   # of (Fact, function, Node or None)


@dataclass(eq=False)
class Budget:
    code: str
    amount: Any
    keys: tuple                     # as of a selection; pro rata if empty
    line: Any                       # a Clause or Group, of which `allotted` is set


@dataclass(eq=False)
class Rung:
    code: str
    label: str
    level: int
    explicit: bool
    when: Node
    should: tuple = ()


@dataclass(eq=False)
class Document:
    code: str
    facts: list = field(default_factory=list)
    definitions: list = field(default_factory=list)
    clauses: list = field(default_factory=list)
    rungs: list = field(default_factory=list)
    groups: list = field(default_factory=list)
    as_of: Any = None
    bare: bool = False              # one expression without a header
    series: Optional[str] = None
    since: Any = None               # in force from this day
    until: Any = None               # to the day before this one
    repealed: Any = None            # another document repeals it from this day
    uses: list = field(default_factory=list)    # of UsedDocument
    across: list = field(default_factory=list)  # of Selection, Population and Budget

    def whole(self):
        """The clauses that count for the document's own answers, without those of other subjects."""
        return [c for c in self.clauses if len(self.clauses) == 1 and not self.groups or c.subject == "enterprise"]

    def in_total(self):
        """Returns the clauses and groups whose amounts add up to that of the document."""
        if len(self.clauses) == 1 and not self.groups:
            return list(self.clauses)
        members = [m for g in self.groups for m in g.members]
        return [p for p in self.whole() + self.groups if p.kind in ("reward", "subsidy", "group")
                and not any(p is m for m in members)]

    def expressions(self):
        """The expressions of clauses and rungs; definitions are reached through their uses."""
        for clause in self.clauses:
            yield from filter(None, (clause.when, clause.pay))
            yield from caps(clause)
            yield from clause.should
            for stage in clause.stages:
                yield from filter(None, (stage.on, stage.when, stage.pay))
        for rung in self.rungs:
            yield rung.when
            yield from rung.should
        for group in self.groups:
            yield from caps(group)

    def tables(self):
        """The tables in which something is looked up."""
        found = {}
        for root in [*self.expressions(), *(d.body for d in self.definitions)]:
            found |= {n.table.name: n.table for n in root.walk() if isinstance(n, Lookup)}
        return list(found.values())

    def nodes(self):
        for expression in self.expressions():
            yield from expression.walk()

    def narrowed(self, code):
        """Returns the document that `p -> code` means."""
        inside = next((g.within() for g in self.groups if g.code == code), [])
        return Document(
            code=self.code, facts=self.facts, definitions=self.definitions,
            clauses=[c for c in self.clauses if c.code == code or any(c is p for p in inside)],
            rungs=[r for r in self.rungs if r.code == code],
            groups=[g for g in self.groups if any(g is p for p in inside)],
            as_of=self.as_of, uses=self.uses, across=self.across)

    def declared(self):
        """The facts as they are declared: those by year once."""
        return list(dict.fromkeys(f.by_year or f for f in self.facts if not f.implicit))

    def uses_as_of(self):
        return any(isinstance(n, (AsOf, Year)) for n in self.nodes()) or any(
            clause.stages for clause in self.clauses) or any(
            isinstance(n, (Satisfies, AmountOf)) and staged(n.target)
            for n in self.nodes())


# Printing

OR, AND, NOT, COMPARE, ADD, MULTIPLY, UNARY, PRIMARY = range(1, 9)

WIDE = {">=": "≥", "<=": "≤", "<>": "≠", "*": "×", "/": "÷", ">": "＞", "<": "＜",
        "=": "＝", "+": "＋", "^": "＾", ",": "，", "(": "（", ")": "）", ":": "："}
WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")

# Keywords by their Chinese forms.
CHINESE = dict(pair.split(":") for pair in """
and:且 as_of:判断日 all:全部 any:任一 article:条文 band:分档 between:介于 boolean:是否 cap:封顶
case:分情形 clause:条款 coalesce:缺省为 count:计数 count_true:满足数 covers:涵盖 date:日期
define:定义 each:逐项 eligibility:资格 else:否则 end:终 fact:事实 false:假
fixed:固定 floor:取整 greatest:取高 in:属于 is:是 it:其 ladder:阶梯 latest:最晚 least:取低 level:级次
list:列表 max:最大 means:表示 min:最小 none:无 not:非 note:注 null:空 office:责任单位 once:同日一次 number:数 of:之 on:于
or:或 enterprise:企业 platform:平台 region:地区 subject:对象 pay:给予 points:加分 policy:政策 reward:奖励 round:四舍五入 rung:层级 score:评分
series:系列 should:原则上 stage:阶段 subsidy:补贴 sum:合计 summary:摘要 tax:税收 text:文本
then:则 true:真 undetermined:未定 unknown:未知 until:止于 through:至 when:当 where:其中 wording:原文 year:年份 month:月份 months:月数
ceil:进一 clamp:限于 tiers:超额累进 to:到 avg:平均 one:唯一
""".split())
CHINESE |= {"by year": "逐年", "this_year": "本年度", "last_year": "上年度"}
CHINESE |= {"table": "表", "unit": "单位", "currency": "货币", "earliest": "最早", "at least": "不低于", "at most": "不超过",
            "per year": "每年", "select": "选取", "first": "先", "by": "按", "desc": "降序", "population": "总体", "budget": "总额",
            "pro rata": "按比例", "over": "用于", "group": "组", "best of": "就高", "sum of": "合计", "in all": "累计",
            "amount of": "金额之", "level of": "级次之", "satisfies": "符合", "uses": "引用", "as of": "截至",
            "in force from": "施行 自"}

COMPARISONS = {sign: words.split() for sign, words in (
    (">", "大于 超过 高于 多于"), (">=", "不低于 不少于 不小于 达到 至少"), ("<", "小于 低于 少于 不足 不满"),
    ("<=", "不超过 不高于 不大于 不多于 至多"), ("=", "等于 为"), ("<>", "不等于 不为"))}
COMPARISONS[">="].append("at least")
COMPARISONS["<="].append("at most")

ADORNMENTS = (("article", "'二(一)'"), ("covers", "'YB-01', 'YB-02'"),
              ("wording", "'对企业，\n    给予奖励'"), ("office", "'甲局', '乙局'"),
              ("summary", "'说明: and or'"), ("note", "R1 'that''s a note'"),
              ("note", "'按“原则上”理解'"))
STATEMENTS = ("service 13 '金融产品'", "target 7 '数量' 家 stock 2024: 180, 2025: 200")
HEADS = ("number '渝北府办发〔2024〕34号'", "region '渝北区'", "note R9 'of the head'")


class Printer:
    """Prints trees.  `rng` chooses where the language allows alternatives."""

    def __init__(self, rng):
        self.rng = rng
        self.wide = rng.random() < 0.15
        self.chinese = rng.choice((0, 0, 0, 0, 0, 0, 0.5, 1))
        self.loud = rng.random() < 0.05

    def word(self, word):
        if word == "list as":
            return "记作" if self.rng.random() < self.chinese else "as"
        return self.keyword(word)

    def keyword(self, word):
        """A keyword."""
        if word in CHINESE and self.rng.random() < self.chinese:
            return CHINESE[word]
        return word.upper() if self.loud and self.rng.random() < 0.5 else word

    def words(self, words):
        return " ".join(map(self.word, words.split()))

    def compare(self, symbol):
        """A comparison, as a sign or in words."""
        if symbol in COMPARISONS and self.rng.random() < max(0.04, self.chinese):
            return self.rng.choice(COMPARISONS[symbol])
        return self.sign(symbol)

    def sign(self, symbol):
        if self.wide and symbol in WIDE and self.rng.random() < 0.5:
            return WIDE[symbol]
        if symbol == "<>" and self.rng.random() < 0.3:
            return "!="
        return symbol

    def text(self, expression, level=OR):
        own, text = getattr(self, "print_" + type(expression).__name__)(expression)
        if own < level or self.rng.random() < 0.03:
            return self.sign("(") + text + self.sign(")")
        return text

    def commas(self, items):
        return (self.sign(",") + " ").join(items)

    def literal(self, value, unit=None):
        text = self.plain_literal(value, unit)
        if self.wide and not isinstance(value, str) and self.rng.random() < 0.3:
            text = text.translate(WIDE_DIGITS)
        return text

    def plain_literal(self, value, unit):
        if isinstance(value, bool):
            return self.word("true" if value else "false")
        if isinstance(value, str):
            return "“" + value + "”" if self.wide and "”" not in value else "'" + value.replace("'", "''") + "'"
        if not isinstance(value, Fraction):
            return self.date(value)
        if unit == "%":
            return decimal_text(value * 100) + self.rng.choice("%%%％")
        myriads = ""
        if unit in (None, "元", "人", "平方米", "公顷", "亩", "箱") and self.rng.random() < 0.5:
            sizes = [(10 ** 8, "亿"), (10 ** 4, "万")]
            if self.rng.random() < 0.2:
                sizes = self.rng.sample([(10 ** 12, "万亿"), (10 ** 10, "百亿"), (10 ** 7, "千万"), (10 ** 3, "千"),
                                         (10 ** 2, "百"), (10, "十")], 6)
            for size, name in sizes:
                if value >= size // 10 and has_decimal(value):
                    value, myriads = value / size, name
                    break
        return decimal_text(value) + myriads + (unit or "")

    def date(self, day):
        if self.rng.random() < 0.1:
            return f"{day.year}年{day.month}月{day.day}日"
        return day.isoformat()

    def print_Literal(self, e):
        if e.other:
            return PRIMARY, self.literal(e.value * SIZES_OF_UNITS[e.unit] / SIZES_OF_UNITS[e.other], e.other)
        return PRIMARY, self.literal(e.written or e.value, e.unit)

    def print_Name(self, e):
        if e.fact.across == "selected":
            return COMPARE, f"{self.word('satisfies')} {e.fact.name}"
        return PRIMARY, e.fact.name

    def print_Field(self, e):
        if e.of is not None:
            return PRIMARY, e.of if e.fact.name == "it" else e.of + self.rng.choice((".", ".", "．")) + e.fact.name
        return PRIMARY, self.word("it") if e.fact.name == "it" else e.fact.name

    def print_AsOf(self, e):
        return PRIMARY, self.word("as_of")

    def print_Year(self, e):
        if e.back == 1 and self.rng.random() < 0.7:
            return PRIMARY, self.word("last_year")
        return (ADD, f"{self.word('this_year')} - {e.back}") if e.back else (PRIMARY, self.word("this_year"))

    def print_InYear(self, e):
        return PRIMARY, f"{e.fact.name}[{self.text(e.year)}]"

    def print_Use(self, e):
        return PRIMARY, e.definition.name if e.of is None else f"{e.of}.{e.definition.name}"

    def print_Not(self, e):
        return NOT, f"{self.word('not')} {self.text(e.operand, NOT)}"

    def print_Negate(self, e):
        return UNARY, "-" + self.text(e.operand, PRIMARY)

    def print_Arithmetic(self, e):
        level = ADD if e.op in "+-" else MULTIPLY
        return level, (f"{self.text(e.left, level)} {self.sign(e.op)} "
                       f"{self.text(e.right, level + 1)}")

    def print_Days(self, e):
        return ADD, f"{self.text(e.left, ADD)} - {self.text(e.right, MULTIPLY)}"

    def print_Shift(self, e):
        unit = self.rng.choice("日天") if e.unit == "日" else e.unit
        return ADD, f"{self.text(e.date, ADD)} {self.sign(e.op)} {e.count}{unit}"

    def print_Comparison(self, e):
        right = self.text(e.right, ADD)
        if isinstance(e.left, Field) and isinstance(e.right, Field) and e.left.fact is e.right.fact:
            # a field compared with itself is refused as a mistake
            right = f"{self.words('case when true then')} {right} {self.word('else')} {right} {self.word('end')}"
        return COMPARE, f"{self.text(e.left, ADD)} {self.compare(e.op)} {right}"

    def print_Between(self, e):
        word = self.words("not between" if e.negated else "between")
        return COMPARE, (f"{self.text(e.value, ADD)} {word} {self.text(e.low, ADD)} "
                         f"{self.word('and')} {self.text(e.high, ADD)}")

    def print_Within(self, e):
        word = self.words("not in" if e.negated else "in")
        return COMPARE, (f"{self.text(e.value, ADD)} {word} "
                         f"({self.commas(self.text(i, ADD) for i in e.items)})")

    def print_IsNull(self, e):
        word = self.words("is not null" if e.negated else "is null")
        return COMPARE, f"{self.text(e.value, ADD)} {word}"

    def print_Junction(self, e):
        level = AND if e.op == "and" else OR
        text = self.text(e.parts[0], level + 1)
        for part in e.parts[1:]:
            text += f" {self.word(e.op)} {self.text(part, level + 1)}"
        return level, text

    def print_Case(self, e):
        words = [self.word("case")]
        for condition, value in e.branches:
            words += [self.word("when"), self.text(condition), self.word("then"), self.text(value)]
        if e.otherwise is not None:
            words += [self.word("else"), self.text(e.otherwise)]
        return PRIMARY, " ".join(words + [self.word("end")])

    def print_Band(self, e):
        steps = []
        for op, bounds, points in e.steps:
            if op == "in":
                test = f"{self.word('in')} ({self.commas(self.text(b, ADD) for b in bounds)})"
            else:
                test = f"{self.compare(op)} {self.text(bounds[0], ADD)}"
            steps.append(f"{test} {self.word('then')} {self.text(points)}")
        if e.otherwise is not None:
            steps.append(f"{self.word('else')} {self.text(e.otherwise)}")
        return PRIMARY, (f"{self.word('band')}({self.text(e.value, ADD)} {self.sign(':')} "
                         f"{self.commas(steps)})")

    def print_Multiple(self, e):
        value = self.text(e.value, ADD)
        return PRIMARY, f"{self.word(e.name)}({value} {self.word('to')} {self.literal(e.of.value, e.of.unit)})"

    def print_Lookup(self, e):
        column = "" if len(e.table.columns) == 1 and self.rng.random() < 0.7 else "." + e.table.columns[e.column][0]
        return PRIMARY, f"{e.table.name}[{self.text(e.index)}]{column}"

    def table(self, t):
        by = {"date": "按日期", "number": "按数", "year": "逐年", "text": "按文本"}[t.by]
        words = [self.word("table"), t.name, by if self.rng.random() < self.chinese else f"by {t.by}"]
        words.append(f"({self.commas(f'{name} {unit}'.strip() for name, unit in t.columns)})")
        rows = [f"{self.signed(key)}: {self.cells(t, values)}" for key, values in t.rows]
        if t.otherwise is not None:
            rows.append(f"{self.word('else')} {self.cells(t, t.otherwise)}")
        return " ".join(words) + "\n  " + self.commas(rows)

    def cells(self, t, values):
        texts = [self.word("none") if value is None else self.signed(value, unit or None)
                 for value, (_, unit) in zip(values, t.columns)]
        return texts[0] if len(texts) == 1 else f"({self.commas(texts)})"

    def print_Power(self, e):
        return UNARY, f"{self.text(e.base, PRIMARY)} {self.sign('^')} {e.exponent}"

    def print_Tiers(self, e):
        def literal(e):
            return self.literal(e.value, e.unit)
        parts = [f"{literal(rate)} {self.word('to')} {literal(bound)}" for rate, bound in e.parts]
        if e.otherwise is not None:
            parts.append(f"{self.word('else')} {literal(e.otherwise)}")
        return PRIMARY, f"{self.word('tiers')}({self.text(e.value)} {self.sign(':')} {self.commas(parts)})"

    def print_Call(self, e):
        return PRIMARY, f"{self.word(e.name)}({self.commas(self.text(a) for a in e.args)})"

    def print_Satisfies(self, e):
        on = f" {self.word('on')} {self.text(e.day, ADD)}" if e.day is not None else ""
        return COMPARE, f"{self.word('satisfies')} {e.target.code}{on}"

    def print_AmountOf(self, e):
        return PRIMARY, f"{self.word('amount of')} {e.target.code} "

    def print_UsedSatisfies(self, e):
        on = f" {self.word('on')} {self.text(e.day, ADD)}" if e.day is not None else ""
        return COMPARE, f"{self.word('satisfies')} {e.use.document.code}/{e.target.code}{on}"

    def print_UsedAmountOf(self, e):
        return PRIMARY, f"{self.word('amount of')} {e.use.document.code}/{e.target.code} "

    def print_UsedLevelOf(self, e):
        return PRIMARY, f"{self.word('level of')} {e.use.document.code} "

    def print_LevelOf(self, e):
        return PRIMARY, f"{self.word('level of')} {e.code} "

    def print_Aggregate(self, e):
        where = f" {self.word('where')} {self.text(e.where)}" if e.where is not None else ""
        each = f" {self.sign(':')} {self.text(e.each)}" if e.each is not None else ""
        element = "" if e.element is None else f" {self.word('list as')} {e.element}"
        over = e.list.name
        if isinstance(e.list, Range):
            over = f"{self.text(e.list.first, ADD)} {self.word('to')} {self.text(e.list.last, ADD)}"
        return PRIMARY, f"{self.word(e.name)}({over}{element}{where}{each})"

    # Statements

    def shape(self, fact, field=False):
        """Prints what follows the name of a fact or field."""
        of = fact if fact.item is None else fact.item       # a list of scalars has the options of its elements
        words = []
        if fact.item is not None:
            words += [self.words("list of"), self.word(of.type)]
        elif fact.type == "list":
            fields = self.commas(f"{f.name} {self.shape(f, field=True)}" for f in fact.fields)
            words.append(f"{self.word('list')} ({fields})")
        else:
            words.append(self.word(fact.type))
        if of.unit:
            words.append(of.unit)
        if fact.years:
            words.append(self.word("by year"))
        if fact.label:
            words.append(self.literal(fact.label))
        words += self.bounds(of)
        if fact.null != "unknown" or self.rng.random() < 0.1:
            null = fact.null if fact.null == "0" else self.word(fact.null)
            words += [self.words("null means"), null]
        if fact.fixed and not field:
            words.append(self.word("fixed"))
        return " ".join(words)

    def bounds(self, fact):
        if fact.values:
            values = (" ".join(map(self.literal, (v, *fact.labels.get(v, ())))) for v in fact.values)
            yield f"{self.word('in')} ({self.commas(values)})"
        unit = None if fact.unit == "%" else fact.unit
        low, high = (e if e is None else self.signed(e, unit) for e in (fact.low, fact.high))
        if low is not None and high is not None:
            yield f"{self.word('between')} {low} {self.word('and')} {high}"
        elif low is not None:
            yield f"{self.word('at least')} {low}"
        elif high is not None:
            yield f"{self.word('at most')} {high}"

    def signed(self, value, unit=None):
        """A literal that may be negative."""
        if isinstance(value, Fraction) and value < 0:
            return "-" + self.literal(-value, unit)
        return self.literal(value, unit)

    def definition(self, d):
        word = self.word("score" if d.score else "define")
        over = f" {self.word('of')} {d.over.name}" if d.over is not None else ""
        return f"{word} {d.name}{over} = {self.text(d.body)}"

    def clause(self, c):
        head = [self.word("clause"), c.code, f"'条款 {c.code}'"]
        if c.kind != "eligibility" or self.rng.random() < 0.3:
            head.append(self.word(c.kind))
        if c.per_year:
            head.append(self.word("per year"))
        if c.subject != "enterprise" or self.rng.random() < 0.1:
            head += [self.word("subject"), self.word(c.subject)]
        if self.rng.random() < 0.1:
            word, rest = self.rng.choice(ADORNMENTS)
            head += [self.word(word), rest]
        lines = [" ".join(head)]
        if c.when is not None:
            lines.append(f"  {self.word('when')} {self.text(c.when)}")
        lines += [f"  {self.word('should')} {self.text(s)}" for s in c.should]
        cap = self.caps(c)
        if c.stages:
            lines += cap
            lines += [self.stage(s) for s in c.stages]
        elif c.undetermined:
            lines.append(f"  {self.words('pay undetermined')}")
        elif c.pay is not None:
            lines.append(f"  {self.word('pay')} {self.text(c.pay)}")
            lines += cap
        return "\n".join(lines)

    def group(self, g):
        how = self.word("best of" if g.best else "sum of")
        codes = self.commas(m.code for m in g.members)
        return "\n".join([f"{self.word('group')} {g.code} '组 {g.code}' {how} {codes}", *self.caps(g)])

    def sort_keys(self, keys):
        return self.commas(self.text(key, ADD) + (f" {self.word('desc')}" if descending else "")
                           for key, descending in keys)

    def print_Selection(self, s):
        words = [self.word("select"), s.code, self.word("first"), s.first]
        if s.keys:
            words += [self.word("by"), self.sort_keys(s.keys)]
        if s.when is not None:
            words += [self.word("when"), self.text(s.when)]
        return " ".join(words)

    def print_Population(self, p):
        when = f" {self.word('when')} {self.text(p.when)}" if p.when is not None else ""
        values = self.commas(f"{fact.name} {self.sign('=')} {self.word(function)}({'' if e is None else self.text(e)})"
                             for fact, function, e in p.values)
        return f"{self.word('population')} {p.name}{when} {self.sign(':')} {values}"

    def print_Budget(self, b):
        how = f"{self.word('by')} {self.sort_keys(b.keys)}" if b.keys else self.word("pro rata")
        return f"{self.word('budget')} {b.code} {self.literal(b.amount, '元')} {how} {self.word('over')} {b.line.code}"

    def caps(self, c):
        found = [f"  {self.word('cap')} {self.text(c.cap)}"] if c.cap is not None else []
        if c.cap_in_all is not None:
            found.append(f"  {self.word('cap')} {self.text(c.cap_in_all)} {self.word('in all')}")
        return found

    def stage(self, s):
        words = [f"  {self.word('stage')} {s.code} '阶段 {s.code}'"]
        if s.each is not None:
            words += [self.word("each"), s.each.name] + ([self.word("once")] if s.once else [])
        words += [self.word("on"), self.text(s.on)]
        if s.when is not None:
            words += [self.word("when"), self.text(s.when)]
        words += [self.word("pay"), self.text(s.pay)]
        return " ".join(words)

    def rung(self, r):
        level = f" {self.word('level')} {r.level}" if r.explicit else ""
        first = f"  {self.word('rung')} {r.code} '{r.label}'{level} {self.word('when')} {self.text(r.when)}"
        return "\n    ".join([first, *(f"{self.word('should')} {self.text(s)}" for s in r.should)])

    def document(self, d):
        """The text of a document; a bare one is its expression."""
        head = f"{self.word('as of')} {d.as_of.isoformat()}\n" if d.as_of else ""
        if d.bare:
            return head + self.text(d.clauses[0].when)
        lines = [f"{self.word('fact')} {f.name} {self.shape(f)}" for f in d.declared()]
        lines += [self.table(t) for t in d.tables()]
        lines += [self.definition(x) for x in d.definitions]
        lines += [self.clause(c) for c in d.clauses] + [self.group(g) for g in d.groups]
        lines += [getattr(self, "print_" + type(s).__name__)(s) for s in d.across]
        if self.rng.random() < 0.2:
            lines.append(self.rng.choice(STATEMENTS))
        self.rng.shuffle(lines)
        if d.rungs:
            ladder = "\n".join([f"{self.word('ladder')} '梯度'"] + [self.rung(r) for r in d.rungs])
            lines.insert(self.rng.randint(0, len(lines)), ladder)
        used = "".join(self.document(use.document) + self.repeal(use.document) for use in d.uses)
        return head + self.separate([self.header(d)] + lines) + used

    def repeal(self, d):
        if d.repealed is None:
            return ""
        return (f"{self.word('policy')} {d.code}-r '废止' {self.word('in force from')} {self.date(d.repealed)} "
                f"{self.word('repeals')} '{d.code}'\n")

    def header(self, d):
        words = [f"{self.word('policy')} {d.code} '试验'"]
        if d.series:
            words.append(f"{self.word('series')} {d.series}")
        if d.since:
            words.append(f"{self.word('in force from')} {self.date(d.since)}")
        if d.until:
            last = self.rng.random() < 0.5      # the last day in force, not the day after it
            words.append(f"{self.word('through' if last else 'until')} "
                         f"{self.date(d.until - datetime.timedelta(days=last))}")
        words += [re.sub("unit|currency", lambda found: self.word(found[0]), unit) for unit in DECLARED_UNITS]
        for use in d.uses:
            mapped = self.commas(f"{name} {self.sign('=')} {self.text(e)}" for name, e in use.mapped.items())
            words.append(f"{self.word('uses')} {use.document.code}" + (f" ({mapped})" if mapped else ""))
        if self.rng.random() < 0.2:
            words.append(self.rng.choice(HEADS))
        return "\n  ".join(words)

    def separate(self, statements):
        text = ""
        for statement in statements:
            if self.wide:
                statement = statement.replace(" ", "\u3000", 1)
            end = ";\n" if self.rng.random() < 0.05 else "\n"
            if self.rng.random() < 0.03:
                end = "  -- it's “a comment”; when\n"
            text += statement + end
        return text
