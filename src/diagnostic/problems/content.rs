//! What can be wrong with what records say: by themselves, and about each other.

use jiff::civil::Date;

use super::{error, nearest, suggest, warning};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::SourcePath;
use crate::value::Period;

/// What a record can name, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noun {
    /// The code of the problem that it is unknown.
    pub unknown: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

/// The nouns that records name by id.
pub mod noun {
    use super::Noun;

    const fn noun(unknown: &'static str, zh: &'static str, en: &'static str) -> Noun {
        Noun { unknown, zh, en }
    }

    /// 镇
    pub const TOWN: Noun = noun("unknown-town", "镇（街道、园区）", "town");
    /// 类别
    pub const CATEGORY: Noun = noun("unknown-category", "类别", "category");
    /// 产业链
    pub const CHAIN: Noun = noun("unknown-chain", "产业链", "chain");
    /// 项目
    pub const PROJECT: Noun = noun("unknown-project", "项目", "project");
    /// 批次
    pub const BATCH: Noun = noun("unknown-batch", "批次", "batch");
    /// 组别
    pub const GROUP: Noun = noun("unknown-group", "组别", "group");
    /// 期
    pub const ISSUE: Noun = noun("unknown-issue", "公报期号", "issue");
    /// 稿件
    pub const NEWS: Noun = noun("unknown-news", "稿件", "news item");
    /// 事件
    pub const EVENT: Noun = noun("unknown-event", "事件", "event");
    /// 类型
    pub const EVENT_KIND: Noun = noun("unknown-event-kind", "事件类型", "kind of event");
}

/// A record names something that there is not.
pub fn unknown<'a>(
    at: Place,
    what: Noun,
    id: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let problem = error(
        at,
        what.unknown,
        format!("没有 id 为 `{id}` 的{}", what.zh),
        format!("no {} has the id `{id}`", what.en),
    );
    suggest(problem, nearest(id, known), "核对 id 的写法", "check how the id is written")
}

/// Two records have one id.
pub fn duplicate_id(at: Place, what: Noun, id: &str, first: &str) -> Diagnostic {
    error(
        at,
        "duplicate-id",
        format!("{} `{id}` 已经在 {first} 里有了", what.zh),
        format!("the {} `{id}` is already in {first}", what.en),
    )
    .help("换一个 id", "choose another id")
}

/// A project stands in a start batch, and in an earlier one.
pub fn in_two_start_batches(at: Place, project: &str, first: &str) -> Diagnostic {
    error(
        at,
        "duplicate-id",
        format!("项目 `{project}` 已在开工批次 `{first}` 里"),
        format!("the project `{project}` is already in the start batch `{first}`"),
    )
    .help(
        "一个项目只属于一个开工批次：从其中一个批次里删去它",
        "a project belongs to one start batch: remove it from one of them",
    )
}

/// A file would be an issue's text in another language.
pub fn issue_translated(path: &SourcePath) -> Diagnostic {
    error(
        Place::file(path),
        "issue-translated",
        "公报的正文没有译文文件",
        "the text of an issue has no files in other languages",
    )
    .help(
        "删去这个文件；标题可以写两种语言，如 `title: {zh-CN: …, en: …}`",
        "remove this file; the title may be in both languages, as in `title: {zh-CN: …, en: …}`",
    )
}

/// A figure is named in a field that is printed as it is written.
pub fn literal_figure(at: Place) -> Diagnostic {
    error(
        at,
        "literal-figure",
        "`[[…]]` 只在正文里换成数，这里会照原样登出来",
        "`[[…]]` is a figure in texts alone; here it is printed as it stands",
    )
    .help(
        "这里直接写数，或把这句话移到正文",
        "write the number here, or move the sentence to the text",
    )
}

/// A figure in prose is of an internal project.
pub fn internal_figure(at: Place, project: &str) -> Diagnostic {
    error(
        at,
        "unknown-figure",
        format!("`{project}` 是内部项目"),
        format!("`{project}` is an internal project"),
    )
    .help("内部项目不进任何数字：删去这一处", "internal projects are in no figure: remove it")
}

