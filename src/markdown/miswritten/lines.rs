//! What whole lines are: headings, items of lists, rows of tables.

use std::ops::Range;

use super::{Mistake, Miswritten, begins_line};
use crate::markdown::cjk;

/// Finds lines of a paragraph that are meant as something else.
pub(super) fn find(text: &str, shown: &str, paragraph: Range<usize>) -> Vec<Miswritten> {
    let lines = lines(shown, paragraph);
    let headings = lines.iter().filter_map(|line| heading(text, shown, line));
    let lists = runs(&lines, |line| is_item(&shown[line.clone()])).map(|line| {
        let meant = format!("- {}", &text[line.start + 1..line.end]);
        Miswritten::new(Mistake::List, line.clone(), meant)
    });
    let bars = runs(&lines, |line| shown[line.clone()].matches(BARS).count() > 1);
    let bars = bars.map(|line| table(text, shown, line, &BARS));
    let tabs = runs(&lines, |line| shown[line.clone()].contains('\t'));
    let tabs = tabs.map(|line| table(text, shown, line, &['\t']));
    let joined = joined(shown, &lines)
        .map(|line| Miswritten::new(Mistake::JoinedLine, line.clone(), &text[line.clone()]));
    headings.chain(lists).chain(bars).chain(tabs).chain(joined).collect()
}

/// The first line that begins anew, as one in Word does, and will not.
fn joined<'a>(shown: &str, lines: &'a [Range<usize>]) -> Option<&'a Range<usize>> {
    let whole = |line: &Range<usize>| {
        let start = shown[..line.start].rfind('\n').map_or(0, |end| end + 1);
        &shown[start..line.end]
    };
    let ends =
        |line: &str| line.ends_with(['。', '；', '：', '！', '？', '”', '）', ';', ':', '.']);
    let is_sure =
        |line: &str, before: &str| line.starts_with(INDENT) || ends(before) || begins_anew(before);
    let mut pairs = lines.windows(2);
    let joined = pairs.find(|pair| {
        let (before, line) = (whole(&pair[0]), whole(&pair[1]));
        begins_anew(line) && is_sure(line, before)
    });
    joined.map(|pair| &pair[1])
}

/// The indent of a Chinese paragraph.
const INDENT: &str = "　　";

/// Whether a line begins like a paragraph or an item of Word: `　　`, `•`, `1、`, `（一）`, `二、`.
pub(super) fn begins_anew(line: &str) -> bool {
    let line = line.trim_end();
    if line.starts_with(INDENT) {
        return !line.trim().is_empty();
    }
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let item = |text: &str, ends: [char; 3]| {
        let behind = text.trim_start_matches(is_number);
        let digits = text.len() - behind.len();
        let behind = behind.strip_prefix(ends);
        (1..=6).contains(&digits) && behind.is_some_and(|behind| !behind.is_empty())
    };
    match line.chars().next() {
        Some('•' | '●' | '■' | '◆' | '▪') => true,
        Some('（') => item(&line['（'.len_utf8()..], ['）'; 3]),
        Some(first) if is_number(first) => item(line, ['、', '．', '）']),
        _ => false,
    }
}

/// The lines of a paragraph without the blanks around them.
fn lines(shown: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let mut end = paragraph.start;
    let lines = shown[paragraph].split_inclusive('\n').map(|line| {
        end += line.len();
        let start = end - line.trim_start().len();
        start..start + line.trim().len()
    });
    lines.collect()
}

/// The first of each two or more lines in a row that are of a kind.
fn runs(
    lines: &[Range<usize>],
    is_of_kind: impl Fn(&Range<usize>) -> bool,
) -> impl Iterator<Item = &Range<usize>> {
    let runs = lines.chunk_by(move |line, next| is_of_kind(line) && is_of_kind(next));
    runs.filter(|run| run.len() > 1).map(|run| &run[0])
}

/// A heading but for its `#`. One alone may be the number sign of `＃1` or `#1`, or of `#话题#`.
fn heading(text: &str, shown: &str, line: &Range<usize>) -> Option<Miswritten> {
    let marked = &shown[line.clone()];
    let name = marked.trim_start_matches(['#', '＃']);
    let level = marked[..marked.len() - name.len()].chars().count();
    let may_begin = |c: char| c.is_alphabetic() || level > 1 && c.is_numeric();
    let is_topic = level == 1 && name.contains(['#', '＃']);
    let is_heading = (1..=6).contains(&level)
        && name.trim_start().starts_with(may_begin)
        && !is_topic
        && begins_line(text, line.start);
    let name = text[line.end - name.len()..line.end].trim_start();
    let meant = || format!("{} {name}", "#".repeat(level));
    is_heading.then(|| Miswritten::new(Mistake::Heading, line.clone(), meant()))
}

