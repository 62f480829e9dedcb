//! Formatting of macro calls, which prettyplease prints with an argument a line.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Macro;

/// How long a line gets before it is broken at an argument.
const WIDTH: usize = 100;

/// Prints a call on as few lines as it takes.
pub(super) fn print_call(call: &Macro, depth: usize) -> String {
    let indent = "    ".repeat(depth);
    let path = call
        .path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect::<Vec<_>>()
        .join("::");
    let mut text = String::new();
    let mut line = format!("{indent}{path}!(");
    for (index, argument) in arguments(call.tokens.clone()).into_iter().enumerate() {
        let separator = if index == 0 { "" } else { " " };
        if index > 0 && line.len() + argument.len() > WIDTH && !is_text(&argument) {
            text.push_str(&line);
            text.push('\n');
            line = format!("{indent}    {argument}");
        } else {
            line.extend([separator, &argument]);
        }
    }
    text + &line + ");\n"
}

/// A schema stays beside the name of its type.
fn is_text(argument: &str) -> bool {
    argument.starts_with("r#\"") || argument.starts_with("r##")
}

/// The arguments, each with the comma or semicolon after it. A comma between angle brackets is part of a type.
fn arguments(tokens: TokenStream) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let mut previous = None;
    let mut depth = 0;
    for token in tokens {
        let sign = match &token {
            TokenTree::Punct(punct) => punct.as_char(),
            _ => ' ',
        };
        depth += i32::from(sign == '<') - i32::from(sign == '>');
        let is_end = sign == ';' || (sign == ',' && depth == 0);
        if let Some(argument) = arguments.last_mut() {
            push(argument, previous.as_ref(), &token);
        }
        previous = if is_end { None } else { Some(token) };
        if is_end {
            arguments.push(String::new());
        }
    }
    arguments.retain(|argument| !argument.is_empty());
    arguments
}

/// Adds a token, with the space that belongs before it.
fn push(text: &mut String, previous: Option<&TokenTree>, token: &TokenTree) {
    if previous.is_some_and(|previous| needs_space(text, previous, token)) {
        text.push(' ');
    }
    let TokenTree::Group(group) = token else {
        text.push_str(&token.to_string());
        return;
    };
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    };
    text.push_str(open);
    text.push_str(&arguments(group.stream()).join(" "));
    text.push_str(close);
}

/// A type follows its colon after a space; the two colons of a path stand alone.
fn needs_space(text: &str, previous: &TokenTree, token: &TokenTree) -> bool {
    let is_punct = |token: &TokenTree, of: char| matches!(token, TokenTree::Punct(punct) if punct.as_char() == of);
    match (previous, token) {
        // A comma within a type; any other ends an argument.
        (TokenTree::Punct(punct), _) if punct.as_char() == ',' => true,
        (TokenTree::Punct(punct), _) if punct.as_char() == ':' => {
            !text.ends_with("::") && !is_punct(token, ':')
        }
        _ if is_punct(previous, '=') || is_punct(token, '=') => true,
        (TokenTree::Punct(_), _)
        | (_, TokenTree::Punct(_))
        | (TokenTree::Ident(_), TokenTree::Group(_)) => false,
        _ => true,
    }
}
