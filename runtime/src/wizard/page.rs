//! Pages of a wizard.

use super::form::Form;
use super::submission::Invalid;
use crate::webhook::Html;

/// A page: a title, texts, and a form or buttons.
///
/// Titles, texts, labels and values are escaped.
#[derive(Clone, Debug)]
pub struct Page<S> {
    pub(super) title: String,
    pub(super) language: String,
    pub(super) content: Vec<Html>,
    pub(super) form: Option<Form<S>>,
    pub(super) buttons: Vec<Button<S>>,
}

/// A button that leads to another page.
#[derive(Clone, Debug)]
pub struct Button<S> {
    pub(super) label: String,
    pub(super) target: Target<S>,
}

#[derive(Clone, Debug)]
pub(super) enum Target<S> {
    Step(S),
    /// A page elsewhere, which opens in a tab of its own.
    Url(String),
}

impl<S> Page<S> {
    /// Creates a page with a title.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            language: "en".to_owned(),
            content: Vec::new(),
            form: None,
            buttons: Vec::new(),
        }
    }

    /// Sets the language of the page, such as `fr` (default: `en`). Problems that the schema's
    /// validator finds and the words around the fields, such as "(optional)", are in English.
    #[must_use]
    pub fn language(mut self, tag: impl Into<String>) -> Self {
        self.language = tag.into();
        self
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        let text = Html::text(text.into());
        self.html(
            ["<p>".into(), text, "</p>".into()]
                .into_iter()
                .collect::<Html>(),
        )
    }

    /// Adds markup. The page's content security policy forbids scripts, styles and images in it.
    #[must_use]
    pub fn html(mut self, html: impl Into<Html>) -> Self {
        self.content.push(html.into());
        self
    }

    /// Sets the form.
    #[must_use]
    pub fn form(mut self, form: Form<S>) -> Self {
        self.form = Some(form);
        self
    }

    /// Adds a button. The first one of a page without a form is the main one.
    #[must_use]
    pub fn button(mut self, button: Button<S>) -> Self {
        self.buttons.push(button);
        self
    }

    /// Shows the form with the values that were sent, except secrets, and with their problems. A page
    /// without a form stays as it is.
    #[must_use]
    pub fn again(mut self, invalid: Invalid) -> Self {
        if let Some(form) = self.form.as_mut().filter(|_| !invalid.problems.is_empty()) {
            form.invalid = Some(invalid);
        }
        self
    }
}

impl<S> Button<S> {
    /// Leads to a step.
    pub fn step(label: impl Into<String>, step: S) -> Self {
        Self {
            label: label.into(),
            target: Target::Step(step),
        }
    }

    /// Opens a page elsewhere in a new tab. Its address is HTTPS, or HTTP on the local machine.
    pub fn url(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            target: Target::Url(url.into()),
        }
    }
}
