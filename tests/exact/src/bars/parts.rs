//! The parts of the table, one measurement each.

use std::io;
use std::path::PathBuf;

use super::{Bar, size};
use crate::compiled::{Compiled, compile, document};
use crate::corpus::load_definitions;
use crate::environment::{json_files, work_folder};
use crate::suite::{Group, Outcome, exception, load_cases};
use crate::{attributes, nodes, properties, rebuild, suite};

/// The inputs of the measurements.
#[derive(Clone, Debug)]
pub struct Data {
    /// The folder with `integrations/`.
    pub corpus: PathBuf,
    /// The folder with the JSON Schema Test Suite.
    pub suite: PathBuf,
    /// The number of valid values and of broken values for each payload.
    pub values: usize,
}

/// A part of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Lines and time.
    Size,
    /// The packages that cargo compiles again.
    Rebuild,
    /// Compilation and documentation.
    Corpus,
    /// The schemas without a type.
    Nodes,
    /// The removal of attributes.
    Attributes,
    /// The JSON Schema Test Suite.
    Suite,
    /// Generated values.
    Properties,
}

impl Part {
    /// Every part. Times are measured first, on an otherwise idle machine.
    pub const ALL: [Self; 7] = [
        Self::Size,
        Self::Rebuild,
        Self::Corpus,
        Self::Nodes,
        Self::Attributes,
        Self::Suite,
        Self::Properties,
    ];

    /// The part's name. The program with this name prints more details.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Rebuild => "rebuild",
            Self::Corpus => "corpus",
            Self::Nodes => "nodes",
            Self::Attributes => "attributes",
            Self::Suite => "suite",
            Self::Properties => "properties",
        }
    }
}

/// Measures a part.
///
/// # Errors
///
/// Returns an error if the part cannot be measured.
pub fn measure(part: Part, data: &Data) -> io::Result<Vec<Bar>> {
    let definitions = || load_definitions(&data.corpus.join("integrations"));
    let folder = work_folder(part.name());
    Ok(match part {
        Part::Size => size::bars(&crate::size::measure(&folder, &definitions()?, true)?),
        Part::Rebuild => vec![rebuild_bar(&rebuild::measure(&folder)?)],
        Part::Corpus => {
            let compiled = compile(&folder, &definitions()?)?;
            vec![
                compiled_bar(compiled.values()),
                documented_bar(&document(&folder)?),
            ]
        }
        Part::Nodes => vec![nodes_bar(&nodes::count(&definitions()?))],
        Part::Attributes => vec![attributes_bar(&attributes::measure(&folder, 20)?)],
        Part::Suite => {
            let cases = load_cases(&data.suite)?;
            let measured = suite::measure(&folder, &cases, &data.suite.join("remotes"))?;
            suite_bars(&cases, &measured)
        }
        Part::Properties => {
            let definitions = json_files(&data.corpus.join("integrations"))?;
            let measured = properties::measure(&folder, &definitions, data.values)?;
            vec![properties_bar(&measured, data.values)]
        }
    })
}

fn rebuild_bar(rebuilt: &rebuild::Rebuilt) -> Bar {
    let compiled = |names: &std::collections::BTreeSet<String>| match names.len() {
        0 => "nothing".to_owned(),
        _ => names.iter().cloned().collect::<Vec<_>>().join(", "),
    };
    let kept = if rebuilt.keeps_bytes && rebuilt.keeps_time {
        "kept"
    } else {
        "written again"
    };
    Bar::new(
        "`cargo build` with nothing changed; with a definition touched but equal",
        format!(
            "{}; {}, and the generated file is {kept}",
            compiled(&rebuilt.untouched),
            compiled(&rebuilt.touched)
        ),
        "nothing; the one package, and the file is kept",
        rebuilt.is_least(),
    )
}

fn compiled_bar<'a>(compiled: impl Iterator<Item = &'a Compiled>) -> Bar {
    let (clean, other): (Vec<_>, Vec<_>) =
        compiled.partition(|fate| matches!(fate, Compiled::Clean(_)));
    Bar::new(
        "real definitions that generate and compile, warnings denied",
        format!("{} of {}", clean.len(), clean.len() + other.len()),
        "all",
        other.is_empty() && !clean.is_empty(),
    )
    .with(other.into_iter().map(|fate| format!("{fate:?}")))
}

