//! When a message or an event is sent.

use rusqlite::Connection;
use serde_json::{Map, Value};

use crate::api::number;
use crate::api::page::milliseconds;
use crate::wire::failure::{Failure, Result};
use crate::wire::shape::{Field, Shape, optional};
use crate::wire::time;

/// The member `schedule` of a body.
pub(super) const SCHEDULE: Shape = Shape::Object(&[
    optional("dateTime", Shape::Text { min: 24, max: 28 }),
    optional(
        "delay",
        Shape::Number {
            min: 0.0,
            max: 9_007_199_254_740_991.0,
        },
    ),
]);

/// The field of a body.
pub(super) const FIELD: Field = optional("schedule", SCHEDULE);

/// Whether a scheduled message or event is due.
pub(in crate::api) fn is_something_due(database: &Connection, now: u64) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM messages WHERE due_at <= ?1)
        OR EXISTS (SELECT 1 FROM events WHERE due_at <= ?1)";
    let mut statement = database.prepare_cached(sql)?;
    statement.query_row([milliseconds(now)], |row| row.get(0))
}

/// The time at which something is due; `None` if it is due at once.
pub(super) fn due_at(now: u64, body: &Map<String, Value>) -> Result<Option<u64>> {
    let Some(schedule) = body.get("schedule") else {
        return Ok(None);
    };
    let date = schedule["dateTime"].as_str();
    let delay = schedule["delay"].as_f64();
    match (date, delay) {
        (Some(date), _) => {
            let expected = "schedule.dateTime must be a date and time in the format of ISO 8601";
            let date = time::parse(date).ok_or_else(|| Failure::invalid(expected))?;
            Ok((date > now).then_some(date))
        }
        (None, Some(delay)) => {
            Ok(Some(now.saturating_add(number::to_u64(delay))).filter(|due| *due > now))
        }
        (None, None) => Err(Failure::invalid("schedule needs dateTime or delay")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn due(schedule: &Value) -> Result<Option<u64>> {
        let body = json!({ "schedule": schedule });
        due_at(1_700_000_000_000, body.as_object().expect("an object"))
    }

    #[test]
    fn a_schedule_is_a_date_or_a_delay() {
        let later = Some(1_700_000_001_500);
        assert_eq!(due(&json!({ "delay": 1500 })).expect("a time"), later);
        assert_eq!(due(&json!({ "delay": 1500.7 })).expect("a time"), later);
        let date = json!({ "dateTime": "2023-11-14T22:13:21.500Z" });
        assert_eq!(due(&date).expect("a time"), later);
        assert_eq!(due(&json!({ "delay": 0 })).expect("a time"), None);
        assert!(due(&json!({})).is_err());
        assert!(due(&json!({ "dateTime": "tomorrow at eight o'clock" })).is_err());
    }
}