/// A site has no `site.yaml`.
pub fn no_site(path: &SourcePath) -> Diagnostic {
    error(Place::file(path), "no-site", "没有 content/site.yaml", "there is no content/site.yaml")
        .help(
            "用 `gongbao new site` 新建一个站点，或用 --root 指明站点所在的文件夹",
            "make a site with `gongbao new site`, or name the folder with --root",
        )
}

/// A site with projects has no `towns.yaml`.
pub fn no_towns(path: &SourcePath) -> Diagnostic {
    error(
        Place::file(path),
        "no-towns",
        "没有 content/towns.yaml",
        "there is no content/towns.yaml",
    )
    .help(
        "项目都属于某个镇：在这个文件里逐行写 `- {id: nanshan, name: 南山镇}`",
        "projects belong to towns: list them in this file, as in `- {id: nanshan, name: 南山镇}`",
    )
}

/// A share is below nothing or above the whole; `meant` is what it would be with the percent sign.
pub fn share_out_of_range(at: Place, meant: Option<&str>) -> Diagnostic {
    let problem = error(
        at,
        "share-out-of-range",
        "百分比应在 0 到 100% 之间",
        "a percentage lies between 0 and 100%",
    );
    match meant {
        Some(meant) => problem.help(format!("写成 `{meant}`"), format!("write `{meant}`")),
        None => problem.help("核对这个数", "check the number"),
    }
}

/// 网站标识码 has not the right form.
pub fn bad_site_code(at: Place, code: &str) -> Diagnostic {
    error(
        at,
        "bad-site-code",
        format!("网站标识码 `{code}` 的格式不对"),
        format!("the site code `{code}` has not the right form"),
    )
    .help("10 位数字，或 bm 加 8 位数字", "ten digits, or bm and eight digits")
}

/// An issue is published before the day of its figures.
pub fn published_before_as_of(at: Place, published: Date, as_of: Date) -> Diagnostic {
    error(
        at,
        "published-before-as-of",
        format!("出版日期 {published} 早于数据截止日 {as_of}"),
        format!("it is published on {published}, before its figures are as of {as_of}"),
    )
    .help("核对 `published` 和 `as_of`", "check `published` and `as_of`")
}

/// An issue tells its changes against itself.
pub fn compared_with_itself(at: Place) -> Diagnostic {
    error(
        at,
        "compared-with-itself",
        "本期不能与自己相比",
        "an issue cannot be compared with itself",
    )
    .help("写以前某一期的 id，或去掉这一行", "name an earlier issue, or remove the line")
}

/// An issue is compared with one that came out after it.
pub fn compared_with_later(at: Place, named: &str) -> Diagnostic {
    error(
        at,
        "compared-with-later",
        format!("`{named}` 比本期出版得晚，不能拿来对比"),
        format!("`{named}` is published after this issue, which cannot be compared with it"),
    )
    .help("写以前某一期的 id，或去掉这一行", "name an earlier issue, or remove the line")
}

/// A town is in none of the groups within which towns are ranked.
pub fn no_group<'a>(at: Place, groups: impl Iterator<Item = &'a str>) -> Diagnostic {
    let groups = groups.map(|group| format!("`group: {group}`")).collect::<Vec<_>>();
    warning(at, "no-group", "没有写 `group`，不参加排名", "without a `group` it is in no ranking")
        .help(format!("加上 {}", groups.join(" 或 ")), format!("add {}", groups.join(" or ")))
}

/// A person's identity number is to be published.
pub fn identity_number(at: Place, number: &str) -> Diagnostic {
    let masked = format!("{}********{}", &number[..6], &number[14..]);
    error(
        at,
        "identity-number",
        "这里有一个身份证号码，不能公开",
        "an identity number is not to be published",
    )
    .help(format!("去掉，或写成 `{masked}`"), format!("remove it, or write `{masked}`"))
}

