//! Pages of lists.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::types::Value as SqlValue;
use rusqlite::{Row, ToSql};
use serde_json::{Value, json};

use super::call::Call;
use crate::wire::failure::{Failure, Result};
use crate::wire::limits;

/// A list of the rows of a table: its conditions and its order.
pub(super) struct Listing {
    /// The table, with its joins.
    from: &'static str,
    columns: &'static str,
    /// The column of the id, which orders rows that are equal otherwise.
    id: &'static str,
    sort: &'static str,
    is_descending: bool,
    conditions: Vec<String>,
    values: Vec<SqlValue>,
    size: (u64, u64),
    /// The query parameters that name the size.
    size_parameters: &'static [&'static str],
}

/// A page of a list.
pub(super) struct Page<T> {
    pub(super) items: Vec<T>,
    pub(super) meta: Value,
}

impl Listing {
    /// All rows, the latest first.
    pub(super) fn new(
        from: &'static str,
        columns: &'static str,
        id: &'static str,
        sort: &'static str,
    ) -> Self {
        Self {
            from,
            columns,
            id,
            sort,
            is_descending: true,
            conditions: Vec::new(),
            values: Vec::new(),
            size: limits::PAGE_SIZE,
            size_parameters: &["pageSize"],
        }
    }

    /// Adds a condition, with `?` for the value.
    pub(super) fn filter(&mut self, condition: &str, value: impl Into<SqlValue>) {
        self.filter_all(condition, [value.into()]);
    }

    /// Adds a condition if there is a value.
    pub(super) fn filter_some(&mut self, condition: &str, value: Option<impl Into<SqlValue>>) {
        if let Some(value) = value {
            self.filter(condition, value);
        }
    }

    /// Adds a condition with several values.
    pub(super) fn filter_all(
        &mut self,
        condition: &str,
        values: impl IntoIterator<Item = SqlValue>,
    ) {
        self.conditions.push(condition.to_owned());
        self.values.extend(values);
    }

    /// Filters by tags of an installation: all of them have to match.
    pub(super) fn filter_tags(&mut self, call: &Call<'_>) {
        for (name, value) in call.query.map("tags") {
            let condition = format!(
                "EXISTS (SELECT 1 FROM tags WHERE owner = {} AND alias = ? AND name = ? AND value = ?)",
                self.id
            );
            let values = [call.alias(), name, value].map(|text| text.to_owned().into());
            self.filter_all(&condition, values);
        }
    }

    /// Filters by `afterDate` and `beforeDate`, both inclusive.
    pub(super) fn filter_dates(&mut self, call: &Call<'_>, column: &str) {
        let time = |name: &str| call.query.time(name).map(milliseconds);
        self.filter_some(&format!("{column} >= ?"), time("afterDate"));
        self.filter_some(&format!("{column} <= ?"), time("beforeDate"));
    }

    /// Whether the latest row is first, which is so by default.
    pub(super) fn descending(&mut self, is_descending: bool) {
        self.is_descending = is_descending;
    }

    /// Sets the size of a page if the request names none, the largest one, and the query parameters that name it.
    pub(super) fn sizes(&mut self, size: (u64, u64), parameters: &'static [&'static str]) {
        self.size = size;
        self.size_parameters = parameters;
    }

    /// Reads the page that the query names by `nextToken` and `pageSize`.
    pub(super) fn read<T>(
        mut self,
        call: &Call<'_>,
        read: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<Page<T>> {
        let size = self.page_size(call)?;
        if let Some(token) = call.query.text("nextToken") {
            let (sort, id) = read_token(token)?;
            let comparison = if self.is_descending { "<" } else { ">" };
            let condition = format!("({}, {}) {comparison} (?, ?)", self.sort, self.id);
            self.filter_all(&condition, [sort, id.into()]);
        }
        let mut statement = call.database.prepare_cached(&self.sql(size + 1))?;
        let values = self.values.iter().map(|value| value as &dyn ToSql);
        let mut rows = statement.query(values.collect::<Vec<_>>().as_slice())?;
        let (mut items, mut last, mut meta) = (Vec::new(), None, json!({}));
        while let Some(row) = rows.next()? {
            if u64::try_from(items.len()).is_ok_and(|length| length == size) {
                if let Some(last) = last {
                    meta["nextToken"] = Value::String(write_token(&last));
                }
                break;
            }
            last = Some((row.get("sort_value")?, row.get("sort_id")?));
            items.push(read(row)?);
        }
        Ok(Page { items, meta })
    }

    fn page_size(&self, call: &Call<'_>) -> Result<u64> {
        let (usual, largest) = self.size;
        let mut parameters = self.size_parameters.iter();
        let asked = parameters.find_map(|name| call.query.count(name));
        match asked {
            None => Ok(usual),
            Some(size) if (1..=largest).contains(&size) => Ok(size),
            Some(_) => Err(Failure::invalid_query(format!(
                "the size of a page must be from 1 to {largest}"
            ))),
        }
    }

    fn sql(&self, limit: u64) -> String {
        let Self {
            from,
            columns,
            id,
            sort,
            ..
        } = self;
        let conditions = if self.conditions.is_empty() {
            "TRUE".to_owned()
        } else {
            self.conditions.join(" AND ")
        };
        let direction = if self.is_descending { "DESC" } else { "ASC" };
        format!(
            "SELECT {columns}, {sort} AS sort_value, {id} AS sort_id FROM {from} WHERE {conditions}
             ORDER BY {sort} {direction}, {id} {direction} LIMIT {limit}"
        )
    }
}

/// Milliseconds as SQLite stores them.
pub(super) fn milliseconds(time: u64) -> i64 {
    i64::try_from(time).unwrap_or(i64::MAX)
}

/// Writes the place after a row as an opaque text.
fn write_token((sort, id): &(SqlValue, String)) -> String {
    let sort = match sort {
        SqlValue::Integer(number) => json!(number),
        SqlValue::Text(text) => json!(text),
        _ => Value::Null,
    };
    URL_SAFE_NO_PAD.encode(json!([sort, id]).to_string())
}

fn read_token(token: &str) -> Result<(SqlValue, String)> {
    let read = || {
        let text = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (sort, id): (Value, String) = serde_json::from_slice(&text).ok()?;
        let sort = match sort {
            Value::Number(number) => SqlValue::Integer(number.as_i64()?),
            Value::String(text) => SqlValue::Text(text),
            _ => return None,
        };
        Some((sort, id))
    };
    read().ok_or_else(|| {
        Failure::invalid_query("nextToken must be the meta.nextToken of an earlier response")
    })
}
