//! The variables of an integration that runs elsewhere, as an `.env` file and as a Secret of Kubernetes.

use contexture::Secret;

/// A variable of the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) value: Secret,
}

impl Variable {
    pub(super) fn new(name: impl Into<String>, value: impl Into<Secret>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
        }
    }
}

/// Sets variables in the text of an `.env` file. Other lines stay as they are.
pub(super) fn merge(text: &str, variables: &[Variable]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for variable in variables {
        let line = format!("{}={}", variable.name, quoted(variable.value.expose()));
        let mut earlier = lines
            .iter_mut()
            .filter(|line| name_of(line) == Some(&variable.name));
        match earlier.next_back() {
            // The last one counts.
            Some(earlier) => *earlier = line,
            None => lines.push(line),
        }
    }
    lines.join("\n") + "\n"
}

/// The name of the variable that a line sets.
fn name_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (name, _) = line.split_once('=')?;
    Some(name.trim()).filter(|name| !name.starts_with('#'))
}

/// A value as all readers of such files take it. Docker takes quotes literally, so there are none without need.
fn quoted(value: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || "_-./:+=@,%~".contains(sign);
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.to_owned();
    }
    if !value.contains(['\'', '\\', '\n', '\r']) {
        return format!("'{value}'");
    }
    let mut quoted = "\"".to_owned();
    for sign in value.chars() {
        match sign {
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '"' | '\\' | '$' => quoted.extend(['\\', sign]),
            sign => quoted.push(sign),
        }
    }
    quoted + "\""
}

/// The manifest of a Secret of Kubernetes.
pub(super) fn kubernetes_secret(integration: &str, variables: &[Variable]) -> String {
    let name = serde_json::Value::from(secret_name(integration));
    let mut text = format!(
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {name}\ntype: Opaque\nstringData:\n"
    );
    for variable in variables {
        // A JSON string is a YAML scalar.
        let value = serde_json::Value::from(variable.value.expose().as_str());
        text.extend(["  ", &variable.name, ": ", &value.to_string(), "\n"]);
    }
    text
}

/// The name of the Secret: small letters, digits and hyphens.
fn secret_name(integration: &str) -> String {
    let signs = integration.to_ascii_lowercase();
    let signs = signs.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-");
    let name = format!("{}-botpress", signs.trim_matches('-'));
    name.chars().take(63).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_set_in_place_and_other_lines_stay() {
        let text = "# mine\nexport BP_TOKEN=old\nOTHER=1\n#BP_SIGNING_SECRET=\n";
        let variables = [
            Variable::new("BP_TOKEN", "bp_iak_1"),
            Variable::new("BP_SIGNING_SECRET", "s"),
        ];
        let merged = merge(text, &variables);
        let expected =
            "# mine\nBP_TOKEN=bp_iak_1\nOTHER=1\n#BP_SIGNING_SECRET=\nBP_SIGNING_SECRET=s\n";
        assert_eq!(merged, expected);
        assert_eq!(merge(&merged, &variables), merged);
        assert_eq!(merge("", &variables[1..]), "BP_SIGNING_SECRET=s\n");
    }

    #[test]
    fn a_value_comes_back_as_it_was() {
        for value in [
            "a",
            "a b",
            "it's",
            "a\nb",
            "\"$x\\",
            "",
            "#a",
            "a'b\n$c \\ \"d\"",
            "{\"a\":1}",
        ] {
            let text = merge("", &[Variable::new("SECRET_A", value)]);
            let read = dotenvy::from_read_iter(text.as_bytes());
            let read: Vec<_> = read.collect::<Result<_, _>>().expect(&text);
            assert_eq!(read, [("SECRET_A".to_owned(), value.to_owned())], "{text}");
        }
    }

    #[test]
    fn a_manifest_has_the_values_as_strings() {
        let variables = [
            Variable::new("BP_TOKEN", "yes"),
            Variable::new("SECRET_A", "a: \"b\"\n"),
        ];
        assert_eq!(
            kubernetes_secret("Acme/my_shop", &variables),
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: \"acme-my-shop-botpress\"\ntype: Opaque\nstringData:\n  \
             BP_TOKEN: \"yes\"\n  SECRET_A: \"a: \\\"b\\\"\\n\"\n"
        );
    }
}
