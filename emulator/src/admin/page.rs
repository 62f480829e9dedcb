//! Pages of lists, in the order of ids.

use rusqlite::types::Value as SqlValue;
use rusqlite::{Row, params_from_iter};
use serde_json::{Value, json};

use super::call::Call;
use crate::wire::failure::{Failure, Result};
use crate::wire::limits::PAGE_SIZE;

/// A list of the rows of a table, the newest first: an id grows with time.
pub(super) struct Listing {
    table: &'static str,
    conditions: Vec<&'static str>,
    values: Vec<SqlValue>,
}

impl Listing {
    /// All rows of a table.
    pub(super) fn of(table: &'static str) -> Self {
        Self {
            table,
            conditions: vec!["TRUE"],
            values: Vec::new(),
        }
    }

    /// Adds a condition, with `?` for the value, if there is a value.
    pub(super) fn filter(&mut self, condition: &'static str, value: Option<impl Into<SqlValue>>) {
        if let Some(value) = value {
            self.conditions.push(condition);
            self.values.push(value.into());
        }
    }

    /// Reads the page that the query names by `nextToken` and `limit`: its rows, and `meta`.
    pub(super) fn read<T>(
        mut self,
        call: &Call<'_>,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<(Vec<T>, Value)> {
        let size = page_size(call)?;
        self.filter("id < ?", call.query.text("nextToken").map(str::to_owned));
        let sql = format!(
            "SELECT * FROM {} WHERE {} ORDER BY id DESC LIMIT {}",
            self.table,
            self.conditions.join(" AND "),
            size + 1
        );
        let mut statement = call.database.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(self.values))?;
        let (mut items, mut last, mut meta) = (Vec::new(), String::new(), json!({}));
        while let Some(row) = rows.next()? {
            if items.len() == size {
                meta["nextToken"] = last.into();
                break;
            }
            last = row.get("id")?;
            items.push(read(row)?);
        }
        Ok((items, meta))
    }
}

fn page_size(call: &Call<'_>) -> Result<usize> {
    let (usual, largest) = PAGE_SIZE;
    let size = call.query.count("limit").unwrap_or(usual);
    let size = usize::try_from(size).ok();
    let allowed = size.filter(|size| (1..=usize::try_from(largest).unwrap_or(100)).contains(size));
    allowed.ok_or_else(|| Failure::invalid_query(format!("limit must be from 1 to {largest}")))
}
