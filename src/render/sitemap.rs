//! The site map as bytes: the Sitemap protocol, with the same page in other locales.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::view::{MappedPage, SitemapView};

type Xml = Writer<Vec<u8>>;

const PROTOCOL: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
const ALTERNATES: (&str, &str) = ("xmlns:xhtml", "http://www.w3.org/1999/xhtml");

/// A file of the site map.
pub(super) fn sitemap(view: &SitemapView) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    // A buffer in memory always takes more.
    let _ = write(&mut xml, view);
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}

fn write(xml: &mut Xml, view: &SitemapView) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    match view {
        SitemapView::Pages(pages) => {
            let urls = xml.create_element("urlset").with_attributes([PROTOCOL, ALTERNATES]);
            urls.write_inner_content(|xml| pages.iter().try_for_each(|page| url(xml, page)))?;
        }
        SitemapView::Parts(parts) => {
            let index = xml.create_element("sitemapindex").with_attribute(PROTOCOL);
            index.write_inner_content(|xml| parts.iter().try_for_each(|part| file(xml, part)))?;
        }
    }
    Ok(())
}

fn url(xml: &mut Xml, page: &MappedPage) -> io::Result<()> {
    line(xml)?;
    xml.create_element("url").write_inner_content(|xml| {
        text(xml, "loc", &page.url)?;
        text(xml, "lastmod", &page.changed)?;
        for (language, address) in &page.alternates {
            let attributes =
                [("rel", "alternate"), ("hreflang", language.as_str()), ("href", address.as_str())];
            xml.create_element("xhtml:link").with_attributes(attributes).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn file(xml: &mut Xml, address: &str) -> io::Result<()> {
    line(xml)?;
    xml.create_element("sitemap").write_inner_content(|xml| text(xml, "loc", address))?;
    Ok(())
}

fn line(xml: &mut Xml) -> io::Result<()> {
    xml.write_event(Event::Text(BytesText::new("\n")))
}

fn text(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(value))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_of_many_pages_names_its_parts() {
        let parts = SitemapView::Parts(vec!["https://example.org/a&b/sitemap-1.xml".into()]);
        let expected = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
            <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
            <sitemap><loc>https://example.org/a&amp;b/sitemap-1.xml</loc></sitemap></sitemapindex>\n";
        assert_eq!(String::from_utf8(sitemap(&parts)).unwrap(), expected);
    }
}
