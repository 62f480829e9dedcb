//! The rewriting of a pattern, from its start to its end.

use super::class::{Class, class_escape};
use super::reader::{Reader, captures};
use super::units::{is_half, literal, pairs};

/// Any character but the line terminators.
const DOT: &str = r"[^\u000A\u000D\u2028\u2029]";

impl Reader {
    /// Rewrites the whole pattern; `None` if it is none.
    pub(super) fn read(&mut self) -> Option<()> {
        while let Some(next) = self.peek(0) {
            match next {
                '\\' => self.read_escape()?,
                '[' => {
                    let class = self.read_class()?;
                    self.write_class(&class);
                }
                '(' => self.open_group(),
                ')' => {
                    self.closed.extend(self.open.pop()?);
                    self.copy(1);
                }
                '.' => {
                    self.differs = true;
                    self.at += 1;
                    self.written.push_str(DOT);
                }
                '{' if self.is_quantifier() => {
                    let length = self.source[self.at..].iter().position(|next| *next == '}');
                    self.copy(length? + 1);
                }
                // Where they have no meaning, brackets and braces mean themselves.
                '{' | '}' | ']' => {
                    self.differs = true;
                    self.written.push('\\');
                    self.copy(1);
                }
                _ => self.copy(1),
            }
        }
        self.open.is_empty().then_some(())
    }

    fn open_group(&mut self) {
        let is_capture = captures(&self.source[self.at..]);
        let number = is_capture.then(|| self.open_count() + 1);
        self.open.push(number);
        for look in ["(?=", "(?!", "(?<=", "(?<!"] {
            self.looks_around |= self.has(look);
        }
        self.copy(1);
    }

    /// The number of capturing groups so far.
    fn open_count(&self) -> usize {
        self.closed.len() + self.open.iter().flatten().count()
    }

    /// Whether the brace here is one of `{2}`, `{2,}`, `{2,3}`.
    fn is_quantifier(&self) -> bool {
        let rest: String = self.source[self.at + 1..].iter().collect();
        let Some((inside, _)) = rest.split_once('}') else {
            return false;
        };
        let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
        let is_number = |text: &str| text.chars().all(|digit| digit.is_ascii_digit());
        !least.is_empty() && is_number(least) && is_number(most)
    }

    /// Rewrites an escape outside of a class.
    fn read_escape(&mut self) -> Option<()> {
        let next = self.peek(1)?;
        if let Some(ranges) = class_escape(next) {
            self.has_class_escape = true;
            self.at += 2;
            self.written.push_str(&Class::of(ranges).to_string());
            return Some(());
        }
        match next {
            'b' | 'B' => {
                self.differs = true;
                self.at += 2;
                self.written.push_str(boundary(next));
            }
            'p' | 'P' if self.peek(2) == Some('{') => {
                let property = self.read_property()?;
                self.written.push_str(&property);
            }
            'k' if self.peek(2) == Some('<') && self.groups.iter().any(Option::is_some) => {
                let name: String = self.source[self.at + 3..]
                    .iter()
                    .take_while(|next| **next != '>')
                    .collect();
                let group = self
                    .groups
                    .iter()
                    .position(|group| *group == Some(name.clone()))?;
                self.at += 4 + name.chars().count();
                self.differs = true;
                self.write_reference(group + 1);
            }
            '1'..='9'
                if self
                    .group_number()
                    .is_some_and(|(number, _)| number <= self.groups.len()) =>
            {
                let (number, length) = self.group_number()?;
                self.at += 1 + length;
                self.write_reference(number);
            }
            _ => {
                let (unit, _) = self.read_unit()?;
                self.write_unit(unit);
            }
        }
        Some(())
    }

    /// Writes a character, or the two halves of one.
    fn write_unit(&mut self, unit: u32) {
        if is_half(unit) {
            let mut class = Class::of(vec![(unit, unit)]);
            class.differs = true;
            self.write_class(&class);
        } else {
            self.written.push_str(&literal(unit));
        }
    }

    /// Inside of its own group, and before it, a reference matches the empty text.
    fn write_reference(&mut self, group: usize) {
        if self.closed.contains(&group) {
            self.looks_around = true;
            let reference = format!("(?:\\{group})");
            self.written.push_str(&reference);
        } else {
            self.differs = true;
            self.written.push_str("(?:)");
        }
    }

    /// The decimal number behind a backslash, and how many digits it has.
    fn group_number(&self) -> Option<(usize, usize)> {
        let digits: String = self.source[self.at + 1..]
            .iter()
            .take_while(|digit| digit.is_ascii_digit())
            .collect();
        Some((digits.parse().ok()?, digits.len()))
    }

    /// Writes a class. A class of first halves of surrogate pairs is written together with the second halves.
    fn write_class(&mut self, class: &Class) {
        self.differs |= class.differs;
        self.has_class_escape |= class.has_class_escape;
        if let Some(leads) = class.only_leads() {
            let before = self.at;
            if let Some(trails) = self.read_trails() {
                self.differs = true;
                self.written
                    .push_str(&Class::of(pairs(leads, &trails)).to_string());
                return;
            }
            self.at = before;
        }
        self.written.push_str(&class.to_string());
    }

    /// Reads second halves of surrogate pairs, if they follow.
    fn read_trails(&mut self) -> Option<Vec<(u32, u32)>> {
        let class = match self.peek(0)? {
            '[' => self.read_class()?,
            '\\' => Class::of(vec![self.read_unit()?]),
            _ => return None,
        };
        class.only_trails().map(<[_]>::to_vec)
    }
}

/// The boundary of a word of ASCII letters, digits and underscores.
fn boundary(escape: char) -> &'static str {
    if escape == 'b' {
        "(?:(?<=[0-9A-Z_a-z])(?![0-9A-Z_a-z])|(?<![0-9A-Z_a-z])(?=[0-9A-Z_a-z]))"
    } else {
        "(?:(?<=[0-9A-Z_a-z])(?=[0-9A-Z_a-z])|(?<![0-9A-Z_a-z])(?![0-9A-Z_a-z]))"
    }
}
