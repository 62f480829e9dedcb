//! Keys in PEM whose line breaks were lost on the way.
//!
//! A key in an environment variable or in a field of a form often arrives on one line, with blanks or with the two
//! characters `\n` in place of line breaks. What its lines were can be told from its text, so it is put right.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::Secret;

/// How many characters a line has (RFC 7468).
const LINE: usize = 64;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// Why a text is no PEM. It does not quote the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PemError {
    /// No block begins.
    #[error("expected `-----BEGIN …-----`: the text is no PEM")]
    NoBegin,
    /// A block does not end, or ends with another label.
    #[error("the block `{label}` has no `-----END {label}-----`")]
    NoEnd {
        /// What the block is, such as `PRIVATE KEY`.
        label: String,
    },
    /// What is in a block is no Base64: part of it may be missing.
    #[error("the block `{label}` is not Base64; part of it may be missing")]
    NotBase64 {
        /// What the block is, such as `PRIVATE KEY`.
        label: String,
    },
    /// A block is protected by a password, which has to be taken off before.
    #[error("the block `{label}` is encrypted with a password: store it without one")]
    Encrypted {
        /// What the block is, such as `RSA PRIVATE KEY`.
        label: String,
    },
    /// There is text beside the blocks.
    #[error("there is text beside the blocks")]
    TextBeside,
}

/// Writes a key, or several blocks such as a chain of certificates, as PEM has it: lines of 64 characters.
///
/// Blanks, line breaks of any kind, the characters `\n` and `\r`, and quotes around the whole are accepted.
///
/// ```
/// use contexture::{Secret, pem};
///
/// let secret = Secret::from(r"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----");
/// let key = pem::restore(&secret)?;
/// assert_eq!(
///     key.expose(),
///     "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n"
/// );
/// # Ok::<(), contexture::Error>(())
/// ```
///
/// # Errors
///
/// The text is no PEM, or the key is encrypted with a password.
pub fn restore(secret: &Secret) -> Result<Secret, PemError> {
    let text = secret.expose().replace("\\r", " ").replace("\\n", " ");
    // Blanks of any kind, those in `BEGIN PRIVATE KEY` among them, may have become others.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = text.trim_matches(['"', '\'']).trim_matches(is_break);
    let mut restored = String::new();
    while !rest.is_empty() {
        rest = restore_block(rest, &mut restored)?.trim_matches(is_break);
    }
    if restored.is_empty() {
        return Err(PemError::NoBegin);
    }
    Ok(Secret::new(restored))
}

/// Restores the first block, and gives what follows it.
fn restore_block<'a>(text: &'a str, restored: &mut String) -> Result<&'a str, PemError> {
    let Some(after_begin) = text.strip_prefix(BEGIN) else {
        let has_block = !restored.is_empty() || text.contains(BEGIN);
        return Err(if has_block {
            PemError::TextBeside
        } else {
            PemError::NoBegin
        });
    };
    let (label, body) = after_begin.split_once(DASHES).ok_or(PemError::NoBegin)?;
    let label = label.to_owned();
    let no_end = || PemError::NoEnd {
        label: label.clone(),
    };
    let (body, after_body) = body.split_once(END).ok_or_else(no_end)?;
    let (end, rest) = after_body.split_once(DASHES).ok_or_else(no_end)?;
    if end != label {
        return Err(no_end());
    }
    if body.contains("Proc-Type:") || label.starts_with("ENCRYPTED") {
        return Err(PemError::Encrypted { label });
    }
    let body: String = body
        .chars()
        .filter(|character| !is_break(*character))
        .collect();
    if body.is_empty() || STANDARD.decode(&body).is_err() {
        return Err(PemError::NotBase64 { label });
    }
    restored.extend([BEGIN, &label, DASHES, "\n"]);
    for line in body.as_bytes().chunks(LINE) {
        restored.extend(line.iter().copied().map(char::from));
        restored.push('\n');
    }
    restored.extend([END, &label, DASHES, "\n"]);
    Ok(rest)
}

fn is_break(character: char) -> bool {
    character.is_whitespace() || character == '\u{feff}'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No key: the bytes 0 to 99.
    fn sample(label: &str) -> String {
        let body = STANDARD.encode((0..100).collect::<Vec<u8>>());
        let lines: Vec<_> = body
            .as_bytes()
            .chunks(LINE)
            .map(String::from_utf8_lossy)
            .collect();
        format!(
            "{BEGIN}{label}{DASHES}\n{}\n{END}{label}{DASHES}\n",
            lines.join("\n")
        )
    }

    fn restored(text: &str) -> Result<String, PemError> {
        restore(&Secret::from(text)).map(Secret::into_exposed)
    }

    #[test]
    fn a_key_is_restored_whatever_became_of_its_line_breaks() {
        for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "CERTIFICATE"] {
            let whole = sample(label);
            let mangled = [
                whole.clone(),
                whole.replace('\n', " "),
                whole.replace('\n', "\\n"),
                whole.replace('\n', "\r\n"),
                whole.replace('\n', "\\r\\n"),
                whole.replace('\n', ""),
                whole.replace(['\n', ' '], "\n"),
                format!("\"{}\"", whole.replace('\n', "\\n")),
                format!("  {whole}\n\n"),
            ];
            for text in mangled {
                assert_eq!(restored(&text).as_ref(), Ok(&whole), "{text:?}");
            }
        }
    }

    #[test]
    fn a_chain_stays_a_chain() {
        let chain = sample("CERTIFICATE").repeat(3);
        assert_eq!(restored(&chain.replace('\n', " ")), Ok(chain));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let whole = sample("PRIVATE KEY");
        let label = "PRIVATE KEY".to_owned();
        assert_eq!(restored(""), Err(PemError::NoBegin));
        assert_eq!(restored("hunter2"), Err(PemError::NoBegin));
        assert_eq!(
            restored(&format!("my key: {whole}")),
            Err(PemError::TextBeside)
        );
        assert_eq!(
            restored(&whole[..90]),
            Err(PemError::NoEnd {
                label: label.clone()
            })
        );
        let other = whole.replace("END PRIVATE", "END PUBLIC");
        assert_eq!(
            restored(&other),
            Err(PemError::NoEnd {
                label: label.clone()
            })
        );
        let cut = whole.replace("AAEC", "AE");
        assert_eq!(
            restored(&cut),
            Err(PemError::NotBase64 {
                label: label.clone()
            })
        );
        let protected = whole.replace("KEY-----\nAAEC", "KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAEC");
        assert_eq!(restored(&protected), Err(PemError::Encrypted { label }));
    }
}
