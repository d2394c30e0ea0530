//! Where links may lead, and how their addresses are written.

use pulldown_cmark::LinkType;

/// What the target of a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// Something of the site's own, to be found by the site.
    Local,
    /// Another site, a mailbox, a telephone.
    External,
    /// A place in the same page.
    Fragment,
    /// Something that must not be linked to.
    Refused,
}

/// The schemes that may be linked to.
pub(super) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Says what a target is, as a browser would take it.
pub(super) fn classify(target: &str) -> Target {
    let target = target.trim_matches(is_ignored);
    if target.starts_with('#') {
        return Target::Fragment;
    }
    if let Some(scheme) = scheme(target) {
        let allowed = SCHEMES.iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed));
        return if allowed { Target::External } else { Target::Refused };
    }
    match target.get(..2) {
        Some("//") => Target::External,
        // Browsers take a backslash for a slash here, which no author means.
        Some("/\\" | "\\/" | "\\\\") => Target::Refused,
        _ => Target::Local,
    }
}

/// The scheme of an address, characters left in that a browser overlooks: no allowed scheme
/// has any, so that they give away an attempt to hide another.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let mut seen = scheme.chars().filter(|c| !is_ignored(*c));
    let starts = seen.next()?.is_ascii_alphabetic();
    let follows = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (starts && seen.all(follows)).then_some(scheme)
}

/// Characters that a browser, or a reader's eye, may overlook in an address.
fn is_ignored(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// How a page stands to another site: it is told nothing of where its readers come from.
pub(super) const REL: &str = "noopener noreferrer external";

/// The address a link has, with the scheme that `<name@example.org>` leaves out.
pub(super) fn address(kind: LinkType, target: &str) -> String {
    match kind {
        LinkType::Email => format!("mailto:{target}"),
        _ => target.trim_matches(is_ignored).to_owned(),
    }
}

/// Percent-encodes what an address in an attribute must not hold. Chinese stays readable.
pub(super) fn encode(url: &str) -> String {
    let mut encoded = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        } else {
            encoded.push(c);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_told_apart() {
        for local in
            ["/news/", "附件.pdf", "a b.jpg", "?page=2", "", "附件：1.pdf", "2023:4.pdf", "./a:b"]
        {
            assert_eq!(classify(local), Target::Local, "{local}");
        }
        for external in
            ["https://gov.example", "HTTP://a", "mailto:a@b.c", "tel:12345", "//cdn.example/a"]
        {
            assert_eq!(classify(external), Target::External, "{external}");
        }
        assert_eq!(classify("#一-总体情况"), Target::Fragment);
    }

    #[test]
    fn hidden_and_harmful_schemes_are_refused() {
        let refused = [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:x",
            "java\tscript:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "java\u{200B}script:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:x",
            "ht\ttps://x",
            "/\\evil.example",
            "\\\\evil",
        ];
        for target in refused {
            assert_eq!(classify(target), Target::Refused, "{target:?}");
        }
    }

    #[test]
    fn addresses_are_encoded_and_stay_readable() {
        assert_eq!(encode("https://a.example/公报 \"1\""), "https://a.example/公报%20%221%22");
    }
}
