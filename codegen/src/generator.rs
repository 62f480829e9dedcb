//! The pipeline, with its settings.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use crate::deep_stack::on_deep_stack;
use crate::definition::{self, DefinitionSet, Loaded, LoadedDefinition, Remote, Settings};
use crate::described::Described;
use crate::diagnostic::Diagnostics;
use crate::handlers::Handlers;
use crate::model::Model;
use crate::output::GeneratedFile;
use crate::publication::{Publication, publish};
use crate::report::Report;
use crate::system::{OsSystem, System};
use crate::{check, emit, handlers, lower, older, output, report};

/// The generated file of a definition, with warnings.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Generated {
    /// The generated file.
    pub file: GeneratedFile,
    /// The warnings.
    pub warnings: Diagnostics,
    /// Every file that was read, the definition first.
    pub read: Vec<PathBuf>,
}

/// Generates the code of a definition, without writing it.
///
/// # Errors
///
/// Returns every refusal and warning if the definition is refused.
pub fn generate(path: impl AsRef<Path>) -> Result<Generated, Diagnostics> {
    Generator::new(path).generate()
}

/// Gives all diagnostics about a definition, including those of the official linter, as warnings.
///
/// The linter checks texts for users, such as titles and descriptions. Code can be generated without them,
/// so [`generate`] does not run the linter.
#[must_use]
pub fn lint(path: impl AsRef<Path>) -> Diagnostics {
    Generator::new(path).lint()
}

/// The name of the module that is generated from the definition of the integration with this name: `my_shop` for `my-shop`.
#[must_use]
pub fn module_name(integration: &str) -> String {
    lower::module_name(integration)
}

/// Generates the code of a definition, with settings.
#[derive(Clone, Debug)]
pub struct Generator {
    system: Arc<dyn System>,
    path: PathBuf,
    settings: Settings,
    scripts: Option<ScriptCompiler>,
}

/// Compiles a script, or says what is wrong with it.
#[derive(Clone)]
struct ScriptCompiler(Arc<Compile>);

type Compile = dyn Fn(&str) -> Result<(), String> + Send + Sync;

impl fmt::Debug for ScriptCompiler {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ScriptCompiler")
    }
}

/// The result of a run.
pub(crate) struct Outcome {
    pub(crate) generated: Option<GeneratedFile>,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) read: Vec<PathBuf>,
}

/// A definition as far as it could be lowered, with all diagnostics.
struct Inspected {
    found: Option<(LoadedDefinition, Model)>,
    diagnostics: Diagnostics,
    read: Vec<PathBuf>,
}

impl Generator {
    /// Generates from the definition at a path.
    pub fn new(path: impl AsRef<Path>) -> Self {
        Self::with_system(path, Arc::new(OsSystem))
    }

    /// Generates from the definition at a path of another system.
    pub(crate) fn with_system(path: impl AsRef<Path>, system: Arc<dyn System>) -> Self {
        Self {
            system,
            path: path.as_ref().to_owned(),
            settings: Settings::default(),
            scripts: None,
        }
    }

    /// Sets the root folder: no file outside of it is read. The default is the definition's own folder.
    #[must_use]
    pub fn root(mut self, folder: impl AsRef<Path>) -> Self {
        self.settings.root = Some(folder.as_ref().to_owned());
        self
    }

    /// Maps an address of the network to a folder: `a/b.json` in the folder is
    /// `https://schemas.example.com/a/b.json`, if the address is `https://schemas.example.com/`.
    ///
    /// Nothing is ever fetched; a reference to an address without a folder is refused.
    #[must_use]
    pub fn remote(mut self, address: impl Into<String>, folder: impl AsRef<Path>) -> Self {
        self.settings.remotes.push(Remote {
            address: address.into(),
            folder: folder.as_ref().to_owned(),
        });
        self
    }

    /// Sets how scripts in VRL are compiled: `compile` returns what is wrong with one. The default is not to compile them.
    #[must_use]
    pub fn compile_scripts(
        mut self,
        compile: impl Fn(&str) -> Result<(), String> + Send + Sync + 'static,
    ) -> Self {
        self.scripts = Some(ScriptCompiler(Arc::new(compile)));
        self
    }

    /// Generates the code, without writing it.
    ///
    /// # Errors
    ///
    /// Returns every refusal and warning if the definition is refused.
    pub fn generate(&self) -> Result<Generated, Diagnostics> {
        let Outcome {
            generated,
            diagnostics,
            read,
        } = self.run();
        match generated {
            Some(file) => Ok(Generated {
                file,
                warnings: diagnostics,
                read,
            }),
            None => Err(diagnostics),
        }
    }

    /// Gives all diagnostics, including those of the official linter; see [`lint`].
    #[must_use]
    pub fn lint(&self) -> Diagnostics {
        self.inspect(|inspected| {
            let mut diagnostics = inspected.diagnostics;
            if let Some((definition, _)) = inspected.found {
                diagnostics.extend(check::lint(&DefinitionSet::new(&definition)));
                diagnostics.sort();
            }
            diagnostics
        })
    }

