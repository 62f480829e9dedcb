//! A reference as one page, which needs no other file and no network.

mod changes;
mod contents;
mod fields;
mod items;
mod page;

use super::prose::Prose;
use super::reference::Reference;
use contexture_emulator::markup::{Place, markdown};
use maud::{Markup, PreEscaped};

/// Renders a reference.
pub(super) fn render(reference: &Reference) -> String {
    page::page(reference).into_string()
}

/// A text as paragraphs.
fn block(text: &Prose) -> Markup {
    markdown(text.as_str(), Place::Page(4))
}

/// A name of a definition. Characters that do not show are escaped.
fn name(name: &str) -> Markup {
    inline(&Prose::code(name))
}

/// A text of one paragraph, without its element.
fn inline(text: &Prose) -> Markup {
    let markup = block(text).into_string();
    let inner = markup
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"));
    PreEscaped(
        inner
            .filter(|inner| !inner.contains("<p>"))
            .unwrap_or(&markup)
            .to_owned(),
    )
}
