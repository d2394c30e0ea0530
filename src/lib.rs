//! Builds public progress bulletins (公报) from project records and news.

pub mod diagnostic;
pub mod publish;
pub mod source;
pub mod value;
pub mod chart;
pub mod markdown;
