//! What can be wrong with single fields and their values.

use super::{error, nearest, suggest};
use crate::diagnostic::{Diagnostic, Phrase, Place};
use crate::value::{MoneyError, Period, PeriodError};

/// A value is of another type than its field.
pub fn wrong_type(at: Place, zh: &str, en: &str, found: &Phrase) -> Diagnostic {
    error(
        at,
        "wrong-type",
        format!("这里应当是{zh}，写的却是{}", found.zh),
        format!("expected {en}, found {}", found.en),
    )
}

/// A value stands where several fields should; `example` is how they are written.
pub fn no_fields(at: Place, found: &Phrase, example: &str) -> Diagnostic {
    wrong_type(at, "几项 `项: 值`", "several `key: value`", found)
        .help(format!("写成 `{example}`"), format!("write `{example}`"))
}

/// A value stands where a list should.
pub fn no_list(at: Place, found: &Phrase) -> Diagnostic {
    wrong_type(at, "列表", "a list", found).help(
        "每项一行，以 `- ` 开头；或写成 `[…, …]`",
        "write each on a line of its own that begins with `- `, or write `[…, …]`",
    )
}

/// A value is neither true nor false.
pub fn no_boolean(at: Place, found: &Phrase) -> Diagnostic {
    wrong_type(at, "true 或 false", "true or false", found)
        .help("是写 `true`，不是写 `false`", "write `true` for yes, `false` for no")
}

/// An amount is written as the annual plan, without its year.
pub fn plan_without_year(at: Place, amount: &str) -> Diagnostic {
    error(
        at,
        "wrong-type",
        format!("计划 `{amount}` 没有写是哪一年的"),
        format!("the plan of `{amount}` does not say of which year it is"),
    )
    .help(
        format!("写明年份，如 `plan: {{2023: {amount}}}`"),
        format!("write of which year, as in `plan: {{2023: {amount}}}`"),
    )
}

/// A field that must be written is not there.
pub fn missing_field(at: Place, name: &str) -> Diagnostic {
    error(
        at,
        "missing-field",
        format!("缺少必填项 `{name}`"),
        format!("the field `{name}` is missing"),
    )
    .help(
        format!("加一行 `{name}: …`；写在大括号里的，在括号里加 `, {name}: …`"),
        format!("add a line `{name}: …`, or within braces `, {name}: …`"),
    )
}

/// A field that must be written is empty.
pub fn empty_field(at: Place, name: &str) -> Diagnostic {
    error(
        at,
        "missing-field",
        format!("`{name}` 后面是空的"),
        format!("nothing is written after `{name}:`"),
    )
    .help(
        "写在冒号后面；以 `#` 开头的文字要加引号，否则算注释",
        "write it behind the colon; quote a text that begins with `#`, else it is a comment",
    )
}

/// A field is not known.
pub fn unknown_field(at: Place, name: &str, known: &[&str]) -> Diagnostic {
    let problem = error(
        at,
        "unknown-field",
        format!("没有 `{name}` 这一项"),
        format!("there is no field `{name}`"),
    );
    let list = known.join(" ");
    let near = nearest(name, known.iter().copied());
    suggest(problem, near, format!("可用的有：{list}"), format!("known fields: {list}"))
}

/// A value is not one of a closed list.
pub fn unknown_code(at: Place, text: &str, codes: &[&str]) -> Diagnostic {
    let problem = error(
        at,
        "unknown-value",
        format!("不认识 `{text}`"),
        format!("`{text}` is not a known value"),
    );
    let list = codes.join(" ");
    let near = nearest(text, codes.iter().copied());
    suggest(problem, near, format!("可用的有：{list}"), format!("known values: {list}"))
}

/// An unquoted value reads as something else than the text that was meant.
pub fn needs_quotes(at: Place) -> Diagnostic {
    error(
        at,
        "needs-quotes",
        "不加引号会被读成数字或真假值",
        "without quotes this reads as a number or a boolean",
    )
    .help("给它加上引号，如 \"2023.10\"", "put it in quotes, as in \"2023.10\"")
}

