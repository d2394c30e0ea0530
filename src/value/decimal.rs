//! A decimal number as it is written: `1,234.56`, full-width digits allowed.

/// A written decimal number, exactly: `digits` divided by ten to the power of `scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// All digits as one whole number, with the sign.
    pub digits: i128,
    /// How many of the digits stand behind the point, 0 to 18.
    pub scale: u32,
}

/// Why a text is no decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalError {
    /// It holds something that is not a digit, or no digit at all.
    NotANumber,
    /// It has more digits than the program keeps exactly.
    TooLong,
}

impl Decimal {
    /// Reads a decimal number from the beginning of `text` and returns it with what follows, trimmed.
    ///
    /// # Errors
    /// [`DecimalError`] if the text does not begin with a number, or the number is too long.
    pub fn read_prefix(text: &str) -> Result<(Self, &str), DecimalError> {
        let text = text.trim();
        let mut decimal = Decimal { digits: 0, scale: 0 };
        let (mut negative, mut any_digit, mut after_point, mut length) = (false, false, false, 0);
        // Between commas stand three digits, before the first of them one to three.
        let (mut commas, mut group) = (false, 0);
        let mut end = text.len();
        for (position, written) in text.char_indices() {
            let plain = half_width(written);
            match plain {
                '0'..='9' => {
                    length += usize::from(decimal.digits != 0 || plain != '0');
                    if length > 30 || decimal.scale >= 18 {
                        return Err(DecimalError::TooLong);
                    }
                    decimal.digits = decimal.digits * 10 + i128::from(plain as u8 - b'0');
                    decimal.scale += u32::from(after_point);
                    group += u32::from(!after_point);
                    any_digit = true;
                }
                '.' if !after_point && any_digit => after_point = true,
                ',' if group == 3 || (!commas && matches!(group, 1 | 2)) => {
                    (commas, group) = (true, 0);
                }
                '-' | '−' if position == 0 => negative = true,
                '+' if position == 0 => {}
                _ => {
                    end = position;
                    break;
                }
            }
        }
        if !any_digit || (commas && group != 3) {
            return Err(DecimalError::NotANumber);
        }
        decimal.digits *= if negative { -1 } else { 1 };
        Ok((decimal, text[end..].trim()))
    }

    /// The number multiplied by ten to the power of `exponent`, if that is a whole number.
    pub fn shifted(self, exponent: u32) -> Option<i128> {
        if exponent >= self.scale {
            return self.digits.checked_mul(10_i128.checked_pow(exponent - self.scale)?);
        }
        let divisor = 10_i128.checked_pow(self.scale - exponent)?;
        (self.digits % divisor == 0).then(|| self.digits / divisor)
    }
}

/// The ASCII form of a full-width digit, point, comma, sign or letter.
pub(super) fn half_width(character: char) -> char {
    match character {
        '！'..='～' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_point_and_rest_are_told_apart() {
        let read = |text| Decimal::read_prefix(text).map(|(d, rest)| (d.digits, d.scale, rest));
        assert_eq!(read("77.60 亿元"), Ok((7760, 2, "亿元")));
        assert_eq!(read("１，４４０，０００元"), Ok((1_440_000, 0, "元")));
        assert_eq!(read("-0.5%"), Ok((-5, 1, "%")));
        assert_eq!(read("12,345.6万元"), Ok((123_456, 1, "万元")));
        assert_eq!(read("元"), Err(DecimalError::NotANumber));
        assert_eq!(read("1".repeat(40).as_str()), Err(DecimalError::TooLong));
    }
}
