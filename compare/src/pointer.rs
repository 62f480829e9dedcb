//! JSON pointers as texts.

/// The pointer to a member of a value.
pub(crate) fn child(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The names of a pointer.
pub(crate) fn names(pointer: &str) -> impl Iterator<Item = String> + '_ {
    let names = pointer.split('/').skip(1);
    names.map(|name| name.replace("~1", "/").replace("~0", "~"))
}

/// Whether a pattern, in which `*` is any name, stands for a pointer.
pub(crate) fn is_at(pointer: &str, pattern: &str) -> bool {
    let mut wanted = pattern.split('/').filter(|name| !name.is_empty());
    let fits = names(pointer).all(|name| {
        let wanted = wanted.next();
        wanted.is_some_and(|wanted| wanted == "*" || wanted == name)
    });
    fits && wanted.next().is_none()
}
