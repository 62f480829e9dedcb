//! The name of the objects of Kubernetes.

/// The longest name of a Service, which is a label of DNS (RFC 1035).
const LONGEST: usize = 63;

/// The name for the objects of a package: lowercase letters, digits and hyphens, with a letter at the start and no hyphen
/// at the end.
pub(super) fn object_name(package: &str) -> String {
    let letters = package.chars().map(|letter| match letter {
        'a'..='z' | '0'..='9' => letter,
        'A'..='Z' => letter.to_ascii_lowercase(),
        _ => '-',
    });
    let name: String = letters
        .skip_while(|letter| !letter.is_ascii_lowercase())
        .take(LONGEST)
        .collect();
    match name.trim_end_matches('-') {
        "" => "integration".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::object_name;

    #[test]
    fn a_name_is_a_label_of_dns() {
        for (package, name) in [
            ("hello", "hello"),
            ("my_Shop2", "my-shop2"),
            ("_3cx-", "cx"),
            ("größe", "gr--e"),
            ("007", "integration"),
        ] {
            assert_eq!(object_name(package), name);
        }
        let long = format!("{}-b", "a".repeat(62));
        assert_eq!(object_name(&long), "a".repeat(62));
    }
}
