//! Numbers of JSON.

/// A number without its fraction. Negative numbers are 0.
pub(super) fn to_u64(number: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the conversion saturates"
    )]
    let whole = number as u64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_conversion_saturates() {
        assert_eq!(to_u64(1.9), 1);
        assert_eq!(to_u64(-1.0), 0);
        assert_eq!(to_u64(1e300), u64::MAX);
    }
}
