//! Whole calls: parse, validate and decode the body, run the handler, validate and serialize the response.

use std::rc::Rc;

use bytes::Bytes;

use crate::inputs::{COMMON, DEPTH, Input, list, nested, object};
use crate::service::TestApp;
use crate::{HEADER_LIMIT, Kind};

/// Values for the actions. Each action accepts some of them and rejects the others.
const VALUES: &[Input] = &[
    ("undeclared members", |size| {
        object(size, |index| format!("\"u{index}\":0"))
    }),
    ("undeclared members deep inside", |size| {
        let inner = object(size, |index| format!("\"u{index}\":0"));
        nested(DEPTH, "{\"inner\":", &inner, "}")
    }),
    ("an undeclared member at each depth", |size| {
        let inner = list(size, |index| {
            nested(
                DEPTH - 4,
                &format!("{{\"u{index}\":0,\"inner\":"),
                "{}",
                "}",
            )
        });
        format!("{{\"list\":{inner}}}")
    }),
    ("closed objects", |size| {
        format!(
            "{{\"list\":{}}}",
            list(size, |_| "{\"name\":\"\"}".to_owned())
        )
    }),
    ("closed objects deep inside", |size| {
        let inner = list(size, |_| "{\"name\":\"\"}".to_owned());
        nested(DEPTH, "{\"inner\":", &format!("{{\"list\":{inner}}}"), "}")
    }),
    ("many deep objects", |size| {
        format!(
            "{{\"list\":{}}}",
            list(size, |_| nested(DEPTH - 4, "{\"inner\":", "{}", "}"))
        )
    }),
    ("numbers", |size| {
        format!(
            "{{\"numbers\":{}}}",
            list(size, |index| format!("{index}.0e2"))
        )
    }),
    ("integers", |size| {
        format!("{{\"integers\":{}}}", list(size, |_| "0".to_owned()))
    }),
    ("texts", |size| {
        format!("{{\"texts\":{}}}", list(size, |_| "\"\"".to_owned()))
    }),
    ("a map", |size| {
        format!(
            "{{\"map\":{}}}",
            object(size, |index| format!("\"{}\":\"\"", 9_999_999 - index))
        )
    }),
    ("pairs", |size| {
        format!("{{\"pairs\":{}}}", list(size, |_| "[\"\",0]".to_owned()))
    }),
    ("a list of the wrong type at its end", |size| {
        format!(
            "{{\"integers\":{}}}",
            list(size, |_| "0".to_owned()).replace(']', ",0.5]")
        )
    }),
    ("leaves", |size| {
        format!(
            "{{\"kind\":\"list\",\"items\":{}}}",
            list(size, |_| "{\"kind\":\"leaf\"}".to_owned())
        )
    }),
    ("boxes", |size| {
        let items = list(size, |_| {
            nested(
                DEPTH - 4,
                "{\"kind\":\"box\",\"inner\":",
                "{\"kind\":\"leaf\"}",
                "}",
            )
        });
        format!("{{\"kind\":\"list\",\"items\":{items}}}")
    }),
    (
        "boxes with a wrong end and an undeclared member each",
        |size| {
            let items = list(size, |_| {
                nested(
                    DEPTH - 4,
                    "{\"kind\":\"box\",\"u\":0,\"inner\":",
                    "{\"kind\":0}",
                    "}",
                )
            });
            format!("{{\"kind\":\"list\",\"items\":{items}}}")
        },
    ),
    ("leaves deep inside of boxes", |size| {
        let items = list(size, |_| "{\"kind\":\"leaf\"}".to_owned());
        let inner = format!("{{\"kind\":\"list\",\"items\":{items}}}");
        nested(DEPTH - 4, "{\"kind\":\"box\",\"inner\":", &inner, "}")
    }),
    ("choices", |size| {
        format!("{{\"list\":{}}}", list(size, |_| "{\"y\":0}".to_owned()))
    }),
    ("deep choices", |size| {
        format!(
            "{{\"list\":{}}}",
            list(size, |_| nested(DEPTH - 4, "{\"y\":0,\"a\":", "{}", "}"))
        )
    }),
    ("deep choices of the last alternative", |size| {
        format!(
            "{{\"list\":{}}}",
            list(size, |_| nested(DEPTH - 4, "{\"a\":", "{}", "}"))
        )
    }),
    ("choices deep inside", |size| {
        let inner = list(size, |_| "{\"y\":0}".to_owned());
        nested(
            DEPTH,
            "{\"y\":0,\"a\":",
            &format!("{{\"list\":{inner}}}"),
            "}",
        )
    }),
    ("deep choices with an undeclared member each", |size| {
        format!(
            "{{\"list\":{}}}",
            list(size, |_| nested(
                DEPTH - 4,
                "{\"y\":0,\"u\":0,\"a\":",
                "{}",
                "}"
            ))
        )
    }),
    ("deep choices with a wrong end", |size| {
        format!(
            "{{\"list\":{}}}",
            list(size, |_| nested(DEPTH - 4, "{\"a\":", "0", "}"))
        )
    }),
];

