//! Texts that say what they stand for.

use contexture::meaning::Meaning;
use heck::ToSnakeCase as _;

/// Texts for names whose last word is one of these.
const BY_NAME: [(&[&str], &str); 9] = [
    (&["email", "mail"], "ada@example.com"),
    (
        &["url", "uri", "link", "href", "website"],
        "https://example.com",
    ),
    (&["phone", "mobile", "tel"], "+15550100"),
    (&["id", "ids", "uuid", "guid"], "abc123"),
    (&["date", "day"], "2026-01-15"),
    (&["at", "timestamp", "datetime"], "2026-01-15T09:30:00Z"),
    (&["currency"], "EUR"),
    (&["language", "locale"], "en"),
    (&["text", "message", "body", "content", "comment"], "Hello!"),
];

/// A text of a format.
pub(super) fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2026-01-15T09:30:00Z",
        "date" => "2026-01-15",
        "time" => "09:30:00Z",
        "duration" => "PT15M",
        "email" | "idn-email" => "ada@example.com",
        "uri" | "iri" | "uri-reference" | "iri-reference" => "https://example.com",
        "uuid" => "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        _ => return None,
    })
}

/// A text for a property: by its name, or its title.
pub(super) fn of_name(name: &str, meaning: &Meaning<'_>) -> String {
    let words = name.to_snake_case();
    let last = words.rsplit('_').next().unwrap_or_default();
    let known = BY_NAME.iter().find(|(names, _)| names.contains(&last));
    if let Some((_, text)) = known {
        return (*text).to_owned();
    }
    let title = meaning.ui_text("title").or_else(|| meaning.text("title"));
    let words = title.unwrap_or_else(|| words.replace('_', " "));
    if words.trim().is_empty() {
        "text".to_owned()
    } else {
        words
    }
}
