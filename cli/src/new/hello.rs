//! The project of `contexture new NAME`.

use super::project::{Project, ProjectFile};
use super::template::fill;

/// The files: their paths and their templates.
const FILES: [(&str, &str); 11] = [
    ("README.md", include_str!("../../templates/hello/README.md")),
    (
        "definition.yaml",
        include_str!("../../templates/hello/definition.yaml"),
    ),
    ("hub.md", include_str!("../../templates/hello/hub.md")),
    ("icon.svg", include_str!("../../templates/common/icon.svg")),
    (
        "src/main.rs",
        include_str!("../../templates/hello/src/main.rs"),
    ),
    (
        "src/handlers/mod.rs",
        include_str!("../../templates/hello/src/handlers/mod.rs"),
    ),
    (
        "src/handlers/chat.rs",
        include_str!("../../templates/hello/src/handlers/chat.rs"),
    ),
    (
        "src/handlers/greet.rs",
        include_str!("../../templates/hello/src/handlers/greet.rs"),
    ),
    (
        "src/handlers/lifecycle.rs",
        include_str!("../../templates/hello/src/handlers/lifecycle.rs"),
    ),
    (
        "src/handlers/webhook.rs",
        include_str!("../../templates/hello/src/handlers/webhook.rs"),
    ),
    (
        "src/tests.rs",
        include_str!("../../templates/hello/src/tests.rs"),
    ),
];

/// The path of the definition.
pub(super) const DEFINITION: &str = "definition.yaml";

/// The lines of the manifest for the handlers.
pub(super) const DEPENDENCIES: &str = "serde = { version = \"1\", features = [\"derive\"] }\n";

/// All files of the project.
pub(super) fn files(project: &Project<'_>) -> Vec<ProjectFile> {
    let module = contexture_codegen::module_name(project.name.as_str());
    let schema = project.source.schema();
    let values = [
        ("name", project.name.as_str()),
        ("title", &project.title),
        ("module", &module),
        ("schema", &schema),
    ];
    let own = FILES
        .iter()
        .map(|(path, template)| ProjectFile::new(*path, fill(template, &values)));
    project.files().into_iter().chain(own).collect()
}
