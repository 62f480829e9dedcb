//! The Dockerfile fits the manifests and the project.

use super::super::read;
use super::manifests::Manifests;
use super::project;

/// The arguments of an instruction of the last stage.
fn instruction<'a>(dockerfile: &'a str, name: &str) -> &'a str {
    let (_, stage) = dockerfile.rsplit_once("\nFROM ").unwrap();
    let mut lines = stage.lines();
    let found = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    found.unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn the_image_is_what_the_manifests_expect() {
    let folder = project("dockerfile-image");
    let dockerfile = read(&folder, "Dockerfile");
    let manifests = Manifests::of(&folder);
    let security = &manifests.pod()["securityContext"];
    let user = format!("{}:{}", security["runAsUser"], security["runAsGroup"]);
    assert_eq!(instruction(&dockerfile, "USER"), user);
    let port = &manifests.container()["ports"][0]["containerPort"];
    assert_eq!(instruction(&dockerfile, "EXPOSE"), port.to_string());
    let expected = format!(
        "PORT={port} BP_LOG_FORMAT={}",
        manifests.value("BP_LOG_FORMAT")
    );
    assert_eq!(instruction(&dockerfile, "ENV"), expected);
    // Not the form of the shell, which the image has not and which would keep SIGTERM to itself.
    assert_eq!(instruction(&dockerfile, "ENTRYPOINT"), "[\"/program\"]");
    let image = manifests.container()["image"].as_str().unwrap();
    assert!(
        dockerfile.contains(&format!("--tag {image} .\n")),
        "{dockerfile}"
    );
}

#[test]
fn the_image_is_built_from_the_project_by_its_rust_and_without_its_secrets() {
    let folder = project("dockerfile-build");
    let dockerfile = read(&folder, "Dockerfile");
    assert!(
        dockerfile.contains("--locked --package my-shop --bin my-shop "),
        "{dockerfile}"
    );
    let manifest = read(&folder, "Cargo.toml");
    let rust = manifest.split("rust-version = \"").nth(1).unwrap();
    let rust = rust.split('"').next().unwrap();
    assert!(
        dockerfile.contains(&format!("/rust:{rust}-alpine\n")),
        "{dockerfile}"
    );
    let ignored = read(&folder, ".dockerignore");
    for line in read(&folder, ".gitignore").lines() {
        let line = line.trim_start_matches('/');
        let is_ignored = ignored
            .lines()
            .any(|other| other.trim_start_matches("**/") == line);
        assert!(
            line.starts_with('#') || is_ignored,
            "{line} would be part of the build"
        );
    }
}
