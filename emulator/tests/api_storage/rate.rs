//! Writes a second, beside the disk's own limit: the commits of SQLite with one row each, in the same run.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::bench::{create_message, open, participants};

/// How long each measurement takes. The two take turns.
const TURN: Duration = Duration::from_millis(500);
const TURNS: u32 = 6;

pub(crate) fn run() {
    let folder = tempfile::tempdir_in(".").expect("a folder");
    let api = open(folder.path());
    let participants = participants(&api);
    let bare = bare_database(&folder.path().join("bare.sqlite"));
    let (mut of_api, mut of_sqlite) = (0, 0);
    for turn in 0..TURNS {
        let mut number = 0;
        of_sqlite += count(|| commit(&bare));
        of_api += count(|| {
            number += 1;
            create_message(&api, &participants, &format!("{turn}-{number}"));
        });
    }
    let (api, sqlite) = (a_second(of_api), a_second(of_sqlite));
    println!(
        "{api:.0} messages a second through the API, {sqlite:.0} bare commits a second: ratio {:.2}",
        api / sqlite
    );
}

/// A database with the settings of the emulator's.
fn bare_database(file: &Path) -> Connection {
    let database = Connection::open(file).expect("a database");
    for (name, value) in [("journal_mode", "WAL"), ("synchronous", "NORMAL")] {
        database
            .pragma_update(None, name, value)
            .expect("a setting");
    }
    let table = "CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)";
    database.execute(table, []).expect("a table");
    database
}

fn commit(database: &Connection) {
    let sql = "INSERT INTO rows (text) VALUES (?1)";
    let mut statement = database.prepare_cached(sql).expect("a statement");
    statement.execute(["x"]).expect("a commit");
}

/// How often something can be done in a turn.
fn count(mut action: impl FnMut()) -> u32 {
    let start = Instant::now();
    let mut count = 0;
    while start.elapsed() < TURN {
        action();
        count += 1;
    }
    count
}

fn a_second(count: u32) -> f64 {
    f64::from(count) / (TURN * TURNS).as_secs_f64()
}
