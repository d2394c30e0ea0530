//! Builds public progress bulletins (公报) from project records and news.

pub mod chart;
pub mod diagnostic;
pub mod markdown;
pub mod model;
pub mod publish;
pub mod record;
pub mod source;
pub mod value;
