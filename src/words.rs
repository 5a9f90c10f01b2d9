//! Numbers and texts as messages say them.

use crate::decimal::decimal;

/// Longer texts are cut in messages.
const MOST_CHARACTERS: usize = 40;

/// A number that messages speak of.
pub trait Number: Copy + PartialOrd {
    /// What a number of its kind is called where that goes without saying for no reader.
    const NAME: &'static str;

    /// As a person writes it: `100,000`, `1e308`.
    fn in_words(self) -> String;
}

macro_rules! whole_numbers {
    ($($number:ty)*) => {$(
        impl Number for $number {
            const NAME: &'static str = "a whole number from ";

            fn in_words(self) -> String {
                thousands(self as u128)
            }
        }
    )*};
}

whole_numbers!(u32 u64 usize);

impl Number for f64 {
    const NAME: &'static str = "";

    fn in_words(self) -> String {
        let size = self.abs();
        if size != 0.0 && !(1e-6..1e15).contains(&size) {
            return match self.is_infinite() {
                true => if self > 0.0 { "infinity" } else { "-infinity" }.into(),
                false if self.is_nan() => "NaN".into(),
                false => with_exponent(self),
            };
        }
        let sign = if self < 0.0 { "-" } else { "" };
        let digits = decimal(size);
        format!("{sign}{}{}", thousands(size as u128), &digits[point_in(&digits)..])
    }
}

/// `1.5e308`, from the plain digits: the standard library's form of it would add to the module what this does not.
fn with_exponent(number: f64) -> String {
    let plain = decimal(number.abs());
    let digits: String = plain.chars().filter(|&c| c != '.').collect();
    let start = digits.bytes().position(|digit| digit != b'0').unwrap_or_default();
    let end = digits.bytes().rposition(|digit| digit != b'0').unwrap_or_default() + 1;
    let exponent = point_in(&plain) as i32 - 1 - start as i32;
    let (first, rest) = digits[start..end].split_at(1);
    let sign = if number < 0.0 { "-" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{first}{point}{rest}e{exponent}")
}

/// Where the digits of a whole number end.
fn point_in(digits: &str) -> usize {
    digits.bytes().position(|byte| byte == b'.').unwrap_or(digits.len())
}

/// A text, cut where it is long.
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into(),
    }
}

/// `1 image`, `60,000 images`.
pub fn count(n: u128, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(n))
}

/// `this 1 image`, `these 60,000 images`.
pub fn these(n: usize, noun: &str) -> String {
    let pronoun = if n == 1 { "this" } else { "these" };
    format!("{pronoun} {}", count(n as u128, noun))
}

/// `47,040,000`: a comma before every group of three digits.
pub fn thousands(n: u128) -> String {
    let last = (n % 1000) as u16;
    if n < 1000 { last.to_string() } else { format!("{},{last:03}", thousands(n / 1000)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let grouped = [0, 7, 999, 1_000, 10_000, 100_000, 47_040_000].map(thousands);
        assert_eq!(grouped, ["0", "7", "999", "1,000", "10,000", "100,000", "47,040,000"]);
        assert_eq!(thousands(u128::from(u32::MAX) + 1), "4,294,967,296");
    }

    #[test]
    fn a_number_is_written_as_a_person_writes_it() {
        let cases = [
            (0.0, "0"),
            (-1.0, "-1"),
            (0.001, "0.001"),
            (100_000.0, "100,000"),
            (-1234.5, "-1,234.5"),
            (1e308, "1e308"),
            (1e-320, "1e-320"),
            (1.5e-7, "1.5e-7"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-infinity"),
        ];
        for (number, words) in cases {
            assert_eq!(number.in_words(), words);
        }
        assert_eq!([Number::in_words(u32::MAX), 16_777_216_u64.in_words()], ["4,294,967,295", "16,777,216"]);
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(shortened("seven"), "seven");
        assert_eq!(shortened(&"ü".repeat(500_000)), format!("{}…", "ü".repeat(40)));
    }

    #[test]
    fn one_is_singular_and_none_is_plural() {
        assert_eq!([0, 1, 2].map(|n| count(n, "image")), ["0 images", "1 image", "2 images"]);
    }
}
