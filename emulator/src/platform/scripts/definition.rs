//! All scripts of a definition.

use super::{ScriptEngine, ScriptError};
use crate::definition::Definition;

/// A script that does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScriptProblem {
    /// The JSON pointer of the script in the definition.
    pub pointer: String,
    /// What is wrong with it.
    pub error: ScriptError,
}

impl Definition {
    /// Compiles all scripts, and returns those that do not.
    #[must_use]
    pub fn check_scripts(&self, engine: &dyn ScriptEngine) -> Vec<ScriptProblem> {
        let scripts = scripts_of(self).into_iter();
        let problems = scripts.filter_map(|(pointer, script)| {
            let error = engine.check(script).err()?;
            Some(ScriptProblem { pointer, error })
        });
        problems.collect()
    }
}

/// The scripts of a definition, with their JSON pointers.
#[must_use]
pub fn scripts_of(definition: &Definition) -> Vec<(String, &str)> {
    let configurations = definition.configurations().map(Some).chain([None]);
    let links = configurations.filter_map(|name| {
        let script = definition.configuration(name)?.link_template_script?;
        let configuration = match name {
            Some(name) => format!("configurations/{}", escaped(name)),
            None => "configuration".to_owned(),
        };
        let pointer = format!("/{configuration}/identifier/linkTemplateScript");
        Some((pointer, script))
    });
    let identifier = [
        ("extractScript", definition.extract_script()),
        (
            "fallbackHandlerScript",
            definition.fallback_handler_script(),
        ),
    ];
    let own = identifier
        .into_iter()
        .filter_map(|(name, script)| Some((format!("/identifier/{name}"), script?)));
    links.chain(own).collect()
}

/// Escapes a name for a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// Takes a dot alone.
    #[derive(Debug)]
    struct Dot;

    impl ScriptEngine for Dot {
        fn run(&self, _: &str, input: Value) -> Result<Value, ScriptError> {
            Ok(input)
        }

        fn check(&self, script: &str) -> Result<(), ScriptError> {
            match script {
                "." => Ok(()),
                other => Err(ScriptError::Compile(other.to_owned())),
            }
        }
    }

    #[test]
    fn each_script_is_compiled_and_told_with_its_place() {
        let link = |script: &str| json!({ "identifier": { "linkTemplateScript": script } });
        let definition = Definition::new(json!({
            "configuration": link("."),
            "configurations": { "a/b": link("x"), "none": {} },
            "identifier": { "extractScript": "y", "fallbackHandlerScript": "z" },
        }));
        let problems = definition.check_scripts(&Dot).into_iter();
        let shown: Vec<_> = problems
            .map(|problem| format!("{}: {}", problem.pointer, problem.error))
            .collect();
        assert_eq!(
            shown,
            [
                "/configurations/a~1b/identifier/linkTemplateScript: the script does not compile: x",
                "/identifier/extractScript: the script does not compile: y",
                "/identifier/fallbackHandlerScript: the script does not compile: z",
            ]
        );
        assert_eq!(scripts_of(&definition).len(), 4);
    }
}
