//! Lists of files and of their tags.

use http::Method;
use rusqlite::types::Value as SqlValue;
use serde_json::json;

use super::record::{COLUMNS, File, READABLE};
use crate::api::call::{Answer, Call, Operation};
use crate::api::page::{Listing, milliseconds};
use crate::wire::failure::Result;
use crate::wire::limits::FILTERED_FILES;
use crate::wire::query::{Kind, NEXT_TOKEN, PAGE_SIZE, SORT_DIRECTION, TAGS, parameter};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "listFiles",
        method: Method::GET,
        path: "/v1/files",
        query: &[
            NEXT_TOKEN,
            PAGE_SIZE,
            TAGS,
            SORT_DIRECTION,
            parameter(
                "sortField",
                Kind::OneOf(&["key", "size", "createdAt", "updatedAt", "status"]),
            ),
            parameter("ids", Kind::Texts(FILTERED_FILES)),
            parameter("indexed", Kind::Boolean),
        ],
        body: &[],
        run: list,
    },
    Operation {
        name: "listFileTags",
        method: Method::GET,
        path: "/v1/files/tags",
        query: &[NEXT_TOKEN, PAGE_SIZE],
        body: &[],
        run: |call| {
            let tags = texts(call, "DISTINCT tags.name", "tags.name");
            let page = tags.read(call, |row| Ok(row.get::<_, String>(0)?))?;
            Ok(Answer::ok(json!({ "tags": page.items, "meta": page.meta })))
        },
    },
    Operation {
        name: "listFileTagValues",
        method: Method::GET,
        path: "/v1/files/tags/{tag}/values",
        query: &[NEXT_TOKEN, PAGE_SIZE],
        body: &[],
        run: |call| {
            let mut values = texts(call, "DISTINCT tags.value", "tags.value");
            values.filter("tags.name = ?", call.parameter(0).to_owned());
            let page = values.read(call, |row| Ok(row.get::<_, String>(0)?))?;
            Ok(Answer::ok(
                json!({ "values": page.items, "meta": page.meta }),
            ))
        },
    },
];

fn list(call: &mut Call<'_>) -> Result<Answer> {
    let sort = match call.query.text("sortField") {
        Some("key") => "key",
        Some("size") => "coalesce(size, -1)",
        Some("updatedAt") => "updated_at",
        Some("status") => "status",
        _ => "created_at",
    };
    let mut files = Listing::new("files", COLUMNS, "id", sort);
    files.descending(call.query.text("sortDirection") != Some("asc"));
    files.filter_all(READABLE, readable(call));
    filter_tags(&mut files, call);
    let ids: Vec<_> = call.query.texts("ids").map(str::to_owned).collect();
    if !ids.is_empty() {
        let condition = format!("id IN ({})", marks(ids.len()));
        files.filter_all(&condition, ids.into_iter().map(SqlValue::from));
    }
    if let Some(is_indexed) = call.query.boolean("indexed") {
        files.filter("is_indexed = ?", i64::from(is_indexed));
    }
    let page = files.read(call, |row| File::read(row)?.shown(call))?;
    Ok(Answer::ok(
        json!({ "files": page.items, "meta": page.meta }),
    ))
}

/// The values of [`READABLE`].
pub(super) fn readable(call: &Call<'_>) -> [SqlValue; 3] {
    [
        call.bot_id().to_owned().into(),
        call.alias().to_owned().into(),
        milliseconds(call.now).into(),
    ]
}

/// Filters by tags: several values of a tag are alternatives, and values below `not` are excluded.
pub(super) fn filter_tags(files: &mut Listing, call: &Call<'_>) {
    let mut names: Vec<_> = call.query.map("tags").map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let values = call.query.map("tags").filter(|(known, _)| *known == name);
        let values: Vec<_> = values
            .map(|(_, value)| SqlValue::from(value.to_owned()))
            .collect();
        let (tag, negation) = match name.strip_suffix(".not") {
            Some(tag) => (tag, "NOT "),
            None => (name, ""),
        };
        let condition = format!(
            "{negation}EXISTS (SELECT 1 FROM tags WHERE owner = files.id AND alias = '' AND name = ? AND value IN ({}))",
            marks(values.len())
        );
        let tag = SqlValue::from(tag.to_owned());
        files.filter_all(&condition, std::iter::once(tag).chain(values));
    }
}

fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// Distinct texts of the tags of files, in their order.
fn texts(call: &Call<'_>, columns: &'static str, text: &'static str) -> Listing {
    let mut texts = Listing::new("tags JOIN files ON files.id = owner", columns, text, text);
    texts.descending(false);
    texts.filter_all(
        "bot_id = ? AND (files.alias = ? OR is_shared) AND (expires_at IS NULL OR expires_at > ?)",
        readable(call),
    );
    texts
}
