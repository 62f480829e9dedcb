//! Runs the fuzz targets with their seeds.

use contexture_fuzz::mutate::mutate_json;
use contexture_fuzz::seeds::TARGETS;
use contexture_fuzz::{Use, lowering};

#[test]
fn every_seed_is_of_use_and_passes() {
    for target in TARGETS {
        let seeds = target.seeds(&[]);
        assert!(
            seeds.len() > 50,
            "{} has {} seeds",
            target.name,
            seeds.len()
        );
        for seed in seeds {
            let kept = (target.run)(&seed) == Use::Kept;
            assert!(kept, "{}: {}", target.name, String::from_utf8_lossy(&seed));
        }
    }
}

#[test]
fn changed_json_is_json_and_another_one() {
    let text = br#"{"type":"object","properties":{"a":{"type":"string"}}}"#;
    let mut changed = 0;
    for seed in 0..200 {
        let Some(other) = mutate_json(text, 4096, seed) else {
            panic!("{seed} made a short text too long");
        };
        assert_eq!(lowering(&other), Use::Kept);
        changed += u32::from(other != text);
    }
    assert!(changed > 150, "{changed} of 200 were changed");
    assert_eq!(mutate_json(b"{", 4096, 0), None);
    assert_eq!(mutate_json(text, 3, 0), None);
}
