//! `contexture check --watch`.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use contexture_cli::Outcome;

use super::contexture;
use crate::support::{scratch, write};

/// The definition, whose event has its schema in a file beside it.
const DEFINITION: &str =
    "name: shop\nversion: 1.0.0\nevents:\n  sold: { schema: { $ref: \"./parts/sold.yaml\" } }\n";
const WRONG: &str = "type: objct\n";
const RIGHT: &str = "type: object\n";

/// Longer than any machine takes: a change that is never noticed fails the test.
const PATIENCE: Duration = Duration::from_mins(1);

/// Watches a definition until this many results were printed.
fn watch(definition: &Path, results: usize) -> Receiver<Outcome> {
    let definition = definition.to_str().unwrap().to_owned();
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut left = results;
        let arguments = ["contexture", "check", "--watch", &definition];
        let last = contexture_cli::run_on(arguments, false, &mut |outcome| {
            left -= 1;
            let _ = sender.send(outcome);
            if left == 0 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        let _ = sender.send(last);
    });
    receiver
}

/// Waits for a result that has this text. One change can be told in two steps.
fn wait_for(results: &Receiver<Outcome>, text: &str) {
    loop {
        let outcome = results.recv_timeout(PATIENCE).expect(text);
        if outcome.errors.contains(text) {
            return;
        }
    }
}

#[test]
fn a_change_of_the_definition_and_of_each_of_its_files_is_noticed() {
    let folder = scratch("watch");
    let definition = write(&folder, "shop.yaml", "name: shop\n");
    write(&folder, "parts/sold.yaml", WRONG);
    let results = watch(&definition, usize::MAX);
    wait_for(&results, "C0103");

    fs::write(&definition, DEFINITION).unwrap();
    wait_for(&results, "unknown type `objct`");

    // Editors write another file and put it in the place of the old one.
    let part = folder.join("parts/sold.yaml");
    let other = write(&folder, "parts/sold.yaml~", RIGHT);
    fs::rename(other, &part).unwrap();
    wait_for(&results, "0 errors, 0 warnings");

    fs::remove_file(&part).unwrap();
    wait_for(&results, "there is no such file");
    fs::write(&part, RIGHT).unwrap();
    wait_for(&results, "0 errors, 0 warnings");
}

#[test]
fn a_watch_ends_when_its_reader_does() {
    let definition = write(
        &scratch("watch-end"),
        "shop.yaml",
        "name: shop\nversion: 1.0.0\n",
    );
    let results = watch(&definition, 1);
    wait_for(&results, "waiting for a change");
    let last = results.recv_timeout(PATIENCE).unwrap();
    assert_eq!(last, Outcome::default());
    assert!(results.recv_timeout(PATIENCE).is_err());
}

#[test]
fn a_caller_that_prints_nothing_gets_the_first_result() {
    let definition = write(
        &scratch("watch-once"),
        "shop.yaml",
        "name: shop\nversion: 1.0.0\n",
    );
    let outcome = contexture(&["check", "--watch", definition.to_str().unwrap()]);
    assert!(outcome.errors.starts_with("checked 1 definition: 0 errors"));
}
