//! Numbers as messages say them.

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
    fn one_is_singular_and_none_is_plural() {
        assert_eq!([0, 1, 2].map(|n| count(n, "image")), ["0 images", "1 image", "2 images"]);
    }
}
