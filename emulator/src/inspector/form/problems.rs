//! What is wrong with the values of a form.

use contexture::Violations;
use maud::{Markup, html};

use crate::inspector::failure::sentence;
use crate::inspector::text::part;

/// What is wrong with the values of a form, by JSON pointers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::inspector) struct Problems(Vec<(String, String)>);

impl Problems {
    pub(in crate::inspector) fn of(violations: &Violations) -> Self {
        let violations = violations.iter();
        let problems = violations
            .map(|violation| (violation.instance_path.clone(), violation.message.clone()));
        Self(problems.collect())
    }

    /// A problem of the whole form.
    pub(in crate::inspector) fn whole(message: &str) -> Self {
        let mut problems = Self::default();
        problems.add("", message);
        problems
    }

    pub(in crate::inspector) fn add(&mut self, pointer: &str, message: &str) {
        self.0.push((pointer.to_owned(), message.to_owned()));
    }

    pub(in crate::inspector) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems of exactly this value.
    pub(super) fn at(&self, pointer: &str) -> Vec<&str> {
        self.messages(|place| place == pointer)
    }

    /// The problems of this value and its parts.
    pub(super) fn within(&self, pointer: &str) -> Vec<&str> {
        self.messages(|place| {
            let rest = place.strip_prefix(pointer);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    fn messages(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<&str> {
        let wanted = self.0.iter().filter(|(place, _)| is_wanted(place));
        wanted.map(|(_, message)| message.as_str()).collect()
    }

    /// Renders all problems above the form, with links to the fields.
    pub(in crate::inspector) fn render(&self) -> Markup {
        html! {
            @if !self.is_empty() {
                div class="banner bad" role="alert" {
                    p { strong { "This cannot be accepted." } }
                    ul {
                        @for (pointer, message) in &self.0 {
                            li {
                                @if !pointer.is_empty() {
                                    a href={ "#" (part(&format!("field{pointer}"))) } { code { (pointer) } } " "
                                }
                                @if pointer.is_empty() { (sentence(message)) } @else { (message) }
                            }
                        }
                    }
                }
            }
        }
    }
}