/// A person's mobile number is to be published.
pub fn mobile_number(at: Place, number: &str) -> Diagnostic {
    let masked = format!("{}****{}", &number[..3], &number[7..]);
    warning(
        at,
        "mobile-number",
        "这里有一个手机号码，读者都看得到",
        "a mobile number that all readers will see",
    )
    .help(format!("不必公开的，去掉或写成 `{masked}`"), format!("remove it, or write `{masked}`"))
}

/// An item ends, or was corrected, before it came out.
pub fn early_day(at: Place, key: &str, day: Period, date: Date) -> Diagnostic {
    warning(
        at,
        "early-day",
        format!("`{key}` 的 {day} 早于稿件日期 {date}"),
        format!("`{key}` is {day}, before the item's own date of {date}"),
    )
    .help("核对两个日期", "check both dates")
}

/// Something is dated so far ahead that its year may be mistyped.
pub fn far_day(at: Place, day: Date) -> Diagnostic {
    warning(
        at,
        "far-day",
        format!("{day} 还有一年以上，到那天才算数"),
        format!("{day} is more than a year ahead; it does not count before that day"),
    )
    .help("核对年份", "check the year")
}

/// Two issues of one kind have one number in a year.
pub fn duplicate_number(at: Place, number: u32, first: &str) -> Diagnostic {
    warning(
        at,
        "duplicate-number",
        format!("本年第 {number} 期已经有了：{first}"),
        format!("number {number} of the year is already that of {first}"),
    )
    .help("核对 `number` 和 `kind`", "check `number` and `kind`")
}

/// A figure in prose names no metric or scope.
pub fn unknown_figure(at: Place, name: &str, near: Option<&str>) -> Diagnostic {
    let problem = error(
        at,
        "unknown-figure",
        format!("没有 `{name}` 这个指标或范围"),
        format!("there is no metric or scope `{name}`"),
    );
    suggest(
        problem,
        near,
        "指标见统计口径页；要写方括号本身，写 `\\[[`",
        "see the method page for metrics; for literal brackets write `\\[[`",
    )
}

/// A news item names a day for its figures that was yet to come when it was written.
pub fn early_item(at: Place, written: Date, shown: Period) -> Diagnostic {
    warning(
        at,
        "early-item",
        format!("稿件写于 {written}，数据截止日却是 {shown}"),
        format!("the item is of {written}, but its figures are to be as of {shown}"),
    )
    .help("核对 `as_of` 和 `date`", "check `as_of` and `date`")
}

/// A news item names no day for its figures, and the site's day is later than the item.
pub fn moving_figure(at: Place, written: Date, shown: Date) -> Diagnostic {
    warning(
        at,
        "moving-figure",
        format!("稿件写于 {written}，文中的数字却截至 {shown}，以后还会随新的数据变动"),
        format!("the item is of {written}, but its figures are as of {shown} and will change with the data"),
    )
    .help(
        "写明数据截止日，如 `as_of: 2023-03`，或所属的公报 `issue`",
        "write the day they are as of, such as `as_of: 2023-03`, or the item's `issue`",
    )
}

/// A correction is dated before the issue was out that it corrects.
pub fn correction_before_issue(at: Place, date: Date, published: Date) -> Diagnostic {
    error(
        at,
        "correction-before-issue",
        format!("更正稿的日期 {date} 早于所更正的期出版的 {published}"),
        format!(
            "it is dated {date}, before the issue that it corrects was published on {published}"
        ),
    )
    .help("核对 `date` 和 `correction_of`", "check `date` and `correction_of`")
}

/// A list announces another number of items than it has.
pub fn announced_differs(at: Place, announced: u32, present: usize) -> Diagnostic {
    error(
        at,
        "announced-differs",
        format!("说有 {announced} 篇摘要，实有 {present} 篇"),
        format!("{announced} digests are announced, {present} are there"),
    )
    .help("补齐稿件，或改正 `digests`", "add the items, or correct `digests`")
}
