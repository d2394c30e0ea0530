//! What can be wrong with a file as such: its name, its encoding, its YAML.

use super::{error, warning};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::SourcePath;

/// A file lies where no file is looked for.
pub fn stray_file(path: &SourcePath) -> Diagnostic {
    warning(Place::file(path), "stray-file", "这个位置的文件不会被读取", "files at this place are not read").help(
        "项目放在 content/projects/(.yaml)，新闻放在 content/news/(.md)，图片放在 content/media/",
        "projects belong in content/projects/ (.yaml), news in content/news/ (.md), pictures in content/media/",
    )
}

/// A file holds a record, and its name hides it.
pub fn misnamed_file(path: &SourcePath, meant: &str) -> Diagnostic {
    error(
        Place::file(path),
        "misnamed-file",
        "这个文件里写的是记录，可是文件名不对，不会被读取",
        "the file holds a record, but is not read under this name",
    )
    .help(format!("改名为 `{meant}`"), format!("rename it to `{meant}`"))
}

/// A file's name cannot be an id.
pub fn bad_file_name(path: &SourcePath, stem: &str) -> Diagnostic {
    error(
        Place::file(path),
        "bad-file-name",
        format!("文件名 `{stem}` 不能作 id"),
        format!("the file name `{stem}` cannot be an id"),
    )
    .help(
        "只用小写字母、数字和连字符，如 `kunpeng-town`；新闻也可以另写 `slug:`",
        "use lower-case letters, digits and hyphens, as in `kunpeng-town`; news may have a `slug:` instead",
    )
}

/// A file is meant for a translation, and its name does not say so.
pub fn misnamed_translation(path: &SourcePath, meant: &str) -> Diagnostic {
    error(
        Place::file(path),
        "bad-file-name",
        "译文的文件名不是这样写的",
        "a translation is not named so",
    )
    .help(format!("改名为 `{meant}`"), format!("rename it to `{meant}`"))
}

/// A Markdown file does not begin with front matter.
pub fn no_front_matter(path: &SourcePath) -> Diagnostic {
    error(
        Place::bytes(path, 0..0),
        "no-front-matter",
        "文件开头没有两行 `---` 之间的信息",
        "the file does not begin with fields between two lines of `---`",
    )
    .help(
        "第一行写 `---`，接着 `title:`、`date:` 等，再一行 `---`",
        "begin with `---`, then `title:`, `date:` and so on, then `---` again",
    )
}

/// A file is not UTF-8.
pub fn not_utf8(at: Place, bytes: &[u8]) -> Diagnostic {
    let problem = error(at, "not-utf8", "文件不是 UTF-8 编码", "the file is not UTF-8");
    if looks_like_gb18030(bytes) {
        problem.help(
            "看起来是 GB18030(GBK)编码：请另存为 UTF-8",
            "it looks like GB18030: save it as UTF-8",
        )
    } else {
        problem.help("请另存为 UTF-8", "save it as UTF-8")
    }
}

/// Whether bytes pair up as they do in GB18030: a lead byte above 0x80 and a trail byte above 0x3F.
fn looks_like_gb18030(bytes: &[u8]) -> bool {
    matches!(bytes, [0x81..=0xFE, 0x30..=0xFE, ..])
}

/// A text is no YAML from somewhere on, for a reason that only the parser knows.
pub fn bad_yaml(at: Place) -> Diagnostic {
    error(at, "bad-yaml", "从这里起不是正确的 YAML", "from here on this is not YAML").help(
        "检查这一行和上一行：缩进、冒号后的空格、引号和括号；含有 `: ` 或 ` #` 的文字要加引号",
        "check this line and the one above: indent, space behind colons, quotes and brackets; a text with `: ` or ` #` needs quotes",
    )
}

/// A bracket is not closed, or what it holds does not end where it should.
pub fn unclosed_bracket(at: Place, bracket: &str) -> Diagnostic {
    error(
        at,
        "unclosed-bracket",
        format!("括号 `{bracket}` 没有配对，或者其中缺了逗号"),
        format!("the bracket `{bracket}` is not closed, or a comma is missing behind it"),
    )
    .help("补上括号，各项之间写逗号", "close it, and write a comma between its parts")
}

