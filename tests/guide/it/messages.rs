//! The messages that the chapters show.

use super::chapters::blocks;

/// Messages of the generator.
pub(crate) const OF_THE_GENERATOR: [&str; 3] = ["unknown-type", "no-value-fits", "unknown-keyword"];

/// Messages of the compiler.
pub(crate) const OF_THE_COMPILER: [&str; 4] = [
    "configuration-without-arm",
    "action-without-handler",
    "message-without-method",
    "wrong-owner",
];

/// Messages of the integration.
pub(crate) const OF_THE_INTEGRATION: [&str; 9] = [
    "invalid-configuration",
    "invalid-input",
    "refused-by-service",
    "unsigned-webhook",
    "missing-secret",
    "not-authorized",
    "failed-call",
    "no-rule",
    "unsigned-call",
];

/// The output of `contexture diff`.
pub(crate) const OF_CHANGES: [&str; 2] = ["diff", "stored"];

/// The messages that the chapters show under a name, without their last line breaks.
pub(crate) fn shown(name: &str) -> Vec<String> {
    let language = format!("text {name}");
    let found = blocks()
        .into_iter()
        .filter(|block| block.language == language);
    let shown: Vec<_> = found
        .map(|block| block.code.trim_end().to_owned())
        .collect();
    assert!(!shown.is_empty(), "no chapter has a block `{language}`");
    shown
}
