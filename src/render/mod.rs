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
    if let View::Page(page) = view {
        return render_page(page, theme);
    }
    let mut bytes = Vec::new();
    // A buffer in memory always takes more.
    let _ = write(view, &mut bytes);
    Ok(bytes)
}

/// Writes a view as it is made; not a page, which is made by its template as a whole.
///
/// # Errors
/// What whoever takes the bytes fails with.
pub fn write(view: &View<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    match view {
        View::Page(_) => Ok(()),
        View::Text(text) => out.write_all(text.as_bytes()),
        View::Feed(feed, FeedFormat::Atom) => out.write_all(&feed::atom(feed)),
        View::Feed(feed, FeedFormat::Json) => out.write_all(&feed::json(feed)),
        View::Sitemap(map) => out.write_all(&sitemap::sitemap(map)),
        View::Table(table) => dataset::csv(table, out),
        View::Json(json) => dataset::json(json, out),
        View::File(bytes) => out.write_all(bytes),
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
