//! Working days: Monday to Friday.

use jiff::civil::{Date, Weekday};

/// The last of so many working days that follow a day. Public holidays are not known, and count as working days.
pub fn working_day_after(day: Date, days: u32) -> Date {
    let is_working = |day: &Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let following = std::iter::successors(day.tomorrow().ok(), |day| day.tomorrow().ok());
    following.filter(is_working).take(days as usize).last().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weekends_are_passed_over_and_the_day_itself_is_not_counted() {
        // 5 May 2023 is a Friday.
        let friday = date(2023, 5, 5);
        assert_eq!(working_day_after(friday, 1), date(2023, 5, 8));
        assert_eq!(working_day_after(friday, 5), date(2023, 5, 12));
        assert_eq!(working_day_after(friday, 7), date(2023, 5, 16));
        assert_eq!(working_day_after(friday, 20), date(2023, 6, 2));
        assert_eq!(working_day_after(date(2023, 5, 6), 1), date(2023, 5, 8));
    }
}
