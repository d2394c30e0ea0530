//! Builds public progress bulletins (公报) from project records and news.

pub mod value;
pub mod chart;
pub mod markdown;
