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

/// A name that is refused, and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InvalidName {
    name: String,
    fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Empty,
    Slash,
    Letters,
    Start,
    Length,
    Taken,
    Reserved,
}

impl Name {
    /// Checks a name.
    pub(super) fn parse(name: &str) -> Result<Self, InvalidName> {
        let name = name.to_owned();
        match fault_of(&name) {
            None => Ok(Self(name)),
            Some(fault) => Err(InvalidName { name, fault }),
        }
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

fn fault_of(name: &str) -> Option<Fault> {
    let is_allowed = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '-');
    let is_keyword = || syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err();
    if name.is_empty() {
        Some(Fault::Empty)
    } else if name.contains(['/', '\\']) {
        Some(Fault::Slash)
    } else if !name.chars().all(is_allowed) {
        Some(Fault::Letters)
    } else if !name.starts_with(|first: char| first.is_ascii_lowercase()) {
        Some(Fault::Start)
    } else if name.len() > LONGEST {
        Some(Fault::Length)
    } else if TAKEN.contains(&name) {
        Some(Fault::Taken)
    } else if RESERVED.contains(&name) || is_keyword() {
        Some(Fault::Reserved)
    } else {
        None
    }
}

impl InvalidName {
    fn reason(&self) -> String {
        match self.fault {
            Fault::Empty => "it is empty".to_owned(),
            Fault::Slash => "it has a slash".to_owned(),
            Fault::Letters => {
                "Botpress allows lowercase letters from a to z, digits and hyphens only".to_owned()
            }
            Fault::Start => "cargo wants a letter at the start".to_owned(),
            Fault::Length => format!(
                "it has {} characters, and Botpress allows {LONGEST} in a title",
                self.name.len()
            ),
            Fault::Taken => "a dependency or a module of the project has it".to_owned(),
            Fault::Reserved => "Rust or cargo reserves it".to_owned(),
        }
    }

    fn help(&self) -> String {
        let Self { name, fault } = self;
        match fault {
            Fault::Empty => "a name is required, as in `contexture new hello`".to_owned(),
            Fault::Slash => {
                let (_, last) = name.rsplit_once(['/', '\\']).unwrap_or_default();
                format!(
                    "for another folder write `contexture new {last} --path {name}`; a workspace's handle belongs into \
                     `name` of the definition"
                )
            }
            Fault::Letters | Fault::Start => format!("`{}` is a valid name", similar(name)),
            Fault::Length => "shorten it; `title` of the definition can say more".to_owned(),
            Fault::Taken | Fault::Reserved => format!("`{name}-integration` is a valid name"),
        }
    }
}

/// A valid name that is like this one.
fn similar(name: &str) -> String {
    let kebab = heck::AsKebabCase(name).to_string();
    let is_letter = |letter: char| letter.is_ascii_lowercase();
    let start = kebab.find(is_letter).unwrap_or(kebab.len());
    match &kebab[start..] {
        similar if fault_of(similar).is_none() => similar.to_owned(),
        _ => "my-integration".to_owned(),
    }
}

impl fmt::Display for InvalidName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (reason, help) = (self.reason(), self.help());
        writeln!(
            formatter,
            "error: `{}` cannot be the name: {reason}",
            self.name
        )?;
        writeln!(formatter, "help: {help}")
    }
}
