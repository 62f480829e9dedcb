//! Masking of secrets in messages.

use serde_json::Value;

use super::secrets::secret_values;
use super::{Diagnostic, Files};

/// Masks the values of a secret in a diagnostic about it.
pub(super) fn cover(files: &Files, diagnostic: &mut Diagnostic) {
    let mut values = Vec::new();
    for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary) {
        let file = files.get(label.location.file);
        let pointer = label.location.pointer();
        if let Some(at) = pointer.and_then(|pointer| file.secret_around(pointer)) {
            let schema = file.value.pointer(at.as_str()).unwrap_or(&Value::Null);
            values.extend(secret_values(schema, &at));
        }
    }
    let texts = [&mut diagnostic.message]
        .into_iter()
        .chain(diagnostic.secondary.iter_mut().map(|label| &mut label.text))
        .chain([&mut diagnostic.primary.text])
        .chain(diagnostic.help.as_mut());
    for text in texts {
        for value in &values {
            for quote in ['`', '"'] {
                *text = text.replace(
                    &format!("{quote}{}{quote}", value.text),
                    &format!("{quote}***{quote}"),
                );
            }
        }
    }
}
