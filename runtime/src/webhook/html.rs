//! HTML pages with escaped text.

use std::fmt::{self, Display, Write as _};

use crate::{Error, Result};

/// Trusted HTML markup.
///
/// It is built from string literals (`"<p>"`), rendered [`Template`]s and escaped text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Escapes text for use between tags and in quoted attributes.
    #[must_use]
    pub fn text(text: impl Display) -> Self {
        let mut html = String::new();
        // Writing to a string fails only if the `Display` implementation fails; the output is then
        // incomplete.
        let _ = write!(Escaping(&mut html), "{text}");
        Self(html)
    }

    /// Creates markup from a string without escaping it. It must not contain untrusted data.
    pub fn trusted(markup: impl Into<String>) -> Self {
        Self(markup.into())
    }

    /// Returns the markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&'static str> for Html {
    fn from(markup: &'static str) -> Self {
        Self(markup.to_owned())
    }
}

impl From<Html> for String {
    fn from(html: Html) -> Self {
        html.0
    }
}

impl FromIterator<Html> for Html {
    fn from_iter<I: IntoIterator<Item = Html>>(parts: I) -> Self {
        Self(parts.into_iter().map(|part| part.0).collect())
    }
}

struct Escaping<'a>(&'a mut String);

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                other => self.0.push(other),
            }
        }
        Ok(())
    }
}

/// A page with placeholders in double braces. Text that replaces a placeholder is escaped.
///
/// ```
/// use contexture::webhook::Template;
///
/// const HELLO: Template = Template::new("<p title=\"{{name}}\">Hello {{name}}</p>");
/// let page = HELLO.text("name", "<Ada>").render()?;
/// assert_eq!(page.as_str(), "<p title=\"&lt;Ada&gt;\">Hello &lt;Ada&gt;</p>");
/// # Ok::<(), contexture::Error>(())
/// ```
///
/// Escaping is not sufficient inside scripts and styles, or for URLs, whose scheme may be
/// `javascript:`.
#[derive(Clone, Copy, Debug)]
pub struct Template(&'static str);

/// A template and the values of its placeholders.
#[derive(Clone, Debug)]
#[must_use = "a page does nothing until `render` is called"]
pub struct Page {
    template: Template,
    values: Vec<(&'static str, Html)>,
}

impl Template {
    /// Creates a template from a page with placeholders such as `{{name}}`.
    #[must_use]
    pub const fn new(page: &'static str) -> Self {
        Self(page)
    }

    /// Sets the placeholders of this name to escaped text.
    pub fn text(self, name: &'static str, text: impl Display) -> Page {
        self.html(name, Html::text(text))
    }

    /// Sets the placeholders of this name to markup.
    pub fn html(self, name: &'static str, html: impl Into<Html>) -> Page {
        Page {
            template: self,
            values: vec![(name, html.into())],
        }
    }
}

impl Page {
    /// Sets the placeholders of this name to escaped text.
    pub fn text(self, name: &'static str, text: impl Display) -> Self {
        self.html(name, Html::text(text))
    }

    /// Sets the placeholders of this name to markup.
    pub fn html(mut self, name: &'static str, html: impl Into<Html>) -> Self {
        self.values.push((name, html.into()));
        self
    }

    /// Renders the page.
    ///
    /// # Errors
    ///
    /// Returns an error if a placeholder has no value or is not closed.
    pub fn render(&self) -> Result<Html> {
        let mut page = String::new();
        let mut rest = self.template.0;
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) = after
                .split_once("}}")
                .ok_or_else(|| Error::from("a placeholder of a template is not closed"))?;
            let mut values = self.values.iter();
            let value = values.find(|(known, _)| *known == name.trim());
            let (_, value) = value.ok_or_else(|| {
                Error::from(format!(
                    "a template has no value for the placeholder `{name}`"
                ))
            })?;
            page.push_str(before);
            page.push_str(value.as_str());
            rest = after;
        }
        page.push_str(rest);
        Ok(Html(page))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_looks_like_a_place_stays_a_text() {
        let template = Template::new("{{a}}{{ b }}");
        let page = template.text("a", "{{b}}").text("b", "'\"&<>").render();
        assert_eq!(page.unwrap().as_str(), "{{b}}&#39;&quot;&amp;&lt;&gt;");
    }

    #[test]
    fn markup_is_put_in_as_it_is() {
        let items = ["<1>", "2"].map(|item| Template::new("<li>{{i}}</li>").text("i", item));
        let items: Html = items.iter().map(|item| item.render().unwrap()).collect();
        let page = Template::new("<ul>{{items}}</ul>")
            .html("items", items)
            .render();
        assert_eq!(
            page.unwrap().as_str(),
            "<ul><li>&lt;1&gt;</li><li>2</li></ul>"
        );
    }

    #[test]
    fn a_place_that_is_forgotten_is_an_error() {
        assert!(Template::new("{{a}}").text("b", "").render().is_err());
        assert!(Template::new("{{a").text("a", "").render().is_err());
    }
}
