//! Feeds as bytes: Atom 1.0 (RFC 4287) and JSON Feed 1.1.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde_json::{Value, json};

use crate::view::{Feed, FeedItem};

type Xml = Writer<Vec<u8>>;

/// A feed as Atom.
pub(super) fn atom(feed: &Feed) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    // A buffer in memory always takes more.
    let _ = write_atom(&mut xml, feed);
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}

fn write_atom(xml: &mut Xml, feed: &Feed) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let attributes =
        [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.language.as_str())];
    xml.create_element("feed").with_attributes(attributes).write_inner_content(|xml| {
        text(xml, "id", &feed.id)?;
        text(xml, "title", &feed.title)?;
        if !feed.subtitle.is_empty() {
            text(xml, "subtitle", &feed.subtitle)?;
        }
        link(xml, "self", "application/atom+xml", &feed.url)?;
        link(xml, "alternate", "text/html", &feed.home)?;
        text(xml, "updated", &feed.updated)?;
        person(xml, &feed.author, feed.email.as_deref())?;
        text(xml, "generator", "gongbao")?;
        feed.items.iter().try_for_each(|item| entry(xml, item))
    })?;
    Ok(())
}

fn entry(xml: &mut Xml, item: &FeedItem) -> io::Result<()> {
    xml.write_event(Event::Text(BytesText::new("\n")))?;
    let language = ("xml:lang", item.language.as_str());
    xml.create_element("entry").with_attribute(language).write_inner_content(|xml| {
        text(xml, "id", &item.id)?;
        text(xml, "title", &item.title)?;
        link(xml, "alternate", "text/html", &item.url)?;
        text(xml, "published", &item.published)?;
        text(xml, "updated", &item.updated)?;
        item.authors.iter().try_for_each(|author| person(xml, author, None))?;
        for tag in &item.tags {
            let tag = clean(tag);
            xml.create_element("category").with_attribute(("term", &*tag)).write_empty()?;
        }
        if !item.summary.is_empty() {
            text(xml, "summary", &item.summary)?;
        }
        let html = clean(&item.html);
        let content = xml.create_element("content").with_attribute(("type", "html"));
        content.write_text_content(BytesText::new(&html))?;
        Ok(())
    })?;
    Ok(())
}

fn text(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    let value = clean(value);
    xml.create_element(name).write_text_content(BytesText::new(&value))?;
    Ok(())
}

fn link(xml: &mut Xml, relation: &str, media_type: &str, href: &str) -> io::Result<()> {
    let attributes = [("rel", relation), ("type", media_type), ("href", href)];
    xml.create_element("link").with_attributes(attributes).write_empty()?;
    Ok(())
}

fn person(xml: &mut Xml, name: &str, email: Option<&str>) -> io::Result<()> {
    xml.create_element("author").write_inner_content(|xml| {
        text(xml, "name", name)?;
        email.map_or(Ok(()), |email| text(xml, "email", email))
    })?;
    Ok(())
}

/// A text without the characters that XML cannot hold, not even escaped.
fn clean(text: &str) -> Cow<'_, str> {
    let is_held = |character: char| {
        matches!(character, '\t' | '\n' | '\r') || (character >= ' ' && !is_noncharacter(character))
    };
    match text.chars().all(is_held) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.chars().filter(|character| is_held(*character)).collect()),
    }
}

fn is_noncharacter(character: char) -> bool {
    matches!(character, '\u{fffe}' | '\u{ffff}')
}

/// A feed as JSON Feed.
pub(super) fn json(feed: &Feed) -> Vec<u8> {
    let mut author = json!({"name": feed.author});
    if let Some(email) = &feed.email {
        author["url"] = format!("mailto:{email}").into();
    }
    let mut file = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "language": feed.language,
        "authors": [author],
        "items": feed.items.iter().map(json_item).collect::<Vec<_>>(),
    });
    if !feed.subtitle.is_empty() {
        file["description"] = feed.subtitle.as_str().into();
    }
    super::dataset::json_bytes(&file)
}

fn json_item(item: &FeedItem) -> Value {
    let mut entry = json!({
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "language": item.language,
        "date_published": item.published,
        "date_modified": item.updated,
        "content_html": item.html,
    });
    let authors = item.authors.iter().map(|name| json!({"name": name})).collect::<Vec<_>>();
    let optional = [
        ("summary", json!(item.summary), item.summary.is_empty()),
        ("image", json!(item.image), item.image.is_none()),
        ("authors", json!(authors), item.authors.is_empty()),
        ("tags", json!(item.tags), item.tags.is_empty()),
    ];
    for (key, value, is_empty) in optional {
        if !is_empty {
            entry[key] = value;
        }
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(clean("一\u{0}二\u{b}三\n\u{ffff}"), "一二三\n");
        assert_eq!(clean("清溪大桥"), "清溪大桥");
    }
}