fn documented_bar(documented: &crate::compiled::Documented) -> Bar {
    let (warnings, examples) = (&documented.warnings, &documented.examples);
    Bar::new(
        "`cargo doc` of them",
        format!(
            "{} warnings, {} descriptions taken for examples",
            warnings.len(),
            examples.len()
        ),
        "none",
        documented.is_clean(),
    )
    .with(warnings.iter().chain(examples).cloned())
}

fn nodes_bar(counted: &nodes::Counted) -> Bar {
    let untyped = counted
        .untyped
        .iter()
        .map(|(place, schema)| format!("{place}: {schema}"));
    Bar::new(
        "schemas that say something about the type and became `Value`",
        format!(
            "{} of {}, {:.2} %",
            counted.untyped.len(),
            counted.saying,
            counted.share()
        ),
        "at most 0.5 %",
        counted.share() <= 0.5 && counted.refused.is_empty() && counted.saying > 0,
    )
    .with(untyped)
}

fn attributes_bar(measured: &attributes::Measured) -> Bar {
    let never = measured
        .removed
        .iter()
        .filter(|(_, noticed)| **noticed == attributes::Noticed::Never);
    let never: Vec<_> = never.map(|(kind, _)| kind.to_string()).collect();
    let count = measured.removed.len();
    Bar::new(
        "derives and lines of types whose removal makes a check fail",
        format!("{} of {count}", count - never.len()),
        "all",
        measured.is_right(),
    )
    .with(never)
    .with(measured.whole.iter().cloned())
    .with(measured.unprinted.iter().cloned())
}

fn suite_bars(cases: &[suite::Case], measured: &suite::Measured) -> Vec<Bar> {
    let mut bars: Vec<_> = Group::ALL
        .iter()
        .map(|group| group_bar(*group, cases, measured))
        .collect();
    let typed = measured
        .restricting
        .iter()
        .filter(|(_, is_typed)| *is_typed)
        .count();
    let all = measured.restricting.len();
    bars.push(Bar::new(
        "its schemas whose root restricts the type that have a type better than `Value`",
        format!("{typed} of {all}"),
        "at least 90 %",
        typed * 10 >= all * 9 && all > 0,
    ));
    bars
}

/// A group is right if every test is right except for the named exceptions, and no exception is right.
fn group_bar(group: Group, cases: &[suite::Case], measured: &suite::Measured) -> Bar {
    let results = measured
        .results
        .iter()
        .filter(|result| cases[result.case].group == group);
    let (right, other): (Vec<_>, Vec<_>) =
        results.partition(|result| result.outcome == Outcome::Right);
    let reason = |result: &&suite::TestResult| exception(&cases[result.case], result.test);
    let is_met = !right.is_empty()
        && right.iter().all(|result| reason(result).is_none())
        && other.iter().all(|result| reason(result).is_some());
    let details = other.iter().map(|result| {
        let case = &cases[result.case];
        let (file, about, test) = (
            &case.file,
            &case.description,
            &case.tests[result.test].description,
        );
        let reason = reason(result).map_or_else(|| format!("{:?}", result.outcome), str::to_owned);
        format!("{file}, {about}, {test}: {reason}")
    });
    Bar::new(
        &format!(
            "JSON Schema Test Suite, {}, right and lossless",
            group.name()
        ),
        format!("{} of {}", right.len(), right.len() + other.len()),
        if group == Group::Optional {
            "all, or named exceptions"
        } else {
            "all"
        },
        is_met,
    )
    .with(details.collect::<Vec<_>>())
}

fn properties_bar(measured: &properties::Measured, wanted: usize) -> Bar {
    let wrong = measured
        .failures
        .iter()
        .filter(|failure| !failure.mistake.is_exception())
        .count();
    let short = measured.short_of(wanted).count();
    let details = [
        format!(
            "{} values on which the two validators disagree are not tested",
            measured.disputed.len()
        ),
        format!(
            "{} values are named exceptions: numbers beyond 64 bits",
            measured.failures.len() - wrong
        ),
        format!(
            "{short} payloads have fewer values than possible, {} are not tested",
            measured.unasked.len()
        ),
    ];
    Bar::new(
        &format!(
            "generated values of {} payloads accepted exactly when valid, and lossless",
            measured.payloads.len()
        ),
        format!("{} of {}", measured.values() - wrong, measured.values()),
        &format!("all; {wanted} valid and {wanted} broken each, where there are"),
        measured.is_right(wanted) && measured.values() > 0,
    )
    .with(details)
}
