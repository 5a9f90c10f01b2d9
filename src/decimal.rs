//! Numbers as text.
//!
//! The standard library's way is fast, for which it has two methods and tables; it would be 2 % of all that the page
//! loads. Messages and names, which alone hold such numbers here, need no speed.

/// The shortest decimal that is read back as `number`, without an exponent: what `number.to_string()` gives.
///
/// Digits of the number's exact decimal are taken one after another until what they say, or that with its last digit
/// one higher, lies nearer to the number than half the way to its neighbours; of both the nearer. Steele and White,
/// "How to print floating-point numbers accurately", 1990.
#[cold]
pub fn decimal(number: f64) -> String {
    let sign = if number.is_sign_negative() { "-" } else { "" };
    let size = number.abs();
    if size == 0.0 {
        return format!("{sign}0");
    }
    if !size.is_finite() {
        return if size.is_nan() { "NaN".into() } else { format!("{sign}inf") };
    }
    // The number is 4·m·2^e, the middles between it and its neighbours 4·m + 2 and 4·m − 2 times that; but below a
    // power of 2 the neighbour is half as far.
    let (fraction, exponent) = (size.to_bits() & ((1 << 52) - 1), size.to_bits() >> 52);
    let m = if exponent == 0 { fraction } else { fraction | 1 << 52 };
    let e = exponent.max(1) as i32 - 1077;
    let below = if fraction == 0 && exponent > 1 { 1 } else { 2 };
    let n_decimals = (-e).max(0) as usize;
    let upper = digits(4 * m + 2, e, n_decimals + 1);
    let [exact, lower] = [4 * m, 4 * m - below].map(|n| digits(n, e, upper.len()));

    // What lies in the middle is read as the number whose m is even.
    let is_within = |digits: &[u8]| match m % 2 {
        0 => *lower <= *digits && *digits <= *upper,
        _ => *lower < *digits && *digits < *upper,
    };
    let mut shortest = vec![0; upper.len()];
    for place in 0..upper.len() {
        shortest[place] = exact[place];
        let higher = one_higher(&shortest, place);
        let down = is_within(&shortest);
        if is_within(&higher) && (!down || exact.get(place + 1).is_some_and(|&next| next >= 5)) {
            shortest = higher;
        } else if !down {
            continue;
        }
        break;
    }
    let text: String = shortest.iter().map(|&digit| char::from(b'0' + digit)).collect();
    let (whole, decimals) = text.split_at(text.len() - n_decimals);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    [sign, whole, point, decimals].concat()
}

/// The digits of n·2^e, those behind the point too, with zeros before them where they are fewer than `least`.
fn digits(n: u64, e: i32, least: usize) -> Vec<u8> {
    // The lowest digit first. Half of a number is five times it, with the point moved by one digit.
    let mut digits = vec![0];
    let mut multiply_add = |factor: u8, mut carry: u8| {
        for digit in &mut digits {
            carry += *digit * factor;
            (*digit, carry) = (carry % 10, carry / 10);
        }
        if carry > 0 {
            digits.push(carry);
        }
    };
    (0..64).rev().for_each(|bit| multiply_add(2, (n >> bit & 1) as u8));
    (0..e.abs()).for_each(|_| multiply_add(if e < 0 { 5 } else { 2 }, 0));
    digits.resize(digits.len().max(least), 0);
    digits.reverse();
    digits
}

/// The number with the digit at `place` one higher; as it is where it would need one digit more.
fn one_higher(digits: &[u8], place: usize) -> Vec<u8> {
    let mut higher = digits.to_vec();
    for digit in higher[..=place].iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return higher;
        }
        *digit = 0;
    }
    digits.to_vec()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_written_as_the_standard_library_writes_it() {
        let ends = [f64::MAX, f64::MIN_POSITIVE, f64::EPSILON, 5e-324, f64::INFINITY, f64::NAN, 0.0];
        let usual =
            [0.1, 0.3, 1.0, 10.0, 1e-8, 0.999, 2.0 / 3.0, 1e15, 1e23, 9e15, 9_007_199_254_740_993.0, 123_456.75];
        for size in ends.into_iter().chain(usual) {
            for number in [size, -size, size.next_up(), size.next_down()] {
                assert_eq!(decimal(number), number.to_string());
            }
        }
        for exponent in -1074..1024 {
            let number = 2_f64.powi(exponent);
            assert_eq!(decimal(number), number.to_string(), "2^{exponent}");
        }
    }

    proptest! {
        #[test]
        fn whatever_it_is(bits: u64, whole: u32, thousandths in 0..1_000_000) {
            for number in [f64::from_bits(bits), f64::from(whole), f64::from(thousandths) / 1000.0] {
                prop_assert_eq!(decimal(number), number.to_string());
            }
        }
    }
}