/// A key stands twice in one mapping, or a value in a list that has each once.
pub fn duplicate_key(at: Place, key: &str) -> Diagnostic {
    error(at, "duplicate-key", format!("`{key}` 写了两次"), format!("`{key}` is written twice"))
        .help("删去一处", "remove one of them")
}

/// A line is indented with a tab.
pub fn tab_indent(at: Place) -> Diagnostic {
    error(at, "tab-indent", "缩进用了制表符", "the line is indented with a tab")
        .help("改用空格缩进", "indent with spaces")
}

/// A key is followed by a full-width colon.
pub fn full_width_colon(at: Place) -> Diagnostic {
    error(
        at,
        "full-width-colon",
        "项名后面是全角冒号“：”",
        "the key is followed by a full-width colon",
    )
    .help("改成半角冒号加空格 `: `", "write `: `, a plain colon and a space")
}

/// A space that YAML does not take for one.
pub fn other_space(at: Place, space: char) -> Diagnostic {
    let [zh, en] = match space {
        '\u{3000}' => ["全角空格", "a full-width space"],
        '\u{a0}' => ["不间断空格", "a no-break space"],
        _ => ["看不见的特殊空格", "an invisible space of another kind"],
    };
    error(
        at,
        "other-space",
        format!("这里是{zh}，不能当空格用"),
        format!("this is {en}, which does not count as a space"),
    )
    .help("删去它，改用半角空格（英文输入法的空格键）", "replace it by a plain space")
}

/// A bracket of a Chinese input method.
pub fn full_width_bracket(at: Place, mark: char) -> Diagnostic {
    error(
        at,
        "full-width-bracket",
        format!("`{mark}` 是全角括号"),
        format!("`{mark}` is a full-width bracket"),
    )
    .help("改成半角的 `{ }` 或 `[ ]`", "write a plain `{ }` or `[ ]`")
}

/// A full-width comma stands between the parts of a list or mapping.
pub fn full_width_comma(at: Place) -> Diagnostic {
    error(
        at,
        "full-width-comma",
        "两项之间是全角逗号“，”",
        "there is a full-width comma between two parts",
    )
    .help("改成半角逗号加空格 `, `", "write `, `, a plain comma and a space")
}

/// A key and its value are not parted.
pub fn no_space(at: Place) -> Diagnostic {
    error(at, "no-space", "冒号后面没有空格", "there is no space behind the colon")
        .help("在冒号后面加一个空格", "write a space behind it")
}

/// A comma within a number ends the value, since it stands in brackets.
pub fn cut_number(at: Place) -> Diagnostic {
    error(
        at,
        "cut-number",
        "括号里的逗号把这个数截断了",
        "the comma cuts this number off, since it stands in brackets",
    )
    .help("给整个数加上引号，如 \"4,000万元\"", "put the number in quotes, as in \"4,000万元\"")
}

/// A number sign behind a space ends a text; `read` is what is read of it.
pub fn cut_text(at: Place, read: &str) -> Diagnostic {
    warning(
        at,
        "cut-text",
        format!("这里的文字只读到 `{read}`：空格后的 `#` 起算作注释"),
        format!("only `{read}` is read of this text: a space and `#` begin a comment"),
    )
    .help(
        "给整项文字加上引号；确是注释的，在 `#` 后面加一个空格",
        "put the whole text in quotes; if it is a comment, write a space behind `#`",
    )
}

/// A value begins with a character that YAML keeps for itself.
pub fn reserved_character(at: Place, character: char) -> Diagnostic {
    error(
        at,
        "reserved-character",
        format!("值不能以 `{character}` 开头"),
        format!("a value cannot begin with `{character}`"),
    )
    .help("给整个值加上引号", "put the whole value in quotes")
}

/// A quote is not closed.
pub fn unclosed_quote(at: Place) -> Diagnostic {
    error(at, "unclosed-quote", "引号没有配对", "the quote is not closed")
        .help("在这个值的末尾补上引号", "close it at the end of the value")
}

/// A value begins with a quote that ends before the value does.
pub fn part_quoted(at: Place) -> Diagnostic {
    error(
        at,
        "part-quoted",
        "引号只括住了值的前一部分",
        "the quotes hold only the first part of the value",
    )
    .help(
        "把整个值放进另一种引号，如 '\"十四五\"规划'",
        "put the whole value in the other kind of quotes, as in '\"十四五\"规划'",
    )
}