    /// Gives the handlers that the definition asks for.
    ///
    /// # Errors
    ///
    /// Returns every refusal and warning if the definition is refused.
    pub fn handlers(&self) -> Result<Handlers, Diagnostics> {
        self.inspect(|inspected| {
            let is_refused = inspected.diagnostics.has_errors();
            match inspected.found.filter(|_| !is_refused) {
                Some((definition, model)) => Ok(handlers::handlers(
                    &model,
                    definition.stem(),
                    inspected.read,
                )),
                None => Err(inspected.diagnostics),
            }
        })
    }

    /// Gives the definition as Botpress takes it.
    ///
    /// # Errors
    ///
    /// Returns every refusal and warning if the definition is refused.
    pub fn publication(&self) -> Result<Publication, Diagnostics> {
        self.inspect(|inspected| {
            let is_refused = inspected.diagnostics.has_errors();
            let Some((loaded, _)) = inspected.found.filter(|_| !is_refused) else {
                return Err(inspected.diagnostics);
            };
            let (definition, with_references) = publish(&DefinitionSet::new(&loaded));
            Ok(Publication {
                definition,
                with_references,
                warnings: inspected.diagnostics,
                read: inspected.read,
            })
        })
    }

    /// Gives every file that the definition is read from, the definition first. Files that are missing are among them.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        let load = || definition::load(self.system(), &self.path, &self.settings);
        on_deep_stack(load).read
    }

    /// Reports on the schemas, unless the definition is refused. Not for authors.
    #[doc(hidden)]
    #[must_use]
    pub fn report(&self) -> Option<Report> {
        self.inspect(|inspected| {
            let is_refused = inspected.diagnostics.has_errors();
            let (definition, model) = inspected.found.filter(|_| !is_refused)?;
            let set = DefinitionSet::new(&definition);
            Some(report::report(&set, &model, lower::untyped(&set)))
        })
    }

    /// The definition as Botpress would get it, with all items of its interfaces, and with the schemas that it shares. Not
    /// for authors.
    ///
    /// # Errors
    ///
    /// Returns every refusal and warning about the files, if there is one.
    #[doc(hidden)]
    pub fn published(&self) -> Result<Value, Diagnostics> {
        let load = || definition::load(self.system(), &self.path, &self.settings);
        let loaded = on_deep_stack(load);
        match loaded.definition {
            Some(definition) if loaded.diagnostics.is_empty() => {
                Ok(definition.published_with_shared())
            }
            _ => Err(loaded.diagnostics),
        }
    }

    /// Describes the definition, to compare it with another one. Not for authors.
    ///
    /// # Errors
    ///
    /// Returns every refusal and warning if the definition is refused.
    #[doc(hidden)]
    pub fn describe(&self) -> Result<Described, Diagnostics> {
        self.inspect(|inspected| {
            let is_refused = inspected.diagnostics.has_errors();
            match inspected.found.filter(|_| !is_refused) {
                Some((definition, model)) => {
                    let older = self.describe_older(&definition);
                    Ok(Described::new(definition, &model, older))
                }
                None => Err(inspected.diagnostics),
            }
        })
    }

    /// Describes the older versions that a definition without errors names.
    fn describe_older(&self, definition: &LoadedDefinition) -> Vec<Described> {
        let versions = older::load_stored(self.system(), &self.settings, definition);
        versions
            .map(|(loaded, model)| Described::new(loaded, &model, Vec::new()))
            .collect()
    }

    /// The files and the environment that the generator works with.
    pub(crate) fn system(&self) -> &dyn System {
        self.system.as_ref()
    }

    /// The pipeline.
    pub(crate) fn run(&self) -> Outcome {
        self.inspect(|inspected| {
            let is_refused = inspected.diagnostics.has_errors();
            let found = inspected.found.filter(|_| !is_refused);
            Outcome {
                generated: found.map(|(definition, model)| {
                    output::format(emit::emit(&model), definition.stem())
                }),
                diagnostics: inspected.diagnostics,
                read: inspected.read,
            }
        })
    }

    /// Runs the phases that find mistakes, and continues with the result, on a stack for deep definitions.
    fn inspect<T: Send>(&self, go_on: impl Fn(Inspected) -> T + Send + Sync) -> T {
        on_deep_stack(|| go_on(self.find_mistakes()))
    }

    /// A refused definition goes through all phases as well, as far as it could be read, so that all of its
    /// mistakes are found at once.
    fn find_mistakes(&self) -> Inspected {
        let Loaded {
            definition,
            mut diagnostics,
            mut read,
        } = definition::load(self.system(), &self.path, &self.settings);
        let found = definition.map(|definition| {
            let set = DefinitionSet::new(&definition);
            let (mut model, findings) = lower::lower(&set, diagnostics.has_errors());
            diagnostics.extend(findings);
            let older = older::find(self.system(), &self.settings, &set, &model);
            diagnostics.extend(older.findings);
            model.older = older.versions;
            read.extend(older.read);
            diagnostics.extend(check::check(&set, &model));
            diagnostics.extend(check::check_definition(&set));
            if let Some(ScriptCompiler(compile)) = &self.scripts {
                diagnostics.extend(check::check_scripts(&set, compile.as_ref()));
            }
            diagnostics.sort();
            for errors in older.errors {
                diagnostics.append(errors);
            }
            (definition, model)
        });
        Inspected {
            found,
            diagnostics,
            read,
        }
    }
}