/// An operation, the name of its kind of work, and its body around a value.
type BodyOf = (&'static str, &'static str, fn(&str) -> String);

/// Bodies of calls other than actions.
const BODIES: &[BodyOf] = &[
    ("create_user", "tags of a user", |value| {
        format!("{{\"tags\":{value}}}")
    }),
    ("create_conversation", "tags of a conversation", |value| {
        format!("{{\"channel\":\"channel\",\"tags\":{value}}}")
    }),
    ("message_created", "a message", |value| {
        format!(
            "{{\"type\":\"text\",\"payload\":{value},\"conversation\":{{\"id\":\"c\",\"channel\":\"channel\",\"tags\":{value}}},\
             \"user\":{{\"id\":\"u\",\"tags\":{{}}}},\"message\":{{\"id\":\"m\",\"tags\":{{}}}}}}"
        )
    }),
    ("webhook_received", "headers of a webhook", |value| {
        format!(
            "{{\"req\":{{\"method\":\"POST\",\"path\":\"/\",\"query\":\"\",\"headers\":{value},\"body\":\"\"}}}}"
        )
    }),
    ("webhook_received", "the body of a webhook", |value| {
        let text = serde_json::Value::from(value).to_string();
        format!(
            "{{\"req\":{{\"method\":\"POST\",\"path\":\"/\",\"query\":\"\",\"headers\":{{}},\"body\":{text}}}}}"
        )
    }),
    ("register", "a body of an operation", |value| {
        format!("{{\"webhookUrl\":\"a\",\"more\":{value}}}")
    }),
];

pub(super) fn kinds() -> Vec<Kind> {
    let test_app = Rc::new(TestApp::new());
    let actions = ["any", "choice", "closed", "kinds", "lists", "tagged"];
    let actions = actions.into_iter().map(|action| {
        let body =
            move |value: &str| format!("{{\"type\":\"{action}\",\"input\":{{\"value\":{value}}}}}");
        call(
            &test_app,
            format!("the action {action}"),
            "action_triggered",
            body,
        )
    });
    let others = BODIES
        .iter()
        .map(|(operation, name, body)| call(&test_app, (*name).to_owned(), operation, *body));
    let configurations = [
        ("a configuration", "{\"more\":", "}"),
        ("an undeclared part of a configuration", "{\"less\":", "}"),
    ];
    let configurations =
        configurations.map(|(name, before, after)| configuration(&test_app, name, before, after));
    actions.chain(others).chain(configurations).collect()
}

fn call(
    test_app: &Rc<TestApp>,
    name: String,
    operation: &'static str,
    body: impl Fn(&str) -> String + Copy + 'static,
) -> Kind {
    let inputs = COMMON.iter().chain(VALUES);
    inputs.fold(Kind::new(name), |kind, (name, input)| {
        let test_app = Rc::clone(test_app);
        kind.candidate(
            name,
            Box::new(move |size| {
                let test_app = Rc::clone(&test_app);
                let body = Bytes::from(body(&input(size)));
                Box::new(move || test_app.ask(operation, "{}", body.clone()))
            }),
        )
    })
}

/// Configurations with distinct names, so that none is cached.
fn configuration(
    test_app: &Rc<TestApp>,
    name: &'static str,
    before: &'static str,
    after: &'static str,
) -> Kind {
    let inputs = COMMON.iter().chain(VALUES);
    inputs.fold(
        Kind::new(name).limit(HEADER_LIMIT),
        |kind, (name, input)| {
            let test_app = Rc::clone(test_app);
            kind.candidate(
                name,
                Box::new(move |size| {
                    let test_app = Rc::clone(&test_app);
                    let (value, mut number) = (input(size * 3 / 4), 0);
                    let body =
                        Bytes::from_static(b"{\"type\":\"choice\",\"input\":{\"value\":{}}}");
                    Box::new(move || {
                        number += 1;
                        let text = format!("{before}{value},\"name\":\"{number}\"{after}");
                        test_app.ask("action_triggered", &text, body.clone())
                    })
                }),
            )
        },
    )
}
