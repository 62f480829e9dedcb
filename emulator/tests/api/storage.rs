//! What remains when the process ends.

use contexture_emulator::storage::Storage;
use serde_json::json;

use crate::bench::Bench;

#[test]
fn data_is_there_after_the_storage_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.sqlite");
    let user = {
        let bench = Bench::with_storage(Storage::open(&file).unwrap());
        bench.user("1")
    };
    let bench = Bench::with_storage(Storage::open(&file).unwrap());
    assert_eq!(bench.get("/v1/chat/users").field("users"), json!([user]));
}

#[test]
fn two_storages_of_one_file_see_the_same_data() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.sqlite");
    let benches = [(); 2].map(|()| Bench::with_storage(Storage::open(&file).unwrap()));
    let user = benches[0].user("1");
    assert_eq!(
        benches[1].get("/v1/chat/users").field("users"),
        json!([user])
    );
}

#[test]
fn a_new_file_can_be_opened_by_several_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.sqlite");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| Storage::open(&file).unwrap());
        }
    });
    let bench = Bench::with_storage(Storage::open(&file).unwrap());
    assert_eq!(bench.get("/v1/chat/users").status, 200);
}

#[test]
fn a_file_of_another_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.sqlite");
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection.pragma_update(None, "user_version", 999).unwrap();
    drop(connection);
    let refused = Storage::open(&file).unwrap_err().to_string();
    assert!(refused.contains("version 999"), "{refused}");
    assert!(refused.contains("delete the file"), "{refused}");
}
