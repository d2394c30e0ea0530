//! Markers that let CommonMark see emphasis beside Chinese punctuation.
//!
//! CommonMark decides by spaces and punctuation whether a run of `*` can open or close, and
//! Chinese has no spaces: in `**注意：**请` the second run follows punctuation and precedes
//! a letter, so it "cannot close". A private letter put beside such a run, and taken out of
//! all that the parser gives back, makes it do what the author meant. As the letter is taken
//! out everywhere, code and addresses need no special care when it is put in.
//!
//! A `*` between two digits multiplies, and another private letter stands for it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use super::cjk;

/// A text as the parser is to read it.
#[derive(Debug)]
pub(super) struct Marked<'a> {
    text: Cow<'a, str>,
    /// The stars that multiply.
    stars: Letters,
    /// The markers, put in after those.
    markers: Letters,
}

/// A private letter put into a text.
#[derive(Debug)]
struct Letters {
    letter: char,
    /// Where it is in the text, in order.
    places: Vec<usize>,
    /// What it stands for.
    instead: &'static str,
}

/// Puts a marker wherever Chinese emphasis needs one, and a letter for each star that multiplies.
pub(super) fn mark(original: &str) -> Marked<'_> {
    let (text, stars) = Letters::put(Cow::Borrowed(original), multiplying(original), "*");
    let places = places(&text);
    let (text, markers) = Letters::put(text, places, "");
    Marked { text, stars, markers }
}

/// A private character that occurs in a text neither as such nor as `&#…;`.
pub(super) fn unused(text: &str) -> Option<char> {
    let is_private = |c: &char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..);
    let taken: HashSet<char> =
        text.chars().filter(is_private).chain(numeric_references(text)).collect();
    ('\u{E000}'..='\u{F8FF}')
        .chain('\u{F0000}'..='\u{FFFFD}')
        .chain('\u{100000}'..='\u{10FFFD}')
        .find(|c| !taken.contains(c))
}

/// The characters that a text names by number, `&#57344;` or `&#xE000;`.
fn numeric_references(text: &str) -> impl Iterator<Item = char> {
    text.split("&#").skip(1).filter_map(|rest| {
        let (digits, radix) = match rest.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => (hexadecimal, 16),
            None => (rest, 10),
        };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        char::from_u32(u32::from_str_radix(&digits[..end], radix).ok()?)
    })
}

impl Letters {
    /// Puts a letter at places of a text, which may already hold what it is to stand for.
    fn put<'t>(
        text: Cow<'t, str>,
        mut places: Vec<usize>,
        instead: &'static str,
    ) -> (Cow<'t, str>, Letters) {
        let letter = if places.is_empty() { None } else { unused(&text) };
        let Some(letter) = letter else {
            // A text that uses each of 137,000 private letters is not Chinese prose.
            return (text, Letters { letter: char::MAX, places: Vec::new(), instead });
        };
        let mut put = String::with_capacity(text.len() + places.len() * letter.len_utf8());
        let mut from = 0;
        for place in &mut places {
            put.push_str(&text[from..*place]);
            from = *place + instead.len();
            *place = put.len();
            put.push(letter);
        }
        put.push_str(&text[from..]);
        (Cow::Owned(put), Letters { letter, places, instead })
    }

    /// A part of the text with what the letters stand for.
    fn undo<'t>(&self, part: Cow<'t, str>) -> Cow<'t, str> {
        if !self.places.is_empty() && part.contains(self.letter) {
            Cow::Owned(part.replace(self.letter, self.instead))
        } else {
            part
        }
    }

    /// Where an offset was before they were put in.
    fn offset_before(&self, offset: usize) -> usize {
        let letters = self.places.partition_point(|place| *place < offset);
        offset - letters * (self.letter.len_utf8() - self.instead.len())
    }
}

/// The stars between two digits.
fn multiplying(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let multiplies = |run: &Range<usize>| {
        bytes[run.start] == b'*' && run.start > 0 && is_digit(run.start - 1) && is_digit(run.end)
    };
    runs(text).filter(multiplies).flatten().collect()
}

/// Where markers belong.
fn places(text: &str) -> Vec<usize> {
    let mut places = Vec::new();
    for run in runs(text) {
        let follows_marker = places.last() == Some(&run.start);
        places.extend(place(text, &run, follows_marker));
    }
    places
}

/// The runs that may be emphasis.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let run = next_run(text, from)?;
        from = run.end;
        Some(run)
    })
}

