//! The passages of files, which searches find.

use http::Method;
use rusqlite::{Connection, Row, params};
use serde_json::{Map, Value, json};

use super::record;
use crate::api::call::{Answer, Call, Operation};
use crate::api::change::{ChangeKind, Resource};
use crate::api::page::Listing;
use crate::wire::failure::Result;
use crate::wire::limits::PASSAGES_SIZE;
use crate::wire::query::{Kind, NEXT_TOKEN, PAGE_SIZE, parameter};
use crate::wire::shape::{Field, Shape, TEXT, optional, required};

const PASSAGE: &[Field] = &[
    required("content", TEXT),
    optional(
        "type",
        Shape::OneOf(&[
            "title",
            "subtitle",
            "paragraph",
            "blockquote",
            "list",
            "table",
            "code",
            "image",
        ]),
    ),
    optional(
        "pageNumber",
        Shape::Integer {
            min: 0.0,
            max: 4_294_967_295.0,
        },
    ),
];

const SET: &[Field] = &[required(
    "passages",
    Shape::List {
        of: &Shape::Object(PASSAGE),
        max: usize::MAX,
    },
)];

const PATH: &str = "/v1/files/{id}/passages";

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "listFilePassages",
        method: Method::GET,
        path: PATH,
        query: &[NEXT_TOKEN, PAGE_SIZE, parameter("limit", Kind::Count)],
        body: &[],
        run: list,
    },
    Operation {
        name: "setFilePassages",
        method: Method::PUT,
        path: PATH,
        query: &[],
        body: SET,
        run: set,
    },
];

/// A part of a file.
#[derive(Debug)]
pub(super) struct Passage {
    pub(super) content: String,
    pub(super) kind: String,
    pub(super) page: Option<u64>,
}

impl Passage {
    pub(super) fn paragraph(content: &str) -> Self {
        Self {
            content: content.to_owned(),
            kind: "paragraph".to_owned(),
            page: None,
        }
    }

    fn sent(sent: &Value) -> Self {
        Self {
            content: sent["content"].as_str().unwrap_or_default().to_owned(),
            kind: sent["type"].as_str().unwrap_or("paragraph").to_owned(),
            page: sent["pageNumber"].as_u64(),
        }
    }

    /// Reads the columns `content`, `type` and `page`.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            content: row.get("content")?,
            kind: row.get("type")?,
            page: row.get("page")?,
        })
    }

    pub(super) fn meta(&self, position: u64) -> Map<String, Value> {
        let mut meta = Map::new();
        meta.insert("type".to_owned(), json!("chunk"));
        meta.insert("subtype".to_owned(), json!(self.kind));
        meta.insert("position".to_owned(), json!(position));
        if let Some(page) = self.page {
            meta.insert("pageNumber".to_owned(), json!(page));
        }
        meta
    }
}

/// Replaces the passages of a file.
pub(super) fn replace(database: &Connection, file_id: &str, passages: &[Passage]) -> Result<()> {
    database.execute("DELETE FROM passages WHERE file_id = ?1", [file_id])?;
    let sql =
        "INSERT INTO passages (file_id, position, content, type, page) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut statement = database.prepare_cached(sql)?;
    for (position, passage) in (0_i64..).zip(passages) {
        let page = passage.page.map(crate::api::page::milliseconds);
        statement.execute(params![
            file_id,
            position,
            passage.content,
            passage.kind,
            page
        ])?;
    }
    Ok(())
}

/// Copies the passages of a file to another one.
pub(super) fn copy(database: &Connection, from: &str, to: &str) -> Result<()> {
    let sql = "INSERT INTO passages (file_id, position, content, type, page)
        SELECT ?2, position, content, type, page FROM passages WHERE file_id = ?1";
    database.execute(sql, params![from, to])?;
    Ok(())
}

fn set(call: &mut Call<'_>) -> Result<Answer> {
    let mut file = record::get_own(call, call.parameter(0))?;
    let sent = call.body.get("passages").and_then(Value::as_array);
    let passages = sent
        .into_iter()
        .flatten()
        .map(Passage::sent)
        .collect::<Vec<_>>();
    replace(call.database, &file.id, &passages)?;
    // Indexing takes no time here.
    "indexing_completed".clone_into(&mut file.status);
    file.is_indexed = true;
    file.failed_reason = None;
    file.updated_at = call.now;
    file.write(call.database)?;
    let shown = file.shown(call)?;
    call.changed(Resource::File, ChangeKind::Updated, shown);
    Ok(Answer::empty())
}

fn list(call: &mut Call<'_>) -> Result<Answer> {
    let file = record::get(call, call.parameter(0))?;
    let columns = "content, type, page, position";
    let mut passages = Listing::new("passages", columns, "file_id", "position");
    passages.descending(false);
    passages.sizes(PASSAGES_SIZE, &["pageSize", "limit"]);
    passages.filter("file_id = ?", file.id.clone());
    let page = passages.read(call, |row| {
        let (passage, position) = (Passage::read(row)?, row.get::<_, u64>("position")?);
        Ok(json!({
            "id": format!("{}-{position}", file.id),
            "content": passage.content,
            "meta": passage.meta(position),
        }))
    })?;
    Ok(Answer::ok(
        json!({ "passages": page.items, "meta": page.meta }),
    ))
}
