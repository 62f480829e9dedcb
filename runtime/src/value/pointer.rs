//! Safe forms of names and pointers for messages.

/// The maximum length of a name in a message.
const SHOWN: usize = 64;

/// Makes an untrusted name safe for messages: shortens long names, and replaces control characters,
/// which could forge log lines.
pub(crate) fn shorten(name: &str) -> String {
    // Almost all names.
    if name.len() <= SHOWN && name.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return name.to_owned();
    }
    let printable = |character: char| match character {
        control if control.is_control() => char::REPLACEMENT_CHARACTER,
        other => other,
    };
    let mut shown: String = name.chars().take(SHOWN).map(printable).collect();
    if name.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// Appends a name to a JSON pointer.
pub(crate) fn push_segment(pointer: &mut String, name: &str) {
    pointer.push('/');
    pointer.push_str(&shorten(name).replace('~', "~0").replace('/', "~1"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_forge_a_line_of_the_log() {
        assert_eq!(shorten("a\n\u{1b}[2Jb\0"), "a\u{fffd}\u{fffd}[2Jb\u{fffd}");
    }

    #[test]
    fn a_long_name_is_shortened_in_a_pointer() {
        let mut pointer = String::new();
        push_segment(&mut pointer, "a/b~c");
        push_segment(&mut pointer, &"é".repeat(100));
        assert_eq!(pointer, format!("/a~1b~0c/{}…", "é".repeat(64)));
    }
}