/// The next run of `*`, or of two `~`, that no backslash takes the meaning from.
fn next_run(text: &str, mut from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    loop {
        let found = from + bytes[from..].iter().position(|byte| is_delimiter(*byte))?;
        let len = bytes[found..].iter().take_while(|byte| **byte == bytes[found]).count();
        let run = found + usize::from(is_escaped(bytes, found))..found + len;
        if !run.is_empty() && (bytes[found] == b'*' || run.len() == 2) {
            return Some(run);
        }
        from = found + len;
    }
}

fn is_delimiter(byte: u8) -> bool {
    byte == b'*' || byte == b'~'
}

/// Whether the character at an offset has an odd number of backslashes before it.
pub(super) fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// Where a run needs a marker: after it to be able to open, before it to be able to close.
fn place(text: &str, run: &Range<usize>, follows_marker: bool) -> Option<usize> {
    let before = &text[..run.start];
    let after = through_runs(&text[run.end..]);
    let (previous, next) = (cjk::last(before)?, after.chars().next()?);
    if previous.is_whitespace() || next.is_whitespace() {
        return None;
    }
    let beside_cjk = || follows_marker || cjk::ends_cjk(before) || cjk::starts_cjk(after);
    let after_punctuation = !follows_marker && cjk::is_punctuation(previous);
    match (after_punctuation, cjk::is_punctuation(next)) {
        (false, true) if beside_cjk() => Some(run.end),
        (true, false) if beside_cjk() => Some(run.start),
        _ => None,
    }
}

/// Looks through delimiters to a Chinese letter after them.
///
/// In `》**~~的` the second run will get a marker before it, and so the first one a letter
/// after it.
fn through_runs(after: &str) -> &str {
    // More than a few in a row are no emphasis, and reading them all again for each would
    // take a hostile text's square.
    let runs = after.bytes().take(8).take_while(|byte| is_delimiter(*byte)).count();
    let rest = &after[runs..];
    match rest.chars().next() {
        Some(c) if !cjk::is_punctuation(c) && cjk::starts_cjk(rest) => rest,
        _ => after,
    }
}

