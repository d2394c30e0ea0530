//! Rates and sums that are typed out, to be compared with what the records say.

use std::ops::Range;

/// A number that is typed behind the name of a figure: `年度投资完成率达53.6%`.
///
/// Whether the words end with the name of a figure, this module does not know.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TypedFigure {
    /// The last words before the number, without the verb: they end with the name.
    pub words: String,
    /// The number and its unit: `53.6%`, `1.2亿元`.
    pub number: String,
    /// Where the number stands in the text.
    pub at: Range<usize>,
}

/// What the names of rates and of sums end with, each with the units of its numbers.
const ENDS: [(&str, &[&str]); 2] = [("率", &["%", "％"]), ("累计完成投资", &["亿元", "万元"])];

/// What stands between a name and its number.
const VERBS: [&str; 8] = ["达到了", "达到", "达", "为", "是", "约", "：", " "];

/// Words that make of a figure one of another day, place or kind.
const OTHERS: [&str; 16] = [
    "年", "上期", "上月", "同期", "计划", "目标", "力争", "预计", "要求", "任务", "全国", "全省",
    "全市", "平均", "提高", "下降",
];

/// How many characters of the words before a number are kept: more than any name has.
const WORDS: usize = 16;

/// Finds the numbers that are said to be a figure of the day and place that the text is about.
pub fn typed_figures(text: &str) -> Vec<TypedFigure> {
    let ends = ENDS.iter().flat_map(|(name, units)| {
        text.match_indices(name).map(move |(at, name)| (at + name.len(), *units))
    });
    ends.filter_map(|(end, units)| typed(text, end, units)).collect()
}

/// The number behind a name that ends at a place.
fn typed(text: &str, end: usize, units: &[&str]) -> Option<TypedFigure> {
    let mut behind = &text[end..];
    while let Some(rest) = VERBS.iter().find_map(|verb| behind.strip_prefix(verb)) {
        behind = rest;
    }
    let digits = behind.find(|c: char| !(c.is_ascii_digit() || c == '.')).filter(|at| *at > 0)?;
    let unit = units.iter().find(|unit| behind[digits..].starts_with(**unit))?;
    let start = text.len() - behind.len();
    let clause_start = text[..end].rfind(['，', '。', '；', '：', '\n', ',', ';']);
    let clause_start = clause_start.map_or(0, |mark| text.ceil_char_boundary(mark + 1));
    let clause = &text[clause_start..end];
    let said = clause.replace("年度", "");
    if OTHERS.iter().any(|other| said.contains(other)) {
        return None;
    }
    let words_start = clause.char_indices().rev().nth(WORDS - 1).map_or(0, |(at, _)| at);
    let at = start..start + digits + unit.len();
    Some(TypedFigure {
        words: clause[words_start..].to_owned(),
        number: text[at.clone()].to_owned(),
        at,
    })
}

#[cfg(test)]
mod tests {
    use super::typed_figures;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = typed_figures(text);
        let found: Vec<_> =
            found.iter().map(|typed| (&*typed.words, &text[typed.at.clone()])).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn numbers_behind_the_name_of_a_figure_are_found() {
        check(
            "截至4月底，全县开工率达到78.2%，累计完成投资 77.6亿元。",
            &[("全县开工率", "78.2%"), ("累计完成投资", "77.6亿元")],
        );
        check("年度投资完成率为53.6％", &[("年度投资完成率", "53.6％")]);
    }

    #[test]
    fn what_is_of_another_day_or_no_figure_is_left_alone() {
        for text in [
            "去年开工率为70%",
            "2022年开工率70%",
            "开工率力争达到90%",
            "开工率目标90%",
            "上期年度投资完成率50%",
            "开工率[[开工率]]",
            "全省开工率80%",
            "开工率提高3个百分点",
            "计划累计完成投资3亿元",
        ] {
            check(text, &[]);
        }
    }
}
