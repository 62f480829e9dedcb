//! Bodies of the usual form, whose payload is read from the text directly. All others are parsed as values.

use std::borrow::Cow;

use crate::value::json::{MarkedText, Reader, TextPart};

/// The body of an operation with a payload.
pub(super) struct DirectBody<'b> {
    /// The member `type`.
    pub(super) kind: Cow<'b, str>,
    /// The payload. If it is not valid JSON, then neither is the body.
    pub(super) payload: TextPart<'b>,
    /// The texts of the other members that are wanted.
    pub(super) others: Vec<&'b str>,
}

/// Reads a body, if it is valid JSON, its payload apart, and has all members that are wanted once. Other members are
/// skipped.
pub(super) fn read_direct<'b>(
    body: &'b MarkedText<'_>,
    payload: &str,
    others: &[&str],
) -> Option<DirectBody<'b>> {
    let mut reader = Reader::new(body.all(), &[]);
    let (mut kind, mut payload_part) = (None, None);
    let mut texts = vec![None; others.len()];
    reader.object()?;
    let mut is_first = true;
    while reader.has_member(is_first)? {
        is_first = false;
        let name = reader.name()?;
        if name == "type" {
            set(&mut kind, reader.string()?)?;
        } else if name == payload {
            set(&mut payload_part, reader.part()?)?;
        } else if let Some(index) = others.iter().position(|other| *other == name) {
            set(&mut texts[index], reader.raw()?)?;
        } else {
            reader.raw()?;
        }
    }
    reader.end()?;
    Some(DirectBody {
        kind: kind?,
        payload: payload_part?,
        others: texts.into_iter().collect::<Option<_>>()?,
    })
}

/// Sets a member that has not come yet.
fn set<T>(member: &mut Option<T>, value: T) -> Option<()> {
    member.replace(value).is_none().then_some(())
}
