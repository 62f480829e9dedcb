//! Numbers as exact decimals.

/// A decimal: the digits, as a whole number without zeros at either end, times a power of ten.
#[derive(PartialEq, Eq, Debug)]
struct Decimal {
    is_negative: bool,
    digits: String,
    exponent: i128,
}

/// Returns whether two JSON numbers are the same number, regardless of their notation.
#[must_use]
pub fn is_same_number(one: &str, other: &str) -> bool {
    match (decimal(one), decimal(other)) {
        (Some(one), Some(other)) => one == other,
        // The exponent would overflow: only equal texts are certainly equal numbers.
        _ => one == other,
    }
}

/// The canonical form of a number. A number whose exponent would overflow stays as it is.
pub(super) fn normal_form(text: &str) -> String {
    let Some(decimal) = decimal(text) else {
        return text.to_owned();
    };
    let sign = if decimal.is_negative { "-" } else { "" };
    match decimal.digits.as_str() {
        "" => "0".to_owned(),
        digits => format!("{sign}{digits}e{}", decimal.exponent),
    }
}

fn decimal(text: &str) -> Option<Decimal> {
    let is_negative = text.starts_with('-');
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let trimmed = digits.trim_end_matches('0');
    let exponent = i128::from(exponent.parse::<i64>().ok()?)
        - i128::try_from(fraction.len()).ok()?
        + i128::try_from(digits.len() - trimmed.len()).ok()?;
    let trimmed = trimmed.trim_start_matches('0');
    let is_zero = trimmed.is_empty();
    Some(Decimal {
        is_negative: is_negative && !is_zero,
        digits: trimmed.to_owned(),
        exponent: if is_zero { 0 } else { exponent },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_many_forms() {
        for (one, other) in [
            ("1", "1.0"),
            ("100", "1e2"),
            ("100", "1E+2"),
            ("0.001", "1e-3"),
            ("-0", "0"),
            ("0e5", "0.000"),
            ("12.50", "125e-1"),
            (
                "123456789012345678901234567890",
                "1.2345678901234567890123456789e29",
            ),
            ("1e400", "10e399"),
        ] {
            assert!(is_same_number(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn numbers_that_a_float_takes_for_one_are_two() {
        for (one, other) in [
            ("9007199254740993", "9007199254740992"),
            ("0.1", "0.1000000000000000055511151231257827"),
            ("1e400", "1e401"),
            ("1", "-1"),
            ("10", "1"),
            ("0", "1"),
            ("1e99999999999999999999", "1e99999999999999999998"),
        ] {
            assert!(!is_same_number(one, other), "{one} and {other}");
        }
    }
}
