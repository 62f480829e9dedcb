//! The names of the modules of older versions.

use super::version::Version;

/// The name of a version's module: `v1` for 1.0.0, `v1_2` for 1.2.0, `v1_0_1` for 1.0.1. It follows from the version alone,
/// so that another version renames nothing.
pub(super) fn module(version: &Version) -> String {
    let shown = match version.numbers {
        [_, 0, 0] => 1,
        [_, _, 0] => 2,
        _ => 3,
    };
    let numbers = version.numbers.iter().take(shown).map(u64::to_string);
    let words = version
        .pre_release
        .iter()
        .map(|word| word.replace('-', "_"));
    let words = words.map(|word| word.to_ascii_lowercase());
    format!("v{}", numbers.chain(words).collect::<Vec<_>>().join("_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_has_the_numbers_that_matter() {
        let name = |text: &str| module(&Version::parse(text).expect(text));
        assert_eq!(
            ["1.0.0", "1.2.0", "1.0.1", "0.1.0", "2.0.0-rc.1"].map(name),
            ["v1", "v1_2", "v1_0_1", "v0_1", "v2_rc_1"]
        );
    }
}
