//! The search in files. Botpress compares meanings; here the words of the query are counted.

use std::collections::BTreeSet;

use http::Method;
use rusqlite::types::Value as SqlValue;
use serde_json::{Value, json};

use super::list::{filter_tags, readable};
use super::passages::Passage;
use super::record::{COLUMNS, File, READABLE};
use crate::api::call::{Answer, Call, Operation};
use crate::api::page::Listing;
use crate::wire::failure::{Failure, Result};
use crate::wire::query::{Kind, TAGS, parameter, required};

/// The number of passages if the request names none, and the largest one.
const LIMIT: (u64, u64) = (20, 50);

/// The number of files that are searched.
const SEARCHED: (u64, u64) = (10_000, 10_000);

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    name: "searchFiles",
    method: Method::GET,
    path: "/v1/files/search",
    query: &[
        TAGS,
        required("query", Kind::Text),
        parameter("contextDepth", Kind::Count),
        parameter("limit", Kind::Count),
        parameter("consolidate", Kind::Boolean),
        parameter("includeBreadcrumb", Kind::Boolean),
        parameter("withContext", Kind::Boolean),
    ],
    body: &[],
    run: search,
}];

/// A passage that has words of the query.
struct Hit {
    score: f64,
    content: String,
    meta: Value,
    file: Value,
}

fn search(call: &mut Call<'_>) -> Result<Answer> {
    let wanted = words(call.query.text("query").unwrap_or_default());
    let limit = call.query.count("limit").unwrap_or(LIMIT.0);
    if !(1..=LIMIT.1).contains(&limit) {
        let message = format!("limit must be from 1 to {}", LIMIT.1);
        return Err(Failure::invalid_query(message));
    }
    let mut hits = Vec::new();
    for file in indexed_files(call)? {
        hits.extend(hits_of(call, &file, &wanted)?);
    }
    hits.sort_by(|one, other| other.score.total_cmp(&one.score));
    if call.query.boolean("consolidate") == Some(true) {
        hits = consolidate(hits);
    }
    hits.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let passages = hits.into_iter().map(|hit| {
        json!({ "content": hit.content, "score": hit.score, "meta": hit.meta, "file": hit.file })
    });
    Ok(Answer::ok(
        json!({ "passages": passages.collect::<Vec<_>>() }),
    ))
}

fn indexed_files(call: &Call<'_>) -> Result<Vec<File>> {
    let mut files = Listing::new("files", COLUMNS, "id", "created_at");
    files.sizes(SEARCHED, &[]);
    files.filter_all(READABLE, readable(call));
    files.filter(
        "status = ?",
        SqlValue::from("indexing_completed".to_owned()),
    );
    filter_tags(&mut files, call);
    Ok(files.read(call, |row| Ok(File::read(row)?))?.items)
}

fn hits_of(call: &Call<'_>, file: &File, wanted: &BTreeSet<String>) -> Result<Vec<Hit>> {
    let shown = file.shown(call)?;
    let shown = json!({
        "id": shown["id"],
        "key": shown["key"],
        "contentType": shown["contentType"],
        "metadata": shown["metadata"],
        "tags": shown["tags"],
        "createdAt": shown["createdAt"],
        "updatedAt": shown["updatedAt"],
    });
    let sql =
        "SELECT content, type, page, position FROM passages WHERE file_id = ?1 ORDER BY position";
    let mut statement = call.database.prepare_cached(sql)?;
    let passages = statement.query_map([&file.id], |row| {
        Ok((Passage::read(row)?, row.get::<_, u64>("position")?))
    })?;
    let passages = passages.collect::<rusqlite::Result<Vec<_>>>()?;
    let hits = passages.into_iter().map(|(passage, position)| Hit {
        score: score(wanted, &words(&passage.content)),
        meta: Value::Object(passage.meta(position)),
        content: passage.content,
        file: shown.clone(),
    });
    Ok(hits.filter(|hit| hit.score > 0.0).collect())
}

/// The share of the wanted words.
fn score(wanted: &BTreeSet<String>, words: &BTreeSet<String>) -> f64 {
    let share = |count: usize| u32::try_from(count).map_or(0.0, f64::from);
    let found = wanted.intersection(words).count();
    if wanted.is_empty() {
        0.0
    } else {
        share(found) / share(wanted.len())
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Joins the hits of each file to one.
fn consolidate(hits: Vec<Hit>) -> Vec<Hit> {
    let mut joined: Vec<Hit> = Vec::new();
    for hit in hits {
        match joined
            .iter_mut()
            .find(|known| known.file["id"] == hit.file["id"])
        {
            Some(known) => {
                known.content.push_str("\n\n");
                known.content.push_str(&hit.content);
            }
            None => joined.push(Hit {
                meta: json!({ "type": "consolidated" }),
                ..hit
            }),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_is_the_share_of_the_words() {
        let wanted = words("Opening hours, please!");
        assert!((score(&wanted, &words("our HOURS of opening")) - 2.0 / 3.0).abs() < 1e-9);
        assert!(score(&wanted, &words("nothing")).abs() < 1e-9);
        assert!(score(&words("?"), &words("nothing")).abs() < 1e-9);
    }
}
