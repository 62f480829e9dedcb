//! The names of the modules of older versions.

use crate::version::Version;

/// The name of a version's module: `v1` for 1.0.0, `v1_2` for 1.2.0, `v1_0_1` for 1.0.1, `v1_0_0_rc_1` for 1.0.0-rc.1. It
/// follows from the version alone, so that another version renames nothing.
pub(super) fn module(version: &Version) -> String {
    let Version {
        major,
        minor,
        patch,
        pre,
        ..
    } = version;
    match (minor, patch) {
        (0, 0) if pre.is_empty() => format!("v{major}"),
        (_, 0) if pre.is_empty() => format!("v{major}_{minor}"),
        _ if pre.is_empty() => format!("v{major}_{minor}_{patch}"),
        _ => {
            let words = pre.replace(['.', '-'], "_").to_ascii_lowercase();
            format!("v{major}_{minor}_{patch}_{words}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::parse_version;

    #[test]
    fn a_module_has_the_numbers_that_matter() {
        let name = |text: &str| module(&parse_version(text).expect(text));
        assert_eq!(
            ["1.0.0", "1.2.0", "1.0.1", "0.1.0", "2.0.0-rc.1"].map(name),
            ["v1", "v1_2", "v1_0_1", "v0_1", "v2_0_0_rc_1"]
        );
    }

    #[test]
    fn the_module_of_a_pre_release_is_that_of_no_release() {
        let name = |text: &str| module(&parse_version(text).expect(text));
        for (pre_release, release) in [
            ("1.0.0-1", "1.1.0"),
            ("1.0.0-2.3", "1.2.3"),
            ("1.2.0-3", "1.2.3"),
        ] {
            assert_ne!(name(pre_release), name(release));
        }
    }
}
