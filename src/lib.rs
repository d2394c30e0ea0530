//! Builds public progress bulletins (公报) from project records and news.

pub mod source;
pub mod diagnostic;
pub mod value;
pub mod markdown;
pub mod record;
pub mod model;
pub mod indicator;
pub mod plan;
pub mod chart;
pub mod theme;
pub mod picture;
pub mod publish;
