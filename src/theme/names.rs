//! What a template may name, to find what is meant by a name that stands for nothing.

use std::collections::BTreeSet;

use crate::diagnostic::problems::nearest;

/// The filters of Tera, and ours.
const FILTERS: &str = "abs aligned bar capitalize default escape escape_html escape_xml fill first float get \
    group_by indent int join keys last length lower newlines_to_br nth pairs pluralize replace reverse round safe \
    sort split str title trim trim_end trim_start truncate unique upper values wordcount";

/// The tests of Tera.
const TESTS: &str = "array bool containing defined divisible_by ending_with even float integer iterable map none \
    number odd starting_with string undefined";

/// The functions of Tera.
const FUNCTIONS: &str = "range super throw";

/// The tags of Tera.
const TAGS: &str = "block break component continue elif else endblock endcomponent endfilter endfor endif endraw \
    endset extends filter for if include raw set set_global";

/// The names that templates bring.
pub(super) struct Names {
    templates: BTreeSet<String>,
    components: BTreeSet<String>,
    blocks: BTreeSet<String>,
}

impl Names {
    /// Those of some templates, each a name and a text.
    pub(super) fn of<'a>(templates: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let empty = || BTreeSet::new();
        let mut names = Names { templates: empty(), components: empty(), blocks: empty() };
        for (name, text) in templates {
            let within_theme = name.split_once('/').map(|(_, path)| path);
            names.templates.extend(within_theme.into_iter().chain([name]).map(str::to_owned));
            for tag in tags(text) {
                let named = |kind: &str| tag.strip_prefix(kind).map(first_word).map(str::to_owned);
                names.components.extend(named("component "));
                names.blocks.extend(named("block "));
            }
        }
        names
    }

    /// The name that may be meant by the one that Tera says to be unknown.
    pub(super) fn near(&self, said: &str) -> Option<String> {
        let name = quoted(said);
        let of = |names: &BTreeSet<String>| {
            let others = names.iter().map(String::as_str).filter(|other| *other != name);
            nearest(name, others).map(str::to_owned)
        };
        let of_tera = |names: &str| nearest(name, names.split_whitespace()).map(str::to_owned);
        match said.split('`').next().unwrap_or_default().trim_end() {
            "Unknown filter" => of_tera(FILTERS),
            "Unknown test" => of_tera(TESTS),
            "Unknown function" => of_tera(FUNCTIONS),
            // So it was called in the first Tera.
            "Unknown tag" if name == "macro" => Some("component".to_owned()),
            "Unknown tag" => of_tera(TAGS),
            "Unknown component" => of(&self.components),
            "Unknown template" => of(&self.templates),
            "Block" => of(&self.blocks),
            "Unexpected character" => plain(name.chars().next()?).map(String::from),
            _ => None,
        }
    }
}

/// Whether a word is a tag.
pub(super) fn is_tag(word: &str) -> bool {
    TAGS.split_whitespace().any(|tag| tag == word)
}

/// The plain form of a character that a Chinese input method makes.
fn plain(character: char) -> Option<char> {
    match character {
        '“' | '”' | '‘' | '’' => Some('"'),
        '。' => Some('.'),
        '、' => Some(','),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0),
        _ => None,
    }
}

/// What is in the tags of a template, but for those in comments.
pub(super) fn tags(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let (_, behind) = rest.split_once('{')?;
            rest = behind;
            if let Some(comment) = behind.strip_prefix('#') {
                rest = comment.split_once("#}")?.1;
            } else if let Some(tag) = behind.strip_prefix('%') {
                let (tag, behind) = tag.split_once("%}")?;
                rest = behind;
                return Some(tag.trim_matches('-').trim());
            }
        }
    })
}

/// The word that a text begins with.
pub(super) fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
}

/// The first name in a message, without its backticks.
pub(super) fn quoted(said: &str) -> &str {
    said.split('`').nth(1).unwrap_or_default()
}
