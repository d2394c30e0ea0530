//! What can be wrong with the templates of a theme: what Tera says of them, in words that say what to do.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{error, suggest};
use crate::diagnostic::{Diagnostic, Phrase, Place, Severity};

/// A template cannot be read or rendered: `said` is what Tera says of it, `near` what may be meant instead.
pub fn template_error(
    at: Option<Place>,
    template: &str,
    record: Option<&str>,
    said: &str,
    near: Option<&str>,
) -> Diagnostic {
    let (of_zh, of_en) = match record {
        Some(record) => (format!("，在生成 {record} 时"), format!(", while rendering {record}")),
        None => Default::default(),
    };
    let Words { zh, en, help } = in_words(said);
    let problem = Diagnostic {
        place: at,
        severity: Severity::Error,
        code: "template-error",
        message: Phrase::new(
            format!("模板 {template} 出错{of_zh}：{zh}"),
            format!("the template {template} fails{of_en}: {en}"),
        ),
        help: None,
    };
    match (near, help) {
        (None, None) => problem,
        (near, help) => {
            let Phrase { zh, en } = help.unwrap_or_else(|| Phrase::new("", ""));
            suggest(problem, near, zh, en)
        }
    }
}

/// A template that takes the place of a page of the default theme says nothing.
pub fn empty_template(at: Place, template: &str) -> Diagnostic {
    error(
        at,
        "template-error",
        format!("模板 {template} 是空的，页面上会什么也没有"),
        format!("the template {template} is empty, and so would be its pages"),
    )
    .help(
        "删去这个文件，就用内置主题的那一个",
        "remove the file, so that the template of the default theme is used",
    )
}

/// A template that takes the place of one of the default theme lacks blocks that others of it fill.
pub fn missing_blocks(at: Place, template: &str, blocks: &BTreeSet<String>) -> Diagnostic {
    let names: Vec<String> = blocks.iter().map(|name| format!("`{name}`")).collect();
    let name = blocks.first().map_or("main", String::as_str);
    error(
        at,
        "template-error",
        format!("模板 {template} 缺少别的模板要填的块：{}", names.join("、")),
        format!("the template {template} lacks blocks that others fill: {}", names.join(", ")),
    )
    .help(
        format!("在要登它们的地方写 `{{% block {name} %}}{{% endblock %}}`"),
        format!("where they belong, write `{{% block {name} %}}{{% endblock %}}`"),
    )
}

/// What is said of a fault, and what to do about it unless something else is nearer.
struct Words {
    zh: String,
    en: String,
    help: Option<Phrase>,
}

impl Words {
    fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Words { zh: zh.into(), en: en.into(), help: None }
    }

    fn help(self, zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Words { help: Some(Phrase::new(zh, en)), ..self }
    }
}

/// What Tera says in our words, or in its own where it says what is rarely said.
fn in_words(said: &str) -> Words {
    // What is available is told by what is nearest to what is wanted.
    let said = said.split_once(". Available").map_or(said, |(said, _)| said);
    let said = said.split_once(". Possible").map_or(said, |(said, _)| said).trim_end_matches('.');
    let pattern = said.split('`').step_by(2).collect::<Vec<_>>().join("_");
    let names: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let name = |index: usize| names.get(index).copied().unwrap_or_default();
    let words = unknown(&pattern, name(0));
    let words = words.or_else(|| unread(&pattern, name(0), name(1)));
    let words = words.or_else(|| unrendered(&pattern, name(0), name(1)));
    let words = words.or_else(|| extra_argument(said, &names));
    let words = words.or_else(|| misplaced(said)).or_else(|| unfilled(said, &names));
    words.unwrap_or_else(|| Words::new(format!("“{said}”"), said))
}

