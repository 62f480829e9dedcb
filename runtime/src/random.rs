//! Random numbers of the operating system.

/// Returns random bytes.
///
/// # Panics
///
/// Panics if the operating system has no random numbers.
pub(crate) fn bytes<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).expect("the operating system has random numbers");
    bytes
}

/// Returns a fraction from 0 to 1.
pub(crate) fn fraction() -> f64 {
    f64::from(u32::from_ne_bytes(bytes())) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_differ_and_fractions_stay_within_their_bounds() {
        assert_ne!(bytes::<16>(), bytes::<16>());
        let fractions: Vec<f64> = (0..1000).map(|_| fraction()).collect();
        assert!(
            fractions
                .iter()
                .all(|fraction| (0.0..=1.0).contains(fraction))
        );
        let sum: f64 = fractions.iter().sum();
        assert!((400.0..600.0).contains(&sum), "{sum}");
    }
}
