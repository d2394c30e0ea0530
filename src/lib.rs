//! Builds public progress bulletins (公报) from project records and news.

pub mod build;
pub mod chart;
pub mod command;
pub mod diagnostic;
pub mod indicator;
pub mod markdown;
pub mod model;
pub mod picture;
pub mod plan;
pub mod publish;
pub mod record;
pub mod render;
pub mod source;
pub mod theme;
pub mod value;
pub mod view;