/// A locale tag is none.
pub fn bad_locale(at: Place, text: &str) -> Diagnostic {
    error(
        at,
        "bad-locale",
        format!("`{text}` 不是语言代码"),
        format!("`{text}` is not a language tag"),
    )
    .help("如 `zh-CN`、`en`", "as in `zh-CN` or `en`")
}

/// A text cannot be an id.
pub fn bad_id(at: Place, text: &str) -> Diagnostic {
    error(at, "bad-id", format!("`{text}` 不能作 id"), format!("`{text}` cannot be an id")).help(
        "只用小写字母、数字和连字符，以字母或数字开头",
        "use lower-case letters, digits and hyphens, beginning with a letter or digit",
    )
}

/// A name stands in place of the id that has it.
pub fn name_for_id(at: Place, text: &str, name: &str, id: &str) -> Diagnostic {
    bad_id(at, text)
        .help(format!("是不是 `{id}`（{name}）？"), format!("did you mean `{id}` ({name})?"))
}

/// A text is no amount of money.
pub fn bad_money(at: Place, text: &str, reason: MoneyError) -> Diagnostic {
    match reason {
        MoneyError::NoUnit => error(at, "bare-number", format!("金额 `{text}` 没有单位"), format!("the amount `{text}` has no unit"))
            .help(
                format!("写明单位，如 `{text}万元`；或在 site.yaml 里设 `money_unit`"),
                format!("write the unit, as in `{text}万元`, or set `money_unit` in site.yaml"),
            ),
        MoneyError::Negative => error(at, "negative-money", format!("金额 `{text}` 是负数"), format!("the amount `{text}` is negative"))
            .help("金额不能为负；更正以前的数，请写新的累计数并加 `revision`", "amounts cannot be negative; to correct a figure, report the new cumulative one with `revision`"),
        MoneyError::PartOfYuan => error(at, "bad-money", format!("金额 `{text}` 不是整元"), format!("the amount `{text}` is not a whole number of yuan"))
            .help("金额精确到元", "amounts are kept in whole yuan"),
        MoneyError::TooLarge => error(at, "bad-money", format!("金额 `{text}` 过大"), format!("the amount `{text}` is too large"))
            .help("检查单位是不是写错了", "check the unit"),
        MoneyError::NotMoney => error(at, "bad-money", format!("`{text}` 不是金额"), format!("`{text}` is not an amount of money"))
            .help("写成 `1.2亿元`、`800万元` 或 `1440000元`", "write `1.2亿元`, `800万元` or `1440000元`"),
    }
}

/// A text is no percentage.
pub fn bad_percentage(at: Place) -> Diagnostic {
    error(at, "bad-percentage", "这不是百分比", "this is not a percentage")
        .help("写成 `65%` 或 `0.65`", "write `65%` or `0.65`")
}

/// A text is no date.
pub fn bad_date(at: Place, text: &str, reason: PeriodError) -> Diagnostic {
    match reason {
        PeriodError::NotADate => {
            error(at, "bad-date", format!("`{text}` 不是日期"), format!("`{text}` is not a date"))
                .help(
                    "写成 `2023-04-30`、`2023-04` 或 `2023年4月30日`",
                    "write `2023-04-30`, `2023-04` or `2023年4月30日`",
                )
        }
        PeriodError::NoSuchDay => {
            let problem = error(
                at,
                "bad-date",
                format!("没有 `{text}` 这一天"),
                format!("there is no such day as `{text}`"),
            );
            match year_first(text) {
                Some(meant) => problem.help(
                    format!("年写在最前，如 `{meant}`"),
                    format!("the year comes first, as in `{meant}`"),
                ),
                None => problem.help("核对年、月、日", "check the year, month and day"),
            }
        }
        PeriodError::NoSuchTime => error(
            at,
            "bad-date",
            format!("`{text}` 里的时刻不对"),
            format!("the time of day in `{text}` is none"),
        )
        .help("时刻写成 `09:00`", "write the time as in `09:00`"),
    }
}