fn is_item(line: &str) -> bool {
    line.strip_prefix('-').is_some_and(cjk::starts_cjk)
}

/// What parts the cells of a table.
const BARS: [char; 2] = ['|', '｜'];

/// A table of which a line is the first.
fn table(text: &str, shown: &str, line: &Range<usize>, parts: &[char]) -> Miswritten {
    let mut end = line.start;
    let cells = shown[line.clone()].split_inclusive(parts).map(|cell| {
        end += cell.len();
        let cell = &text[end - cell.len()..end];
        cell.strip_suffix(parts).unwrap_or(cell).trim()
    });
    let cells: Vec<&str> = cells.collect();
    let cells = cells.strip_prefix(&[""]).unwrap_or(&cells);
    Miswritten::new(Mistake::Table, line.clone(), format!("| {} |", cells.join(" | ")))
}

#[cfg(test)]
mod tests {
    use super::Mistake::*;
    use crate::markdown::miswritten::tests::{check, check_sound};

    #[test]
    fn headings_without_a_space_are_found() {
        for (text, meant) in [
            ("##现场", "## 现场"),
            ("#Site", "# Site"),
            ("＃ 现场", "# 现场"),
            ("＃＃现场`a`", "## 现场`a`"),
            ("##1.总体情况", "## 1.总体情况"),
            ("#　现场", "# 现场"),
        ] {
            check(&format!("甲\n{text}\n乙"), &[(Heading, text, meant)]);
            check(&format!("> {text}"), &[(Heading, text, meant)]);
        }
    }

    #[test]
    fn other_number_signs_are_no_headings() {
        check_sound(&[
            "#话题#甲\n\n＃话题＃",
            "#1标段\n\n＃2机组\n\n甲#乙",
            "\\##现场\n\n`##现场`\n\n# 现场\n\n#######现场",
            "- #乙\n\n| #甲 |\n|-|\n| ##甲 |",
            "[#甲](/b/)",
            "```\n##甲\n```",
        ]);
    }

    #[test]
    fn items_without_a_space_are_found() {
        check("各镇：\n-甲`a`\n-“乙”", &[(List, "-甲`a`", "- 甲`a`")]);
        check_sound(&[
            "-甲\n乙\n-丙",
            "-a\n-b",
            "- 甲\n- 乙",
            "——甲\n——乙",
            "-1℃\n-2℃",
            "\\-甲\n\\-乙",
        ]);
    }

    #[test]
    fn lines_that_begin_anew_as_in_word_are_found() {
        for (text, line) in [
            ("　　第一段\n　　第二段", "第二段"),
            ("任务如下：\n1、修路；\n2、架桥。", "1、修路；"),
            ("一、总体情况\n二、存在问题", "二、存在问题"),
            ("有三条。\n（一）甲", "（一）甲"),
            ("如下：\n• 甲\n• 乙", "• 甲"),
        ] {
            check(text, &[(JoinedLine, line, line)]);
        }
        check_sound(&[
            "　　第一段\n\n　　第二段",
            "1、修路\n\n2、架桥",
            "共有甲、乙、丙、\n丁四个",
            "完成了\n1、2号楼主体",
            "总投资\n2亿元",
            "- 甲\n- 1、乙",
        ]);
    }

    #[test]
    fn rows_that_are_no_table_are_found() {
        for (text, meant) in [
            ("| 镇 | a\\|b |\n| 东 | 2 |", "| 镇 | a\\|b |"),
            ("｜镇｜长｜\n｜---｜---｜\n｜东｜2｜", "| 镇 | 长 |"),
            ("| 镇 | 长 |\n|———|———|", "| 镇 | 长 |"),
            ("镇|长|`a|b`\n|---|---|\n东|2|3", "| 镇 | 长 | `a|b` |"),
            ("镇\t长度\n东\t2\n西\t3", "| 镇 | 长度 |"),
        ] {
            let first = text.lines().next().unwrap();
            check(&format!("如下\n{text}"), &[(Table, first, meant)]);
        }
        check("> | | 长 |\n> | 东 | 2 |", &[(Table, "| | 长 |", "|  | 长 |")]);
    }

    #[test]
    fn other_bars_and_tabs_are_no_tables() {
        check_sound(&[
            "首页｜项目｜公报\n甲",
            "甲|乙\n丙|丁",
            "|甲|乙|\n|-|-|\n|丙|丁|",
            "`a|b|c`\n`d|e|f`",
            "a\\|b\\|c\nd\\|e\\|f",
            "甲\t乙\n丙",
            "- 甲 | 乙 | 丙\n- 丁 | 戊 | 己",
        ]);
    }
}
