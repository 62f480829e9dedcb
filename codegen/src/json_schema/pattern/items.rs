//! The items of a class.

use super::class::{Class, Item, class_escape};
use super::reader::Reader;
use super::units::is_half;

impl Reader {
    /// Reads a class, from its bracket to the other one.
    pub(super) fn read_class(&mut self) -> Option<Class> {
        let mut class = Class::of(Vec::new());
        self.at += 1;
        if self.peek(0) == Some('^') {
            class.is_negated = true;
            self.at += 1;
        }
        while self.peek(0)? != ']' {
            let first = self.read_item(&mut class)?;
            if self.peek(0) != Some('-') || self.peek(1) == Some(']') {
                class.add(first);
                continue;
            }
            self.at += 1;
            match (first, self.read_item(&mut class)?) {
                (Item::One(first), Item::One(last)) => {
                    class.differs |= is_half(first) || is_half(last);
                    class.add(Item::Several(vec![
                        (first <= last).then_some((first, last))?,
                    ]));
                }
                // Beside a class, the hyphen means itself.
                (first, last) => {
                    class.differs = true;
                    class.add(first);
                    class.add(Item::One(u32::from('-')));
                    class.add(last);
                }
            }
        }
        self.at += 1;
        class.differs |= class.ranges.is_empty() && class.properties.is_empty();
        class.differs |= class.ranges.iter().any(|(first, _)| is_half(*first));
        Some(class)
    }

    fn read_item(&mut self, class: &mut Class) -> Option<Item> {
        let next = self.peek(0)?;
        if next != '\\' {
            self.at += 1;
            return Some(Item::One(u32::from(next)));
        }
        let escaped = self.peek(1)?;
        if let Some(ranges) = class_escape(escaped) {
            class.has_class_escape = true;
            self.at += 2;
            return Some(Item::Several(ranges));
        }
        Some(match escaped {
            'b' => {
                class.differs = true;
                self.at += 2;
                Item::One(0x08)
            }
            'p' | 'P' if self.peek(2) == Some('{') => Item::Property(self.read_property()?),
            _ => {
                let (unit, _) = self.read_unit()?;
                match self.read_pair(unit) {
                    Some(character) => {
                        class.differs = true;
                        Item::One(character)
                    }
                    None => Item::One(unit),
                }
            }
        })
    }
}
