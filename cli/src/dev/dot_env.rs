//! The file `.env` of a package.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

/// Variables by their names.
pub(super) type Variables = BTreeMap<String, String>;

/// The name of the file.
pub(super) const FILE: &str = ".env";

/// Reads `.env`, if the package has one. An error does not quote the line, which may be a secret.
pub(super) fn read(folder: &Path) -> Result<Variables, String> {
    let file = folder.join(FILE);
    let shown = file.display();
    let variables = match dotenvy::from_path_iter(&file) {
        Ok(variables) => variables,
        Err(dotenvy::Error::Io(error)) if error.kind() == ErrorKind::NotFound => {
            return Ok(Variables::new());
        }
        Err(error) => return Err(format!("error: cannot read {shown}: {error}\n")),
    };
    let mut read = Variables::new();
    for variable in variables {
        let (name, value) = variable.map_err(|error| match error {
            dotenvy::Error::LineParse(_, column) => format!(
                "error: {shown}: a line is not of the form NAME=value, at its sign {column}{}\n\
                 help: put a value with spaces or `#` into quotes\n",
                after(&read)
            ),
            other => format!("error: cannot read {shown}: {other}\n"),
        })?;
        read.insert(name, value);
    }
    Ok(read)
}

fn after(read: &Variables) -> String {
    match read.len() {
        0 => String::new(),
        1 => ", after 1 variable".to_owned(),
        count => format!(", after {count} variables"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn of(text: &str) -> Result<Variables, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), text).unwrap();
        read(folder.path())
    }

    #[test]
    fn variables_are_read_with_quotes_comments_and_export() {
        let read = of("# secrets\nSECRET_KEY=\"a b\"\nexport LOG_LEVEL=debug # all\n").unwrap();
        assert_eq!(read["SECRET_KEY"], "a b");
        assert_eq!(read["LOG_LEVEL"], "debug");
    }

    #[test]
    fn a_line_that_is_none_is_told_without_its_text() {
        let error = of("A=1\nSECRET_KEY=a hunter2\n").unwrap_err();
        assert!(error.contains("after 1 variable"), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }

    #[test]
    fn a_package_needs_no_such_file() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()), Ok(Variables::new()));
    }
}
