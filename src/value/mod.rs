//! Values that cannot be wrong once made: money, rates, periods, locales, ids.
//!
//! They stand before the records in the pipeline, because a record holds them already.

mod column;
mod decimal;
mod id;
mod locale;
mod money;
mod period;
mod rate;
mod working_day;

pub use self::column::aligned;
pub use self::decimal::{Decimal, DecimalError};
pub use self::id::Id;
pub use self::locale::{Locale, Text};
pub use self::money::{Money, MoneyError, MoneyUnit};
pub use self::period::{Instant, Period, PeriodError, days_in_year, month_end};
pub(crate) use self::rate::rounded_fraction;
pub use self::rate::{Rate, Rounding, Share, difference, percent, points, rounded, trimmed};
pub use self::working_day::working_day_after;