impl Marked<'_> {
    /// What the parser is to read.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A part of what the parser gave back, as the author wrote it.
    pub(super) fn clean<'t>(&self, part: &'t str) -> Cow<'t, str> {
        self.stars.undo(self.markers.undo(Cow::Borrowed(part)))
    }

    /// The same range in the text as the author wrote it.
    pub(super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        self.original_offset(range.start)..self.original_offset(range.end)
    }

    fn original_offset(&self, offset: usize) -> usize {
        self.stars.offset_before(self.markers.offset_before(offset))
    }

    /// Where a part that the parser gave back stands in the original text, if it is a
    /// stretch of what it read and not put together anew.
    pub(super) fn position(&self, part: &str) -> Option<Range<usize>> {
        let start = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        let range = start..start.checked_add(part.len())?;
        // The address alone proves nothing for an empty part, nor for one that merely lies
        // behind the text in memory.
        let found = !part.is_empty() && self.text.get(range.clone()) == Some(part);
        found.then(|| self.original(&range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes `|` for a marker and `×` for a star that multiplies.
    fn check(text: &str, expected: &str) {
        let marked = mark(text);
        let read = marked.text().replace(marked.markers.letter, "|");
        assert_eq!(read.replace(marked.stars.letter, "×"), expected);
        assert_eq!(marked.clean(marked.text()), text);
    }

    #[test]
    fn a_run_between_punctuation_and_a_chinese_letter_is_marked() {
        check("**注意：**请", "**注意：|**请");
        check("完成**85%**以上", "完成**85%|**以上");
        check("关于**《条例》**的", "关于**|《条例》|**的");
        check("关于~~《条例》~~的", "关于~~|《条例》|~~的");
    }

    #[test]
    fn runs_in_a_row_are_marked_together() {
        check("丁**~~《乙》~~**丙", "丁**|~~|《乙》|~~|**丙");
    }

    #[test]
    fn text_that_commonmark_reads_well_is_left_alone() {
        for text in
            ["**重点**项目", "an **“ad hoc”** group", "a**\"b\"**c", "* 《甲》", "3 * 5", "**"]
        {
            check(text, text);
        }
    }

    #[test]
    fn stars_between_digits_multiply() {
        check("30*12*2米", "30×12×2米");
        check("**2**3**", "**2××3**");
        check("完成**85%**以上，3*5", "完成**85%|**以上，3×5");
        check(r"3\*5，3*x，x*5，３*５", r"3\*5，3*x，x*5，３*５");
    }

    #[test]
    fn escaped_stars_are_not_marked() {
        check(r"甲\*《乙》", r"甲\*《乙》");
        check(r"甲\\*《乙》", r"甲\\*《乙》");
        check(r"甲\**《乙》*丙", r"甲\**《乙》|*丙");
    }

    #[test]
    fn the_marker_is_none_of_the_characters_of_the_text() {
        assert_eq!(unused("甲"), Some('\u{E000}'));
        assert_eq!(unused("\u{E000}&#xE001;&#0057346;&#xZ;&#99999999999;"), Some('\u{E003}'));
        let marked = mark("\u{E000}**甲：**乙");
        assert_eq!(marked.clean(marked.text()), "\u{E000}**甲：**乙");
    }

    #[test]
    fn ranges_are_given_as_in_the_original() {
        let marked = mark("**注意：**请");
        let whole = 0..marked.text().len();
        assert_eq!(marked.original(&whole), 0.."**注意：**请".len());
        let last = marked.text().find('请').unwrap();
        assert_eq!(marked.original(&(last..last + 3)), 13..16);
        assert_eq!(marked.position(&marked.text()[last..]), Some(13..16));
        assert_eq!(marked.position("请"), None);
        let text = "3*5：**注意：**请看2*3";
        let marked = mark(text);
        let last = marked.text().find('看').unwrap();
        assert_eq!(&text[marked.original(&(last..marked.text().len()))], "看2*3");
    }

    use crate::markdown::tests::html;

    fn check_forms(forms: &[(&str, &str)]) {
        for (text, expected) in forms {
            assert_eq!(html(text), format!("<p>{expected}</p>\n"), "{text}");
        }
    }

    #[test]
    fn chinese_emphasis_is_read_as_it_is_meant() {
        check_forms(&[
            ("**重点项目**建设", "<strong>重点项目</strong>建设"),
            ("**注意：**请", "<strong>注意：</strong>请"),
            ("完成**85%**以上", "完成<strong>85%</strong>以上"),
            ("**“甲”**和**“乙”**", "<strong>“甲”</strong>和<strong>“乙”</strong>"),
            ("关于**《条例》**的", "关于<strong>《条例》</strong>的"),
            ("开工率**78.2%。**这是", "开工率<strong>78.2%。</strong>这是"),
            ("**开工率78.2%。**这是", "<strong>开工率78.2%。</strong>这是"),
            ("开工率**78.2%**,完成", "开工率<strong>78.2%</strong>,完成"),
            ("这是**“重点项目”**建设", "这是<strong>“重点项目”</strong>建设"),
            ("按照**“1+1+17”**专班", "按照<strong>“1+1+17”</strong>专班"),
            ("**“重点项目”**建设", "<strong>“重点项目”</strong>建设"),
            ("**（一）总体情况。**全市", "<strong>（一）总体情况。</strong>全市"),
            ("其中**（含税）**部分", "其中<strong>（含税）</strong>部分"),
            ("（**重点**）", "（<strong>重点</strong>）"),
            ("**（重点）**", "<strong>（重点）</strong>"),
            ("**【通知】**各镇", "<strong>【通知】</strong>各镇"),
            ("见**［附件］**的", "见<strong>［附件］</strong>的"),
            ("即**「甲」**与**『乙』**", "即<strong>「甲」</strong>与<strong>『乙』</strong>"),
            ("**甲、**乙", "<strong>甲、</strong>乙"),
            ("**甲！**乙**？**丙", "<strong>甲！</strong>乙<strong>？</strong>丙"),
            ("**等等……**其他", "<strong>等等……</strong>其他"),
            ("称**——甲——**者", "称<strong>——甲——</strong>者"),
            ("**甲·乙·**丙", "<strong>甲·乙·</strong>丙"),
            ("约**100㎡**的", "约<strong>100㎡</strong>的"),
            ("计**￥100**元", "计<strong>￥100</strong>元"),
            ("**Ⅰ类：**PPP项目", "<strong>Ⅰ类：</strong>PPP项目"),
            ("PPP**《办法》**第3条", "PPP<strong>《办法》</strong>第3条"),
            ("**“开工”**PPP项目", "<strong>“开工”</strong>PPP项目"),
            ("PPP**“开工”**率", "PPP<strong>“开工”</strong>率"),
            ("完成(**85%**)以上", "完成(<strong>85%</strong>)以上"),
            ("完成**(85%)**以上", "完成<strong>(85%)</strong>以上"),
            ("**“甲”**、**“乙”**。", "<strong>“甲”</strong>、<strong>“乙”</strong>。"),
            ("**“甲”****“乙”**", "<strong>“甲”****“乙”</strong>"),
            ("甲**`代码`**乙", "甲<strong><code>代码</code></strong>乙"),
            ("甲**[乙](#a)**丙", "甲<strong><a href=\"#a\">乙</a></strong>丙"),
            ("甲**&ldquo;乙&rdquo;**丙", "甲<strong>“乙”</strong>丙"),
            ("关于*《条例》*的", "关于<em>《条例》</em>的"),
            ("*注意：*请", "<em>注意：</em>请"),
            ("关于~~《条例》~~的", "关于<del>《条例》</del>的"),
            ("~~注意：~~请", "<del>注意：</del>请"),
            ("关于***《条例》***的", "关于<em><strong>《条例》</strong></em>的"),
            ("甲**乙*“丙”*丁**戊", "甲<strong>乙<em>“丙”</em>丁</strong>戊"),
            ("甲**“乙*《丙》*”**丁", "甲<strong>“乙<em>《丙》</em>”</strong>丁"),
            ("丁**~~《乙》~~**丙", "丁<strong><del>《乙》</del></strong>丙"),
            ("丁~~**《乙》**~~丙", "丁<del><strong>《乙》</strong></del>丙"),
            ("**葛\u{E0100}：**乙", "<strong>葛\u{E0100}：</strong>乙"),
            ("**「カタカナ」**です", "<strong>「カタカナ」</strong>です"),
            ("**(안녕)**은", "<strong>(안녕)</strong>은"),
            ("**𠮷。**甲", "<strong>𠮷。</strong>甲"),
            ("**请看：**\n乙", "<strong>请看：</strong>乙"),
        ]);
    }

    #[test]
    fn what_is_no_emphasis_in_chinese_stays_so() {
        check_forms(&[
            ("3*5=15，2*3=6", "3*5=15，2*3=6"),
            ("桥面30*12米，引桥20*8米", "桥面30*12米，引桥20*8米"),
            ("2**3**", "2**3**"),
            ("**桥面30*12*2米：**引桥", "<strong>桥面30*12*2米：</strong>引桥"),
            ("`3*5`和[2*3](#a2*3)", "<code>3*5</code>和<a href=\"#a2*3\">2*3</a>"),
            ("甲 ** 乙", "甲 ** 乙"),
            ("** 甲**", "** 甲**"),
            (r"甲\*\*《乙》\*\*丙", "甲**《乙》**丙"),
            ("`**“甲”**乙`", "<code>**“甲”**乙</code>"),
            ("63%~68%，70%~75%", "63%~68%，70%~75%"),
            ("（~35%~）", "（~35%~）"),
            ("甲__“乙”__丙", "甲__“乙”__丙"),
        ]);
    }

    #[test]
    fn english_is_read_as_in_commonmark() {
        for text in [
            "**bold** and *em*",
            "un*frigging*believable",
            "**\"a\"**b",
            "a**\"b\"**",
            "a **“b”** c",
            "a**“b”**c",
            "**Gomphocarpus (*Gomphocarpus physocarpus*, syn.)**",
            "*foo**bar*",
            "foo***bar***baz",
            "**foo\"*bar*\"foo**",
            "5 * 3 * 2",
            "a * “b” * c",
            "**a.**b",
            "*a*.*b*",
            "~~a.~~b",
        ] {
            assert_eq!(mark(text).text(), text);
        }
    }

    #[test]
    fn nothing_verbatim_is_changed() {
        assert_eq!(
            html("[甲](/a**《b》**c)<https://a.example/甲**《b》**>"),
            "<p><a href=\"site:/a**《b》**c\">甲</a><a href=\"https://a.example/甲**《b》**\" \
             rel=\"noopener noreferrer external\">https://a.example/甲**《b》**</a></p>\n"
        );
        assert_eq!(
            html("```a**《b》**c\n甲**《乙》**丙\n```"),
            "<pre tabindex=\"0\"><code class=\"language-a**《b》**c\">甲**《乙》**丙\n</code></pre>\n"
        );
        assert_eq!(
            html("\u{E000}**甲：**乙&#xE001;"),
            "<p>\u{E000}<strong>甲：</strong>乙\u{E001}</p>\n"
        );
    }
}
