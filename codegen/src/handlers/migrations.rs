//! The migrations that a definition asks for.

use crate::model::{Configuration, Configurations, Model, OlderVersion};

/// What an older version stored, and the type of today that an author makes of it: a `MigrateFrom<from> for into`.
///
/// Types are named as in a file that imports them from the generated module.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Migration {
    /// The older version: `1.0.0`.
    pub version: String,
    /// The name of the version's module: `v1`.
    pub module: String,
    /// The type in that module: `Configuration`, `CursorState`.
    pub from: String,
    /// The type of today: `Configuration`, `CursorState`.
    pub into: String,
    /// The name of the state in the definition; none for the configurations.
    pub state: Option<String>,
    /// The variants of the older type, if it is a union of several configurations.
    pub variants: Vec<String>,
}

/// The migrations of all older versions. Those whose values all fit today are generated.
pub(super) fn migrations(model: &Model) -> Vec<Migration> {
    let versions = model.older.iter();
    versions
        .flat_map(|older| {
            configurations(model, older)
                .into_iter()
                .chain(states(model, older))
        })
        .collect()
}

fn configurations(model: &Model, older: &OlderVersion) -> Option<Migration> {
    let configurations = &older.model.configurations;
    let is_same = match (only(configurations), only(&model.configurations)) {
        (Some(old), Some(today)) => older.is_same(model, old.ty, today.ty),
        _ => older.same_union.is_some(),
    };
    if is_same {
        return None;
    }
    let names = configurations.variants.iter().map(|one| one.name.clone());
    let variants = match only(configurations) {
        Some(_) => Vec::new(),
        None => names.collect(),
    };
    Some(Migration {
        version: older.model.version.clone(),
        module: older.module.clone(),
        from: "Configuration".to_owned(),
        into: "Configuration".to_owned(),
        state: None,
        variants,
    })
}

/// The migrations of the states. States that share a type, in both versions, have one migration together.
fn states<'a>(
    model: &'a Model,
    older: &'a OlderVersion,
) -> impl Iterator<Item = Migration> + use<'a> {
    let primary = (
        only(&older.model.configurations),
        only(&model.configurations),
    );
    let mut known = match primary {
        (Some(old), Some(today)) => vec![older.resolved(model, old.ty, today.ty)],
        _ => Vec::new(),
    };
    model.states.iter().filter_map(move |today| {
        let old = older.model.state_like(today)?;
        let types = older.resolved(model, old.ty, today.ty);
        if older.is_same(model, old.ty, today.ty) || known.contains(&types) {
            return None;
        }
        known.push(types);
        Some(Migration {
            version: older.model.version.clone(),
            module: older.module.clone(),
            from: older.model.state_type(old).to_owned(),
            into: model.state_type(today).to_owned(),
            state: Some(today.wire.clone()),
            variants: Vec::new(),
        })
    })
}

/// The primary configuration, if it is the only one, so that there is no union.
fn only(configurations: &Configurations) -> Option<&Configuration> {
    let is_alone = configurations.is_primary_alone();
    configurations.variants.first().filter(|_| is_alone)
}