/// A name stands for nothing.
fn unknown(pattern: &str, name: &str) -> Option<Words> {
    let words = match pattern {
        "Unknown filter _" => {
            Words::new(format!("没有过滤器 `{name}`"), format!("there is no filter `{name}`"))
                .help("过滤器见 Tera 的文档", "see the documentation of Tera for all filters")
        }
        "Unknown test _" => {
            Words::new(format!("没有判断 `is {name}`"), format!("there is no test `is {name}`"))
                .help(
                    "有 `is defined`、`is string` 等",
                    "there are `is defined`, `is string` and others",
                )
        }
        "Unknown function _" => Words::new(
            format!("没有函数 `{name}`"),
            format!("there is no function `{name}`"),
        )
        .help("函数有 `range` 和块里的 `super`", "there are `range` and, in a block, `super`"),
        "Unknown component _" => {
            Words::new(format!("没有组件 `{name}`"), format!("there is no component `{name}`"))
                .help("在模板里定义它，或改正名字", "define it in a template, or correct its name")
        }
        "Unknown template _" => Words::new(
            format!("没有模板 `{name}`"),
            format!("there is no template `{name}`"),
        )
        .help("把它放进 templates/，或改正名字", "put it into templates/, or correct its name"),
        "Unknown tag _" => {
            Words::new(format!("没有标签 `{name}`"), format!("there is no tag `{name}`")).help(
                "有 `if`、`for`、`set`、`include` 等",
                "there are `if`, `for`, `set`, `include` and others",
            )
        }
        "Block _ is not defined in any parent template" => Words::new(
            format!("上层模板没有块 `{name}`，写在里面的不会登出来"),
            format!("no template above has a block `{name}`, so that what is in it is left out"),
        )
        .help("内容写在 `main` 块里", "what a page says belongs in the block `main`"),
        "Variable _ is not defined" => {
            Words::new(format!("没有变量 `{name}`"), format!("there is no variable `{name}`"))
                .help(VIEW.0, VIEW.1)
        }
        "Field _ is not defined" => {
            Words::new(format!("没有 `{name}` 这一项"), format!("there is no field `{name}`"))
                .help(VIEW.0, VIEW.1)
        }
        "Unknown message _" => {
            Words::new(format!("没有 `{name}` 这条用语"), format!("there is no message `{name}`"))
                .help(
                    "把它写进主题的 i18n/，各种语言都要有",
                    "write it into i18n/ of the theme, in every language",
                )
        }
        _ => return None,
    };
    Some(words)
}

/// A template cannot be read.
fn unread(pattern: &str, name: &str, other: &str) -> Option<Words> {
    let words = match pattern {
        "Unexpected end of input" => {
            Words::new("没有写完：缺 `}}` 或 `%}`", "it ends too early: `}}` or `%}` is missing")
        }
        "Missing _" => Words::new(format!("缺 `{name}`"), format!("`{name}` is missing"))
            .help("在该结束的地方补上它", "add it where the part ends"),
        "Misplaced _" => {
            Words::new(format!("`{name}` 不在 `if` 里"), format!("`{name}` stands in no `if`"))
                .help("移到 `{% if … %}` 和 `{% endif %}` 之间", "move it into one")
        }
        "Unexpected character _" => Words::new(
            format!("这里不能有 `{name}`"),
            format!("there must be no `{name}` here"),
        )
        .help(
            "标签里的标点和引号用半角；中文写在引号里",
            "punctuation and quotes within a tag are plain ASCII; other text stands in quotes",
        ),
        _ if pattern.starts_with("Expected \"string\" or {expression}") => {
            Words::new("组件参数的值没有括起来", "the value of a component's argument is bare")
                .help("写成 `={…}`，文字写成 `=\"…\"`", "write `={…}`, and of a text `=\"…\"`")
        }
        _ if pattern.starts_with("This content would be ignored") => Words::new(
            "用了 `extends`，块以外的内容不会登出来",
            "it has `extends`, so that what stands outside of its blocks is left out",
        )
        .help("移到 `{% block main %}` 里面", "move it into `{% block main %}`"),
        "_ needs to be the first tag of the template" if name == "extends" => {
            Words::new("`extends` 不在开头", "`extends` is not at the beginning")
                .help("移到模板第一行", "move it to the first line")
        }
        "Closing comment tag _ not found" => {
            Words::new("注释没有结束：缺 `#}`", "a comment does not end: `#}` is missing")
        }
        "String opened with _ is missing its closing _" => Words::new(
            format!("引号没有配对：缺 `{name}`"),
            format!("a quote is open: `{name}` is missing"),
        ),
        "block was named _ in the opening tag, found _ as name in the end tag" => Words::new(
            format!("块 `{name}` 以 `endblock {other}` 结束"),
            format!("the block `{name}` ends with `endblock {other}`"),
        )
        .help(format!("写成 `endblock {name}`"), format!("write `endblock {name}`")),
        "Template already contains a block named _" => Words::new(
            format!("块 `{name}` 写了两次"),
            format!("the block `{name}` is there twice"),
        )
        .help("合为一个，或改名", "make one of them, or give it another name"),
        "Unopened _" => {
            let tag = name.trim_start_matches("end");
            Words::new(
                format!("`{name}` 前面没有与它配对的 `{tag}`"),
                format!("no `{tag}` before it is ended by this `{name}`"),
            )
            .help("删去它，或补上开头", "remove it, or add the beginning")
        }
        "Circle _" => {
            Words::new("模板一个引用一个，绕回了自己", "templates name one another in a circle")
                .help(
                    format!("去掉其中一处；内置的模板写成 `default/{name}`"),
                    format!("take one of them out; that of the default theme is `default/{name}`"),
                )
        }
        "Component _ is defined in both _ and _" => Words::new(
            format!("组件 `{name}` 定义了两次，{other} 里也有"),
            format!("the component `{name}` is defined twice, in {other} too"),
        )
        .help("删去一处，或改名", "remove one of them, or give it another name"),
        "Maximum render recursion depth for components exceeded" => {
            Words::new("一个组件一层层用到自己，没有尽头", "a component uses itself without end")
                .help(
                    "在用到自己的地方加上 `{% if … %}`，或去掉它",
                    "put an `{% if … %}` around it where it uses itself, or take it out",
                )
        }
        _ => return None,
    };
    Some(words)
}

