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

/// How many characters a label has at most.
const LONGEST_LABEL: usize = 64;

/// The labels that errors name. Another one may be a part of a key.
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

/// Why a text is no PEM. It does not quote the text; a label is named when it is a common one, and is `…`
/// otherwise.
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

/// Whether this can be the label of a block. Where the dashes after a label were lost, the key itself is
/// in its place.
fn is_label(text: &str) -> bool {
    let is_plain = |character: char| {
        character.is_ascii_uppercase() || character.is_ascii_digit() || character == ' '
    };
    !text.is_empty() && text.len() <= LONGEST_LABEL && text.chars().all(is_plain)
}

/// A label as errors name it.
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
    fn an_error_quotes_no_key_wherever_dashes_were_lost() {
        let (begin, end) = ("-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----");
        // The second body could be a label by its characters.
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
