//! Pictures: their size, so that a page does not jump when they arrive, and what of their files is published.

mod orientation;
mod published;

pub use self::published::{Unpublishable, published};

/// The width and height in pixels of a picture as it is seen, turned upright; `None` for what is no picture.
pub fn size(bytes: &[u8]) -> Option<(usize, usize)> {
    if let Ok(size) = imagesize::blob_size(bytes) {
        let is_on_its_side = published::orientation(bytes).is_some_and(|own| own.is_on_its_side());
        let (width, height) = (size.width, size.height);
        return Some(if is_on_its_side { (height, width) } else { (width, height) });
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let tag = &text[text.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let length = |name: &str| attribute(tag, name)?.trim_end_matches("px").parse::<f64>().ok();
    let whole = |length: f64| (length >= 1.0).then_some(length.round() as usize);
    if let (Some(width), Some(height)) = (length(" width"), length(" height")) {
        return Some((whole(width)?, whole(height)?));
    }
    let numbers: Vec<f64> =
        attribute(tag, "viewBox")?.split([' ', ',']).filter_map(|part| part.parse().ok()).collect();
    match numbers.as_slice() {
        [_, _, width, height] => Some((whole(*width)?, whole(*height)?)),
        _ => None,
    }
}

/// The weight in bytes from which on a picture keeps a reader on a phone waiting, and the pixels that no screen shows.
const LARGE: (usize, usize) = (1_000_000, 2560);

/// Whether a picture of a size in pixels and a weight in bytes is larger than a page needs.
///
/// Pictures are told of and not made smaller: that would mean to encode them anew, slowly, at the cost of their quality,
/// and with other bytes whenever the encoder changes. Any phone or viewer does it when the picture is saved.
pub fn is_large((width, height): (usize, usize), weight: usize) -> bool {
    weight > LARGE.0 || width.max(height) > LARGE.1
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let rest = tag[tag.find(&format!("{name}="))? + name.len() + 1..].strip_prefix(['"', '\''])?;
    rest.split(['"', '\'']).next()
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn a_drawing_has_the_size_it_states_or_that_of_its_view_box() {
        assert_eq!(size(b"<svg xmlns='x' width='1200' height='800'></svg>"), Some((1200, 800)));
        assert_eq!(size(b"<svg viewBox=\"0 0 300 200\"></svg>"), Some((300, 200)));
        assert_eq!(size(b"plain text"), None);
    }
}
