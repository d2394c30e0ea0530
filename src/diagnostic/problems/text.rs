//! What is mistyped in a text, so that it is printed otherwise than it is meant.

use super::{error, warning};
use crate::diagnostic::{Diagnostic, Phrase, Place};

/// A figure in prose has not the brackets of one; `name` is what is to be between them.
pub fn miswritten_figure(at: Place, name: &str) -> Diagnostic {
    error(
        at,
        "miswritten-figure",
        "这里的数没有取到：括号不对，或中间换了行",
        "this is no figure, for its brackets are not right, or a line ends between them",
    )
    .help(
        format!("用半角方括号，前后各两个，不换行：写成 `[[{name}]]`"),
        format!("two plain brackets on either side, in one line: write `[[{name}]]`"),
    )
}

/// The name of a figure stands in ordinary brackets.
pub fn bracketed_figure(at: Place, name: &str) -> Diagnostic {
    warning(
        at,
        "miswritten-figure",
        format!("`{name}` 是指标，只有一层方括号，不会换成数"),
        format!("`{name}` is a metric, but in a single pair of brackets it is no figure"),
    )
    .help(
        format!("要登数，写成 `[[{name}]]`；要登方括号，写成 `\\[{name}]`"),
        format!("for the figure write `[[{name}]]`, for the brackets `\\[{name}]`"),
    )
}

/// A link or picture has other brackets, or a space where there must be none.
pub fn miswritten_link(at: Place, meant: &str) -> Diagnostic {
    warning(
        at,
        "miswritten-link",
        "这里不成链接或图片，会照原样登出来",
        "this is no link or picture, and is printed as it stands",
    )
    .help(
        format!("括号用半角，中间不空格：写成 `{meant}`"),
        format!("plain brackets, and no space between them: write `{meant}`"),
    )
}

/// A heading has no space behind its `#`, or a full-width one.
pub fn miswritten_heading(at: Place, meant: &str) -> Diagnostic {
    warning(
        at,
        "miswritten-heading",
        "这一行不成小标题，会照原样登出来",
        "this is no heading, and is printed as it stands",
    )
    .help(
        format!("`#` 用半角，后面空一格：写成 `{meant}`"),
        format!("a plain `#` and a space behind it: write `{meant}`"),
    )
}

/// A list has no space behind its `-`; `first` is how its first item is written.
pub fn miswritten_list(at: Place, first: &str) -> Diagnostic {
    warning(
        at,
        "miswritten-list",
        "这几行不成列表，会连成一段",
        "these lines are no list, and run together",
    )
    .help(
        format!("`-` 后面空一格：写成 `{first}`"),
        format!("a space behind each `-`: write `{first}`"),
    )
}

/// Rows are no table; `head` is how the first is written.
pub fn miswritten_table(at: Place, head: &str) -> Diagnostic {
    let columns = head.replace("\\|", "").matches('|').count() - 1;
    let line = "| --- ".repeat(columns) + "|";
    warning(
        at,
        "miswritten-table",
        "这几行不成表格，会连成一段",
        "these lines are no table, and run together",
    )
    .help(
        format!("用半角竖线：第一行写成 `{head}`，下一行写 `{line}`"),
        format!("with plain bars: write `{head}`, and `{line}` below"),
    )
}

/// A row of a table has cells beyond those of the head.
pub fn extra_cells(at: Place, extra: &str) -> Diagnostic {
    warning(
        at,
        "miswritten-table",
        format!("这一行的格数比表头多，`{extra}` 不会登出来"),
        format!("this row has more cells than the head, and `{extra}` is left out"),
    )
    .help(
        format!("表头和它下面的 `---` 行各补一格，或删去 `{extra}`"),
        format!("add a cell to the head and to the line of `---` below it, or remove `{extra}`"),
    )
}

/// A number is typed where a figure is meant, and is that of nothing on the day; `said` is that of the whole.
pub fn typed_figure(at: Place, typed: &str, label: &Phrase, said: &str) -> Diagnostic {
    warning(
        at,
        "typed-figure",
        format!("`{typed}` 不是那天的{}：合计是 {said}，各镇和项目也没有这个数", label.zh),
        format!("`{typed}` is not the {} of that day: of the whole it is {said}, and that of no town or project is so", label.en),
    )
    .help(
        format!("核对；不要手打，写 `[[{}]]`", label.zh),
        format!("check it; do not type it but write `[[{}]]`", label.zh),
    )
}

/// A line that begins like a paragraph or an item is joined to the one before it; `line` is the line.
pub fn joined_line(at: Place, line: &str) -> Diagnostic {
    let beginning: String = line.chars().take(8).collect();
    warning(
        at,
        "joined-line",
        "这一行会与上一行连成一段",
        "this line is printed in one paragraph with the line before it",
    )
    .help(
        format!("在“{beginning}”前面空一行；列表也可以每行写成 `- …` 或 `1. …`"),
        format!("leave an empty line before `{beginning}`; the items of a list may be written `- …` or `1. …`"),
    )
}

/// A paragraph is printed as code; `beginning` is how it begins.
pub fn indented_paragraph(at: Place, beginning: &str) -> Diagnostic {
    warning(
        at,
        "indented-paragraph",
        "这一段前面有空格，会登成代码",
        "this paragraph is printed as code, for it is indented",
    )
    .help(
        format!("删去段前的空格：从行首写起，`{beginning}`"),
        format!("remove the spaces before it, so that the line begins with `{beginning}`"),
    )
}

/// A footnote has a full-width colon.
pub fn footnote_colon(at: Place, meant: &str) -> Diagnostic {
    warning(
        at,
        "miswritten-footnote",
        "这里不成脚注，会照原样登出来",
        "this is no footnote, and is printed as it stands",
    )
    .help(format!("冒号用半角：写成 `{meant}`"), format!("with a plain colon: write `{meant}`"))
}

/// There is no footnote for a reference.
pub fn missing_footnote(at: Place, reference: &str) -> Diagnostic {
    warning(
        at,
        "miswritten-footnote",
        format!("没有 `{reference}` 这条脚注，会照原样登出来"),
        format!("there is no footnote `{reference}`, which is printed as it stands"),
    )
    .help(
        format!("另起一行写脚注：`{reference}: …`"),
        format!("write the footnote on a line of its own: `{reference}: …`"),
    )
}

/// There is no reference to a footnote.
pub fn unused_footnote(at: Place, reference: &str) -> Diagnostic {
    warning(
        at,
        "miswritten-footnote",
        format!("正文里没有 `{reference}`，这条脚注不会登出来"),
        format!("nothing refers to `{reference}`, and the footnote is left out"),
    )
    .help(
        format!("在正文中要加注的地方写 `{reference}`"),
        format!("write `{reference}` in the text where the footnote belongs"),
    )
}
