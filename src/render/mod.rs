//! From a view to the bytes of a file. Nothing here knows the model.

mod dataset;
mod feed;
mod sitemap;

use std::io;

use crate::diagnostic::Diagnostic;
use crate::plan::FeedFormat;
use crate::theme::Theme;
use crate::view::{PageView, View};

/// Renders a view.
///
/// # Errors
/// The problem of the page's template, which names the record.
pub fn render(view: &View<'_>, theme: &Theme) -> Result<Vec<u8>, Box<Diagnostic>> {
    match view {
        View::Page(page) => render_page(page, theme),
        View::Text(text) => Ok(text.clone().into_bytes()),
        View::Feed(feed, FeedFormat::Atom) => Ok(feed::atom(feed)),
        View::Feed(feed, FeedFormat::Json) => Ok(feed::json(feed)),
        View::Sitemap(map) => Ok(sitemap::sitemap(map)),
        View::Table(_) | View::Json(_) => {
            let mut bytes = Vec::new();
            // A buffer in memory always takes more.
            let _ = write_data(view, &mut bytes);
            Ok(bytes)
        }
        View::File(bytes) => Ok(bytes.to_vec()),
    }
}

/// Writes a view of open data as it is made; other views are not looked at.
///
/// # Errors
/// What whoever takes the bytes fails with.
pub fn write_data(view: &View<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    match view {
        View::Table(table) => dataset::csv(table, out),
        View::Json(json) => dataset::json(json, out),
        _ => Ok(()),
    }
}

fn render_page(page: &PageView, theme: &Theme) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut context = tera::Context::new();
    context.insert_value("site", page.site.clone());
    context.insert("frame", &page.frame);
    context.insert("json_ld", &page.json_ld);
    context.insert_value("page", page.body.clone());
    context.insert_value("t", theme.catalog(&page.frame.locale).value());
    theme.render(page.template, &context, &page.record, page.frame.foreign.as_deref())
}