/// A date that ends with the year as it should be written: `10/02/2026`, `02.2026`.
fn year_first(text: &str) -> Option<String> {
    let numbers: Vec<&str> = text.split(['-', '/', '.']).map(str::trim).collect();
    let [before @ .., year] = &*numbers else { return None };
    let (month, day) = match *before {
        [month] => (month, None),
        [day, month] if day.parse().is_ok_and(|day: u8| day > 12) => (month, Some(day)),
        [month, day] => (month, Some(day)),
        _ => return None,
    };
    let day = day.map(|day| format!("-{day:0>2}")).unwrap_or_default();
    let meant = format!("{year}-{month:0>2}{day}");
    Period::parse(&meant).is_ok().then_some(meant)
}

/// A year is none.
pub fn bad_year(at: Place, text: &str) -> Diagnostic {
    error(at, "bad-year", format!("`{text}` 不是年份"), format!("`{text}` is not a year"))
        .help("写成 `plan: {2023: 1.2亿元}`", "write `plan: {2023: 1.2亿元}`")
}

/// An address of the site is none.
pub fn bad_base_url(at: Place, text: &str) -> Diagnostic {
    error(
        at,
        "bad-base-url",
        format!("`{text}` 不是网址"),
        format!("`{text}` is not an address of a site"),
    )
    .help("写成 `https://example.org/ztzl/xmjs/`", "write `https://example.org/ztzl/xmjs/`")
}

/// A text is no address on the web.
pub fn bad_url(at: Place, text: &str) -> Diagnostic {
    error(
        at,
        "bad-url",
        format!("`{text}` 不是网址"),
        format!("`{text}` is not an address on the web"),
    )
    .help("写成 `https://…`", "write `https://…`")
}

/// A text is neither an address on the web nor a link within the site.
pub fn bad_link(at: Place, text: &str) -> Diagnostic {
    bad_url(at, text).help(
        "写成 `https://…`；本站的页面以 `/` 开头，文件写它在 content/media/ 中的名字",
        "write `https://…`; a page of the site begins with `/`, a file has its name in content/media/",
    )
}

/// A number is below the least or above the most that makes sense.
pub fn out_of_range(at: Place, number: u32, least: u8, most: u8) -> Diagnostic {
    error(at, "out-of-range", format!("`{number}` 超出范围"), format!("`{number}` is out of range"))
        .help(
            format!("写 {least} 到 {most} 之间的数"),
            format!("write a number from {least} to {most}"),
        )
}

/// A target curve has not twelve shares that rise to 100 %.
pub fn bad_target(at: Place) -> Diagnostic {
    error(at, "bad-target", "序时进度不成立", "this is no target curve").help(
        "写 12 个累计百分比，逐月不减，最后一个是 100%",
        "write 12 cumulative percentages that never fall and end at 100%",
    )
}

/// A clause of a light rule cannot be read.
pub fn bad_clause(at: Place, text: &str) -> Diagnostic {
    error(
        at,
        "bad-clause",
        format!("读不懂条件 `{text}`"),
        format!("the condition `{text}` cannot be read"),
    )
    .help(
        "写成 \">= -10\"、\">= -30 and <= -10\" 或 \"otherwise\"",
        "write \">= -10\", \">= -30 and <= -10\" or \"otherwise\"",
    )
}

/// A clause of a light rule is not in the unit of the rule's basis.
pub fn clause_unit(at: Place, text: &str, basis: &str, is_percent: bool) -> Diagnostic {
    let (zh, en) = if is_percent {
        ("百分点，不写 %", "percentage points, without %")
    } else {
        ("比例，要写 %", "a part of the target, with %")
    };
    let plain = text.replace(['%', '％'], "");
    let fixed = match is_percent {
        true => plain,
        false => {
            plain.split(" and ").map(|part| format!("{part}%")).collect::<Vec<_>>().join(" and ")
        }
    };
    error(
        at,
        "clause-unit",
        format!("条件 `{text}` 的单位不对：`basis: {basis}` 比的是{zh}"),
        format!("the condition `{text}` is in the wrong unit: `basis: {basis}` compares {en}"),
    )
    .help(format!("写成 \"{fixed}\""), format!("write \"{fixed}\""))
}

