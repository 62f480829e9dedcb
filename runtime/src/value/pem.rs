//! PEM keys with lost line breaks.
//!
//! A key in an environment variable or a form field often has spaces or the two characters `\n`
//! instead of line breaks. The lines can be restored from the text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::Secret;

/// The maximum length of a line (RFC 7468).
const LINE: usize = 64;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// The maximum length of a label.
const LONGEST_LABEL: usize = 64;

/// The labels that errors show. Other labels may be a part of the key.
const LABELS: [&str; 18] = [
    "ATTRIBUTE CERTIFICATE",
    "CERTIFICATE",
    "CERTIFICATE REQUEST",
    "CMS",
    "DH PARAMETERS",
    "DSA PRIVATE KEY",
    "EC PARAMETERS",
    "EC PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "NEW CERTIFICATE REQUEST",
    "OPENSSH PRIVATE KEY",
    "PKCS7",
    "PRIVATE KEY",
    "PUBLIC KEY",
    "RSA PRIVATE KEY",
    "RSA PUBLIC KEY",
    "TRUSTED CERTIFICATE",
    "X509 CRL",
];

/// The reason why a text is not valid PEM. It does not quote the text. A label is shown if it is a
/// common one, and as `…` otherwise.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PemError {
    /// The text has no `BEGIN` line.
    #[error("not PEM: expected `-----BEGIN …-----`")]
    NoBegin,
    /// A block has no `END` line with the same label.
    #[error("the block `{label}` has no `-----END {label}-----`")]
    NoEnd {
        /// The label of the block, such as `PRIVATE KEY`.
        label: String,
    },
    /// The content of a block is not valid Base64. A part of it may be missing.
    #[error("the block `{label}` is not Base64; part of it may be missing")]
    NotBase64 {
        /// The label of the block, such as `PRIVATE KEY`.
        label: String,
    },
    /// A block is encrypted with a password. The key must be stored without one.
    #[error("the block `{label}` is encrypted with a password: store it without one")]
    Encrypted {
        /// The label of the block, such as `RSA PRIVATE KEY`.
        label: String,
    },
    /// There is text outside the blocks.
    #[error("there is text outside the PEM blocks")]
    TextBeside,
}

/// Restores the line breaks of a key or of several blocks, such as a certificate chain. Lines of
/// the result have 64 characters.
///
/// The input may contain spaces, any kind of line breaks, and the characters `\n` and `\r`, and may
/// be in quotes.
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
/// Returns an error if the text is not valid PEM, or if the key is encrypted with a password.
pub fn restore(secret: &Secret) -> Result<Secret, PemError> {
    let text = secret.expose().replace("\\r", " ").replace("\\n", " ");
    // Whitespace may have been replaced by other whitespace, even in `BEGIN PRIVATE KEY`.
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

/// Restores the first block and returns the text after it.
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
    if !is_label(label) {
        return Err(PemError::NoBegin);
    }
    let no_end = || PemError::NoEnd {
        label: shown(label),
    };
    let (body, after_body) = body.split_once(END).ok_or_else(no_end)?;
    let (end, rest) = after_body.split_once(DASHES).ok_or_else(no_end)?;
    if end != label {
        return Err(no_end());
    }
    if body.contains("Proc-Type:") || label.starts_with("ENCRYPTED") {
        return Err(PemError::Encrypted {
            label: shown(label),
        });
    }
    let body: String = body
        .chars()
        .filter(|character| !is_break(*character))
        .collect();
    if body.is_empty() || STANDARD.decode(&body).is_err() {
        return Err(PemError::NotBase64 {
            label: shown(label),
        });
    }
    restored.extend([BEGIN, label, DASHES, "\n"]);
    for line in body.as_bytes().chunks(LINE) {
        restored.extend(line.iter().copied().map(char::from));
        restored.push('\n');
    }
    restored.extend([END, label, DASHES, "\n"]);
    Ok(rest)
}

/// Returns whether the text can be the label of a block. If the dashes after the label were lost,
/// the text is the key itself.
fn is_label(text: &str) -> bool {
    let is_plain = |character: char| {
        character.is_ascii_uppercase() || character.is_ascii_digit() || character == ' '
    };
    !text.is_empty() && text.len() <= LONGEST_LABEL && text.chars().all(is_plain)
}

/// Returns the label as errors show it.
fn shown(label: &str) -> String {
    let known = LABELS.iter().find(|known| **known == label);
    (*known.unwrap_or(&"…")).to_owned()
}

fn is_break(character: char) -> bool {
    character.is_whitespace() || character == '\u{feff}'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Not a key: the bytes 0 to 99.
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
    fn an_error_quotes_no_key_wherever_dashes_were_lost() {
        let (begin, end) = ("-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----");
        // The characters of the second body are allowed in labels.
        for body in [
            "MC4CAQAwBQYDK2VwBCIEIHunter2hunter2",
            "HUNTER2HUNTER2HUNTER2HUNTER2HUNTER2",
        ] {
            for text in [
                format!("-----BEGIN PRIVATE KEY\n{body}\n{end}\n"),
                format!("-----BEGIN PRIVATE KEY {body} {end}"),
                format!("-----BEGIN PRIVATE KEY---\n{body}\n{end}\n"),
                format!("-----BEGIN ENCRYPTED PRIVATE KEY\n{body}\n{end}\n"),
                format!("-----BEGIN {body}-----\nnot base64!\n-----END {body}-----\n"),
                format!("-----BEGIN {body}-----\nProc-Type: 4\n-----END {body}-----\n"),
                format!("-----BEGIN\n{body}\n{end}\n"),
                format!("{begin}\n{body}\n-----END PRIVATE KEY"),
                format!("{begin}\n{body}\n-----END {body}-----"),
                format!("{begin}\n{body}\nEND PRIVATE KEY-----"),
                format!("{begin}\n{body}"),
                format!("PRIVATE KEY-----\n{body}\n{end}"),
                format!("{body}\n{end}"),
            ] {
                let error = restored(&text).unwrap_err();
                let shown = format!("{error} {error:?}").to_lowercase();
                assert!(!shown.contains("hunter2"), "{text:?}: {shown}");
            }
        }
    }

    #[test]
    fn an_uncommon_label_is_restored() {
        let whole = sample("SSH2 PUBLIC KEY");
        assert_eq!(restored(&whole.replace('\n', " ")), Ok(whole));
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
