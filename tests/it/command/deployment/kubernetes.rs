//! The manifests fit each other, the server, and Kubernetes.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use serde_json::{Value, json};

use super::manifests::Manifests;
use super::{project, project_with_secrets};
use crate::support::{is_ci, repository};

#[test]
fn the_objects_name_and_select_each_other() {
    let manifests = Manifests::of(&project("kubernetes-names"));
    let kinds = [
        "Deployment",
        "HorizontalPodAutoscaler",
        "Ingress",
        "PodDisruptionBudget",
        "Service",
    ];
    assert_eq!(manifests.kinds(), kinds);
    for object in manifests.all() {
        assert_eq!(object["metadata"]["name"], "my-shop", "{object}");
    }
    let deployment = &manifests.object("Deployment")["spec"];
    let labels = &deployment["template"]["metadata"]["labels"];
    assert_eq!(labels, &json!({ "app.kubernetes.io/name": "my-shop" }));
    assert_eq!(&deployment["selector"]["matchLabels"], labels);
    let spread = &manifests.pod()["topologySpreadConstraints"][0];
    assert_eq!(&spread["labelSelector"]["matchLabels"], labels);
    let service = &manifests.object("Service")["spec"];
    assert_eq!(&service["selector"], labels);
    let budget = &manifests.object("PodDisruptionBudget")["spec"];
    assert_eq!(&budget["selector"]["matchLabels"], labels);

    let port = &manifests.container()["ports"][0]["name"];
    assert_eq!(&service["ports"][0]["targetPort"], port);
    let rule = &manifests.object("Ingress")["spec"]["rules"][0];
    let backend = &rule["http"]["paths"][0]["backend"]["service"];
    let target = json!({ "name": "my-shop", "port": { "name": service["ports"][0]["name"] } });
    assert_eq!(backend, &target);

    let scaler = &manifests.object("HorizontalPodAutoscaler")["spec"];
    let target = json!({ "apiVersion": "apps/v1", "kind": "Deployment", "name": "my-shop" });
    assert_eq!(scaler["scaleTargetRef"], target);
    // With a number here, each `apply` would undo the autoscaler.
    assert_eq!(deployment["replicas"], Value::Null);
    assert!(
        scaler["minReplicas"].as_u64() >= Some(2),
        "a drained node would stop all copies"
    );
}

#[test]
fn the_probes_ask_the_paths_of_the_server_on_its_port() {
    let manifests = Manifests::of(&project("kubernetes-probes"));
    let container = manifests.container();
    let port = &container["ports"][0];
    for (probe, path) in [
        ("startupProbe", "/health"),
        ("livenessProbe", "/health"),
        ("readinessProbe", "/ready"),
    ] {
        let expected = json!({ "path": path, "port": port["name"] });
        assert_eq!(container[probe]["httpGet"], expected, "{probe}");
    }
    assert_eq!(manifests.value("PORT"), port["containerPort"].to_string());
}

#[test]
fn the_grace_period_is_the_sum_of_the_times_of_a_shutdown() {
    let manifests = Manifests::of(&project("kubernetes-times"));
    let seconds = |name| manifests.value(name).parse::<u64>().unwrap();
    let delay = seconds("CONTEXTURE_SHUTDOWN_DELAY");
    let sum = delay + seconds("CONTEXTURE_DRAIN_TIMEOUT") + seconds("CONTEXTURE_STOP_TIMEOUT");
    let grace = manifests.pod()["terminationGracePeriodSeconds"]
        .as_u64()
        .unwrap();
    // A server waits one more second for the reader of its log.
    assert!(grace > sum, "{grace} for {sum}");
    // A copy that stops is noticed before it refuses connections.
    let probe = &manifests.container()["readinessProbe"];
    let noticed =
        probe["periodSeconds"].as_u64().unwrap() * probe["failureThreshold"].as_u64().unwrap();
    assert!(noticed < delay, "{noticed} for {delay}");
}

#[test]
fn a_copy_may_do_nothing_but_serve() {
    let manifests = Manifests::of(&project("kubernetes-security"));
    let pod = manifests.pod();
    assert_eq!(pod["automountServiceAccountToken"], false);
    assert_eq!(pod["securityContext"]["runAsNonRoot"], true);
    assert_eq!(
        pod["securityContext"]["seccompProfile"]["type"],
        "RuntimeDefault"
    );
    let expected = json!({
        "allowPrivilegeEscalation": false,
        "readOnlyRootFilesystem": true,
        "capabilities": { "drop": ["ALL"] },
    });
    assert_eq!(manifests.container()["securityContext"], expected);
    let limit = &manifests.container()["resources"]["limits"]["memory"];
    assert!(limit.is_string(), "a copy may use all memory of its node");
}

#[test]
fn the_variables_are_documented_and_secrets_come_from_the_secret() {
    let manifests = Manifests::of(&project_with_secrets("kubernetes-variables"));
    let guide = fs::read_to_string(repository("docs/guide/running.md")).unwrap();
    let readme = fs::read_to_string(repository("README.md")).unwrap();
    let mut keys = BTreeSet::new();
    for variable in manifests.variables() {
        let name = variable["name"].as_str().unwrap();
        let reference = &variable["valueFrom"]["secretKeyRef"];
        if !name.starts_with("SECRET_") {
            let is_documented = [&guide, &readme]
                .iter()
                .any(|text| text.contains(&format!("`{name}`")));
            assert!(is_documented, "no document has {name}");
        }
        if !reference.is_null() {
            assert_eq!(
                (&reference["name"], &reference["key"]),
                (&json!("my-shop"), &json!(name))
            );
            keys.insert((name, reference["optional"] == true));
        }
    }
    let expected = [
        ("BP_API_URL", true),
        ("BP_SIGNING_SECRET", false),
        ("BP_TOKEN", false),
        ("BP_WEBHOOK_URL", true),
        ("REDIS_URL", true),
        ("SECRET_WEBHOOK_SECRET", false),
    ];
    assert_eq!(keys, BTreeSet::from(expected));
}

/// The program `kubernetes-validate` of `PyPI` has the schemas of Kubernetes.
#[test]
#[expect(clippy::print_stderr, reason = "a skipped test reports it")]
fn kubernetes_accepts_the_manifests_strictly() {
    let Some(program) = validator() else {
        assert!(
            !is_ci(),
            "CI has to validate the manifests: pip install kubernetes-validate"
        );
        eprintln!("skipped: kubernetes-validate is not installed");
        return;
    };
    let file = project_with_secrets("kubernetes-valid").join("kubernetes.yaml");
    let validate = || {
        let output = Command::new(&program)
            .arg("--strict")
            .arg(&file)
            .output()
            .unwrap();
        let text =
            String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        (output.status.success(), text.into_owned())
    };
    let (is_valid, said) = validate();
    assert!(is_valid, "{said}");
    // It does judge.
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replace("automountServiceAccountToken", "automountToken"),
    )
    .unwrap();
    let (is_valid, said) = validate();
    assert!(!is_valid, "{said}");
}

/// `kubernetes-validate` in `PATH`, or the program in `CONTEXTURE_KUBERNETES_VALIDATE`.
fn validator() -> Option<PathBuf> {
    if let Some(program) = env::var_os("CONTEXTURE_KUBERNETES_VALIDATE") {
        return Some(program.into());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let mut programs = env::split_paths(&path).map(|folder| folder.join("kubernetes-validate"));
    programs.find(|program| program.is_file())
}
