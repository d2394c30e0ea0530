//! Days and months: what a report is about, what a figure is as of.

use std::cmp::Ordering;
use std::fmt;

use jiff::Span;
use jiff::civil::{Date, DateTime, Time, date};

use super::decimal::half_width;

/// A day, or a month that stands for its last day (CONTRACT section 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The day, or the month's last day.
    pub end: Date,
    /// Whether a month was written.
    pub is_month: bool,
}

/// Why a text is no day or month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodError {
    /// It is not written like a date.
    NotADate,
    /// It is written like a date that the calendar does not have.
    NoSuchDay,
    /// The time of day is none.
    NoSuchTime,
}

impl Default for Period {
    fn default() -> Self {
        Period::day(date(1, 1, 1))
    }
}

impl Period {
    /// A day.
    pub fn day(end: Date) -> Self {
        Period { end, is_month: false }
    }

    /// Reads `2023-04-30`, `2023-04`, `2023年4月30日`, `2023-4-3`, `2023/04/30` and the like, full-width digits too.
    ///
    /// # Errors
    /// [`PeriodError`] if the text is no date, or the calendar has no such day.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        let mut numbers = Vec::with_capacity(3);
        let text: String = text.chars().map(half_width).collect();
        let text = text.trim().trim_end_matches(['日', '号']).trim_end_matches('月');
        for part in text.split(['-', '/', '.', '年', '月']) {
            let part = part.trim();
            if part.is_empty() || part.len() > 4 || !part.bytes().all(|byte| byte.is_ascii_digit())
            {
                return Err(PeriodError::NotADate);
            }
            numbers.push(part.parse::<i16>().map_err(|_| PeriodError::NotADate)?);
        }
        let small = |number: i16| i8::try_from(number).map_err(|_| PeriodError::NoSuchDay);
        let (year, month, day) = match *numbers.as_slice() {
            [year, month] => (year, small(month)?, None),
            [year, month, day] => (year, small(month)?, Some(small(day)?)),
            _ => return Err(PeriodError::NotADate),
        };
        if !(1900..=2999).contains(&year) {
            return Err(if year < 100 { PeriodError::NotADate } else { PeriodError::NoSuchDay });
        }
        let end = Date::new(year, month, day.unwrap_or(1)).map_err(|_| PeriodError::NoSuchDay)?;
        Ok(match day {
            Some(_) => Period::day(end),
            None => Period { end: end.last_of_month(), is_month: true },
        })
    }

    /// The first day: of the month where a month was written.
    pub fn start(self) -> Date {
        if self.is_month { self.end.first_of_month() } else { self.end }
    }

    /// As it is written in Chinese: `2023年4月30日`, `2023年4月`.
    pub fn in_chinese(self) -> String {
        let (year, month, day) = (self.end.year(), self.end.month(), self.end.day());
        if self.is_month {
            format!("{year}年{month}月")
        } else {
            format!("{year}年{month}月{day}日")
        }
    }

    /// As it is written in English: `30 April 2023`, `April 2023`.
    pub fn in_english(self) -> String {
        let day = self.end.strftime(if self.is_month { "%B" } else { "%-d %B" });
        format!("{day} {}", self.end.year())
    }
}

/// As it would be written in a record: `2023-04-30` or `2023-04`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_month {
            write!(f, "{:04}-{:02}", self.end.year(), self.end.month())
        } else {
            write!(f, "{}", self.end)
        }
    }
}

impl serde::Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// When a news item is dated: a day, and a time of it where the editor wrote one. Instants are ordered as they come about,
/// whatever the clocks of their places say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Instant {
    /// The day and time; midnight where none was written.
    pub at: DateTime,
    /// The distance from UTC in minutes; China's eight hours where none was written.
    pub offset_minutes: i16,
}

impl Default for Instant {
    fn default() -> Self {
        Instant { at: Period::default().end.to_datetime(Time::midnight()), offset_minutes: 480 }
    }
}

impl Ord for Instant {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = |instant: &Self| {
            let offset = Span::new().minutes(instant.offset_minutes);
            (instant.at.saturating_sub(offset), instant.at)
        };
        order(self).cmp(&order(other))
    }
}

impl PartialOrd for Instant {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Instant {
    /// Reads a day as [`Period::parse`] does, or a day with a time: `2023-07-28T09:00:00+08:00`, `2023-07-28 09:00`.
    ///
    /// # Errors
    /// [`PeriodError`] if the text is no date, a month, or there is no such day or time.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        let text: String = text.chars().map(half_width).collect();
        let text = text.trim();
        let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
        let day = Period::parse(day)?;
        if day.is_month {
            return Err(PeriodError::NotADate);
        }
        let (time, offset_minutes) = split_offset(time.trim())?;
        let time = if time.is_empty() { Time::midnight() } else { read_time(time)? };
        Ok(Instant { at: day.end.to_datetime(time), offset_minutes })
    }

