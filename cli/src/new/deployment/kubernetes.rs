//! A Dockerfile and the manifests of Kubernetes.

use contexture_codegen::SecretVariable;

use super::Deployed;
use super::object_name::object_name;
use crate::new::project::ProjectFile;
use crate::new::template::fill;

/// The files.
pub(super) fn files(deployed: &Deployed<'_>) -> Vec<ProjectFile> {
    let name = object_name(deployed.package);
    let (image, secrets) = (image(deployed), secrets(&name, deployed.secrets));
    let (context, ignored) = if deployed.path.is_empty() {
        ("this folder", ".dockerignore")
    } else {
        // Only the build's folder may have a `.dockerignore`. BuildKit and buildah take this one for its Dockerfile.
        ("the folder of the workspace", "Dockerfile.dockerignore")
    };
    let values = [
        ("bin", deployed.bin),
        ("context", context),
        ("file_option", &file_option(deployed)),
        ("image", &image),
        ("name", &name),
        ("package", deployed.package),
        ("rust", env!("CARGO_PKG_RUST_VERSION")),
        ("secrets", &secrets),
        ("title", deployed.title),
    ];
    let file = |path, template| ProjectFile::new(path, fill(template, &values));
    vec![
        file(
            "Dockerfile",
            include_str!("../../../templates/kubernetes/Dockerfile"),
        ),
        file(
            ignored,
            include_str!("../../../templates/kubernetes/dockerignore"),
        ),
        file(
            "kubernetes.yaml",
            include_str!("../../../templates/kubernetes/kubernetes.yaml"),
        ),
    ]
}

/// The commands, each with a comment.
pub(super) fn commands(deployed: &Deployed<'_>) -> Vec<[String; 2]> {
    let (name, image) = (object_name(deployed.package), image(deployed));
    let file = file_option(deployed);
    let folder = match deployed.path {
        "" => String::new(),
        path => format!("{path}/"),
    };
    [
        (format!("docker build {file}--tag {image} ."), "the image"),
        (
            format!("kubectl create secret generic {name} --from-env-file=.env"),
            "what only the integration may know",
        ),
        (
            format!("kubectl apply --filename {folder}kubernetes.yaml"),
            "after you have put your image and your host into it",
        ),
    ]
    .map(|(command, comment)| [command, comment.to_owned()])
    .into()
}

fn image(deployed: &Deployed<'_>) -> String {
    let name = object_name(deployed.package);
    format!("registry.example.com/{name}:{}", deployed.version)
}

/// The option that names the Dockerfile, if it is not in the folder of the build.
fn file_option(deployed: &Deployed<'_>) -> String {
    match deployed.path {
        "" => String::new(),
        path => format!("--file {path}/Dockerfile "),
    }
}

/// The variables of the definition's secrets.
fn secrets(name: &str, secrets: &[SecretVariable]) -> String {
    let variable = |secret: &SecretVariable| {
        let variable = &secret.variable;
        let optional = if secret.is_optional {
            ", optional: true"
        } else {
            ""
        };
        format!(
            "            - name: {variable}\n              \
             valueFrom: {{ secretKeyRef: {{ name: {name}, key: {variable}{optional} }} }}\n"
        )
    };
    secrets.iter().map(variable).collect()
}