/// Something stands where another is to stand.
fn misplaced(said: &str) -> Option<Words> {
    let (found, expected) = said.strip_prefix("Found ")?.split_once(" but expected ")?;
    let is_words = expected.contains([' ', '`']) || ["identifier", "string"].contains(&expected);
    let expected = if is_words { expected.to_owned() } else { format!("`{expected}`") };
    let zh = |words: &str| words.replace("identifier", "名字").replace("string", "字符串");
    let words = Words::new(
        format!("这里应是 {}，不是 {}", zh(&expected), zh(found)),
        format!("this should be {expected}, not {found}"),
    );
    Some(match found {
        "`=`" => words.help("比较是否相等，写 `==`", "to compare, write `==`"),
        _ => words,
    })
}

/// A component is given an argument that it does not take; of several, which have no order, the first by the alphabet.
fn extra_argument(said: &str, names: &[&str]) -> Option<Words> {
    let name = names.iter().min().filter(|_| said.starts_with("Unknown argument"))?;
    let words = Words::new(
        format!("组件没有参数 `{name}`"),
        format!("the component has no argument `{name}`"),
    );
    Some(words.help(
        "参数写在组件的 `{% component … %}` 里",
        "its arguments stand in its `{% component … %}`",
    ))
}

/// A place of a message is filled with none of what is given.
fn unfilled(said: &str, names: &[&str]) -> Option<Words> {
    let (name, given) = names.split_first().filter(|_| said.starts_with("Unfilled"))?;
    let given: Vec<_> = given.iter().map(|name| format!("`{name}`")).collect();
    let (zh, en) = match &*given {
        [] => ("什么也没给".to_owned(), "nothing is given".to_owned()),
        names => (format!("给的是 {}", names.join("、")), format!("given is {}", names.join(", "))),
    };
    let words = Words::new(
        format!("用语里的 `{{{name}}}` 没有填：{zh}"),
        format!("the place `{{{name}}}` of the message is not filled: {en}"),
    );
    Some(words.help(format!("写成 `fill({name}=…)`"), format!("write `fill({name}=…)`")))
}

/// A template can be read, and fails with what it is given.
fn unrendered(pattern: &str, name: &str, other: &str) -> Option<Words> {
    let words = match pattern {
        "Tried to render a variable that is undefined"
        | "Variable _ exists but its value is undefined" => Words::new(
            "要登的内容没有值",
            "what is to be printed has no value",
        )
        .help(
            "不一定有的内容，先判断 `is defined`，或加 `| default(value=\"…\")`",
            "what may be missing is asked for by `is defined`, or given a `| default(value=\"…\")`",
        ),
        "Iteration not possible on type _" if name == "undefined" => {
            Words::new("`for` 要一份列表，这里没有值", "`for` takes a list, and this has no value")
                .help(VIEW.0, VIEW.1)
        }
        "Iteration not possible on type _" => Words::new(
            format!("`for` 要一份列表，这里是 `{name}`"),
            format!("`for` takes a list, and this is `{name}`"),
        )
        .help(VIEW.0, VIEW.1),
        "Invalid type for the value, expected _ but got _" => Words::new(
            format!("这里要 `{name}`，给的是 `{other}`"),
            format!("this takes `{name}`, and was given `{other}`"),
        )
        .help(VIEW.0, VIEW.1),
        "_ requires both operands to be numbers, found _ and _" => Words::new(
            format!("`{name}` 两边要是数"),
            format!("`{name}` takes numbers on either side"),
        )
        .help("文字相连用 `~`", "texts are joined by `~`"),
        "Missing keyword argument _" | "Argument _ missing" | "Argument _ (type: _) missing" => {
            Words::new(format!("缺参数 `{name}`"), format!("the argument `{name}` is missing"))
                .help(format!("补上 `{name}=…`"), format!("add `{name}=…`"))
        }
        _ => return None,
    };
    Some(words)
}

/// Where a template's author sees what there is.
const VIEW: (&str, &str) = (
    "`gongbao view` 加页面地址，列出模板可用的一切",
    "`gongbao view` with the route of a page lists all that a template has",
);