/// A clause of a light rule has a bound that its basis can never reach.
pub fn clause_out_of_range(at: Place, text: &str, basis: &str) -> Diagnostic {
    let (zh, en) = match basis {
        "deviation-pp" => ("低于 -100 个百分点", "below -100 percentage points"),
        "ratio" => ("小于 0", "below 0"),
        _ => ("大于 100%", "above 100%"),
    };
    error(
        at,
        "clause-range",
        format!("条件 `{text}` 没有意义：`{basis}` 不会{zh}"),
        format!("the condition `{text}` makes no sense: `{basis}` is never {en}"),
    )
    .help("核对正负号和单位", "check the sign and the unit")
}

/// The comparisons of a clause exclude each other.
pub fn clause_never_holds(at: Place, text: &str) -> Diagnostic {
    error(
        at,
        "clause-never-holds",
        format!("条件 `{text}` 自相矛盾，永远不成立"),
        format!("the condition `{text}` contradicts itself and never holds"),
    )
    .help(
        "核对大于和小于，如 \">= -30 and <= -10\"",
        "check the signs, as in \">= -30 and <= -10\"",
    )
}

/// A rule gives the best light to what is however bad, by a basis of which one does not know which end is the better.
pub fn clause_upside_down(at: Place, text: &str, basis: &str) -> Diagnostic {
    let [zh, en] = match basis {
        "relative-gap" => [
            "`relative-gap` 是（序时－完成率）÷序时，落后为正，越小越好：green 写 `<= …`",
            "`relative-gap` is (target − rate) ÷ target, above zero when behind: write `<= …` for green",
        ],
        _ => [
            "完成得越多，这个数越大：green 写 `>= …`",
            "the more is done, the larger it is: write `>= …` for green",
        ],
    };
    error(
        at,
        "clause-upside-down",
        format!("按 `{text}`，落后再多也是绿灯，超前的反而不是"),
        format!("by `{text}` what is however far behind is green, and what is ahead is not"),
    )
    .help(zh, en)
}

/// A clause of a light rule is tried only after one that holds whenever it does.
pub fn unreachable_clause(at: Place, colour: &str, earlier: &str) -> Diagnostic {
    error(
        at,
        "unreachable-clause",
        format!("`{colour}` 永远轮不到：凡合它的都已合 `{earlier}`"),
        format!("`{colour}` is never reached: whatever it covers is `{earlier}` already"),
    )
    .help(
        "按绿、黄、红的次序判断，先合者定；核对各条的界限",
        "clauses are tried green, yellow, red and the first that holds decides; check the bounds",
    )
}

/// A late start is red before it can be yellow.
pub fn start_skips_yellow(at: Place, yellow: u32, red: u32) -> Diagnostic {
    error(
        at,
        "start-skips-yellow",
        format!("逾期 {red} 个月即红，{yellow} 个月才黄，黄灯永远轮不到"),
        format!("a start is red after {red} months, before it is yellow after {yellow}"),
    )
    .help(
        "`red_after_months` 要大于 `yellow_after_months`",
        "`red_after_months` must be the larger",
    )
}

/// A yellow light becomes red after no month at all.
pub fn escalates_at_once(at: Place) -> Diagnostic {
    error(
        at,
        "escalates-at-once",
        "黄灯 0 个月即转红，就没有黄灯了",
        "yellow that is red after 0 months is no yellow",
    )
    .help("写 1 或更大的数，或去掉 `escalate`", "write 1 or more, or leave out `escalate`")
}
