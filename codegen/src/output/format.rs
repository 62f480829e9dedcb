//! Formatting: prettyplease item by item, with a blank line where a reader wants one.
//!
//! prettyplease puts no blank line between items. An item is therefore printed alone, inside empty modules that
//! give it the indentation and the width of its place, and the lines of those modules are taken away again.

use super::call::print_call;
use syn::token::Brace;
use syn::{File, ImplItem, Item, ItemImpl, ItemMod, ItemTrait, TraitItem, parse_quote};

/// Prints a module and its items.
pub(super) fn unparse(module: ItemMod) -> String {
    print_item(Item::Mod(module), 0)
}

fn print_item(item: Item, depth: usize) -> String {
    match item {
        Item::Mod(ItemMod {
            content: Some((brace, items)),
            attrs,
            vis,
            unsafety,
            ident,
            mod_token,
            semi,
        }) => {
            let shell = ItemMod {
                content: Some((brace, Vec::new())),
                attrs,
                vis,
                unsafety,
                ident,
                mod_token,
                semi,
            };
            let items: Vec<_> = items
                .into_iter()
                .map(|item| print_item(item, depth + 1))
                .collect();
            within(&print_alone(Item::Mod(shell), depth), &items, depth)
        }
        Item::Impl(mut item) => {
            let items = std::mem::take(&mut item.items).into_iter();
            let items: Vec<_> = items.map(|inner| print_impl_item(inner, depth)).collect();
            within(&print_alone(Item::Impl(item), depth), &items, depth)
        }
        Item::Trait(mut item) => {
            let items = std::mem::take(&mut item.items).into_iter();
            let items: Vec<_> = items.map(|inner| print_trait_item(inner, depth)).collect();
            within(&print_alone(Item::Trait(item), depth), &items, depth)
        }
        Item::Macro(item) => print_call(&item.mac, depth),
        item => print_alone(item, depth),
    }
}

/// Prints an item as it is, at the indentation of its depth.
fn print_alone(item: Item, depth: usize) -> String {
    let item = (0..depth).fold(item, |item, _| shell(item));
    let file = File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    };
    without_shells(&prettyplease::unparse(&file), depth)
}

/// A module around an item, made without a parser, which would read the item again.
fn shell(item: Item) -> Item {
    let mut shell: ItemMod = parse_quote!(
        mod shell {}
    );
    shell.content = Some((Brace::default(), vec![item]));
    Item::Mod(shell)
}

fn print_impl_item(inner: ImplItem, depth: usize) -> String {
    if let ImplItem::Macro(item) = &inner {
        return print_call(&item.mac, depth + 1);
    }
    let mut carrier: ItemImpl = parse_quote!(impl Shell {});
    carrier.items.push(inner);
    without_shells(&print_alone(Item::Impl(carrier), depth), 1)
}

fn print_trait_item(inner: TraitItem, depth: usize) -> String {
    let mut carrier: ItemTrait = parse_quote!(
        trait Shell {}
    );
    carrier.items.push(inner);
    without_shells(&print_alone(Item::Trait(carrier), depth), 1)
}

/// Removes the first and last lines, which belong to the shells.
fn without_shells(text: &str, depth: usize) -> String {
    let lines: Vec<_> = text.lines().collect();
    let inner = &lines[depth..lines.len() - depth];
    inner.iter().flat_map(|line| [line, "\n"]).collect()
}

/// Puts printed items between the braces of a printed shell.
fn within(shell: &str, items: &[String], depth: usize) -> String {
    if items.is_empty() {
        return shell.to_owned();
    }
    let open = shell
        .trim_end()
        .strip_suffix("{}")
        .expect("prettyplease prints an empty block as `{}`");
    let mut text = format!("{open}{{\n");
    let mut previous: Option<&String> = None;
    for item in items {
        if previous.is_some_and(|previous| !(is_line(previous) && is_line(item))) {
            text.push('\n');
        }
        text.push_str(item);
        previous = Some(item);
    }
    text.push_str(&"    ".repeat(depth));
    text.push_str("}\n");
    text
}

/// Items of one line each stand together.
fn is_line(item: &str) -> bool {
    item.lines().count() == 1
}
