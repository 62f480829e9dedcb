//! The name of a new integration, which is that of its package as well.

use std::fmt;

/// Names that a dependency or a module of the project has.
const TAKEN: [&str; 6] = [
    "contexture",
    "contexture-codegen",
    "handlers",
    "serde",
    "tests",
    "tokio",
];

/// Names that cargo or the compiler uses for something else.
const RESERVED: [&str; 10] = [
    "alloc",
    "build",
    "core",
    "deps",
    "examples",
    "incremental",
    "proc-macro",
    "std",
    "test",
    "proc_macro",
];

/// The longest name: it is the title as well, which Botpress limits.
const LONGEST: usize = 64;

/// A name that Botpress and cargo accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name(String);

/// The reason why a name is refused, with the advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InvalidName {
    reason: String,
    help: String,
}

impl Name {
    /// Checks a name.
    pub(super) fn parse(name: &str) -> Result<Self, InvalidName> {
        let refuse = |reason: &str, help: String| {
            Err(InvalidName {
                reason: reason.to_owned(),
                help,
            })
        };
        if name.is_empty() {
            return refuse(
                "the name is empty",
                "write `contexture new hello`".to_owned(),
            );
        }
        if let Some((folder, name)) = name.rsplit_once(['/', '\\']) {
            return refuse(
                "a name has no slash",
                format!(
                    "write `contexture new {name} --path {folder}/{name}` for another folder. The handle of your \
                     workspace belongs into `name` of the definition"
                ),
            );
        }
        let is_allowed = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '-');
        if !name.chars().all(is_allowed) {
            return refuse(
                "a name has lowercase letters from a to z, digits and hyphens only, for Botpress",
                suggestion(name),
            );
        }
        if !name.starts_with(|first: char| first.is_ascii_lowercase()) {
            return refuse("a name starts with a letter, for cargo", suggestion(name));
        }
        if name.len() > LONGEST {
            return refuse(
                &format!("a name has at most {LONGEST} characters"),
                format!("this one has {}", name.len()),
            );
        }
        if TAKEN.contains(&name) {
            return refuse(
                "a dependency or a module of the project has this name",
                another(name),
            );
        }
        let is_keyword = syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err();
        if is_keyword || RESERVED.contains(&name) {
            return refuse("Rust or cargo reserves this name", another(name));
        }
        Ok(Self(name.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The name for people: `my-shop` is `My Shop`.
    pub(super) fn title(&self) -> String {
        heck::AsTitleCase(&self.0).to_string()
    }
}

/// Whether a module at the root of the project would hide another one.
pub(super) fn is_taken_module(module: &str) -> bool {
    TAKEN.contains(&module.replace('_', "-").as_str())
}

fn suggestion(name: &str) -> String {
    let kebab = heck::AsKebabCase(name).to_string();
    let digits = kebab.trim_start_matches(|first: char| first.is_ascii_digit() || first == '-');
    match Name::parse(digits) {
        Ok(found) => format!("`{}` is a valid name", found.as_str()),
        Err(_) => "`my-integration` is a valid name".to_owned(),
    }
}

fn another(name: &str) -> String {
    format!("`{name}-integration` is a valid name")
}

impl fmt::Display for InvalidName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}\nhelp: {}", self.reason, self.help)
    }
}
