//! Markdown to HTML, as Chinese text needs it.