    /// The day on the calendar of the place that wrote it.
    pub fn day(self) -> Date {
        self.at.date()
    }

    /// The form of RFC 3339, for feeds: `2023-07-28T09:00:00+08:00`.
    pub fn rfc3339(self) -> String {
        let minutes = self.offset_minutes.abs();
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        let at = self.at.strftime("%Y-%m-%dT%H:%M:%S");
        format!("{at}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// A time of day: `9:00`, `09:00`, `09:00:00`.
fn read_time(time: &str) -> Result<Time, PeriodError> {
    let hour = time.find(':').ok_or(PeriodError::NoSuchTime)?;
    let padded = if hour == 1 { format!("0{time}") } else { time.to_owned() };
    padded.parse().map_err(|_| PeriodError::NoSuchTime)
}

/// Splits `09:00:00+08:00` into the time and the offset in minutes.
fn split_offset(time: &str) -> Result<(&str, i16), PeriodError> {
    if let Some(time) = time.strip_suffix('Z') {
        return Ok((time, 0));
    }
    let Some(position) = time.rfind(['+', '-']) else { return Ok((time, 480)) };
    let (time, offset) = time.split_at(position);
    let (hours, minutes) = offset[1..].split_once(':').ok_or(PeriodError::NotADate)?;
    let number = |text: &str| text.parse::<i16>().map_err(|_| PeriodError::NotADate);
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    if hours > 14 || minutes > 59 {
        return Err(PeriodError::NotADate);
    }
    let total = hours * 60 + minutes;
    Ok((time, if offset.starts_with('-') { -total } else { total }))
}

/// The last day of a month, 1 to 12, of a year.
pub fn month_end(year: i16, month: i8) -> Date {
    date(year, month, 1).last_of_month()
}

/// How many days a date's year has.
pub fn days_in_year(day: Date) -> i128 {
    i128::from(day.days_in_year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_earlier_on_the_clock_of_the_world_comes_first() {
        let instant = |text| Instant::parse(text).unwrap();
        assert!(instant("2023-04-03T09:00+08:00") < instant("2023-04-03T02:00Z"));
        assert!(instant("2023-04-03") < instant("2023-04-03 09:00"));
    }

    #[test]
    fn dates_are_read_in_every_written_form() {
        let day = Ok(Period::day(date(2023, 4, 3)));
        for text in ["2023-04-03", "2023-4-3", "2023年4月3日", "2023/04/03", " 2023.4.3 "] {
            assert_eq!(Period::parse(text), day, "{text}");
        }
        let month = Ok(Period { end: date(2023, 4, 30), is_month: true });
        for text in ["2023-04", "2023年4月", "2023/4"] {
            assert_eq!(Period::parse(text), month, "{text}");
        }
    }

    #[test]
    fn full_width_digits_are_digits() {
        let day = Ok(Period::day(date(2026, 3, 10)));
        for text in ["２０２６年３月１０日", "２０２６－０３－１０", "２０２６-０３-１０"]
        {
            assert_eq!(Period::parse(text), day, "{text}");
        }
        let nine = Instant::parse("２０２６年３月１０日 ９：００").map(Instant::rfc3339);
        assert_eq!(nine, Ok("2026-03-10T09:00:00+08:00".into()));
    }

    #[test]
    fn days_that_do_not_exist_are_told_from_what_is_no_date() {
        assert_eq!(Period::parse("2023-02-30"), Err(PeriodError::NoSuchDay));
        assert_eq!(Period::parse("2023-13"), Err(PeriodError::NoSuchDay));
        assert_eq!(Period::parse("soon"), Err(PeriodError::NotADate));
        assert_eq!(Period::parse("23-2-3"), Err(PeriodError::NotADate));
    }

    #[test]
    fn instants_keep_their_offset() {
        let at = |text| Instant::parse(text).map(Instant::rfc3339);
        assert_eq!(at("2023-07-28"), Ok("2023-07-28T00:00:00+08:00".into()));
        assert_eq!(at("2023-07-28T09:05:00Z"), Ok("2023-07-28T09:05:00+00:00".into()));
        assert_eq!(at("2023-07-28 09:05"), Ok("2023-07-28T09:05:00+08:00".into()));
        assert!(at("2023-07").is_err());
    }
}
