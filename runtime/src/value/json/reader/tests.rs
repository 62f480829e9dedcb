use super::*;
use crate::Number;

fn read(text: &str) -> Option<Value> {
    let text = MarkedText::of(text.as_bytes())?;
    let mut reader = Reader::new(text.all(), &[]);
    let value = reader.value()?;
    reader.end()?;
    Some(value)
}

#[test]
fn a_text_of_the_usual_form_is_read() {
    for text in [
        r#" { "a" : [ 1 , -2.5e3 , true , null ] , "b" : { } } "#,
        r#""\"\\\/\b\f\n\r\t\u00e9 é 💥 \ud83d\ude00\uD83D\uDE00""#,
        &format!("\"{}\\n{}\"", "a".repeat(100), "b".repeat(100)),
        &format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH)),
        "18446744073709551615",
        "-0.0",
        "[-0, 1e5, 0.5e-3, 100000000000000000000000000000.5]",
    ] {
        assert_eq!(read(text), serde_json::from_str(text).ok(), "{text}");
        assert!(read(text).is_some(), "{text}");
    }
}

#[test]
fn what_serde_json_refuses_is_not_read() {
    for text in [
        "",
        "{",
        "[1,]",
        "[,1]",
        "[1 2]",
        r#"{"a":1,}"#,
        r#"{"a"}"#,
        "{1:2}",
        "01",
        "-",
        "1.",
        "+1",
        ".5",
        "1e999",
        "tru",
        "nulll",
        "[1]]",
        "\"a",
        "\"a\u{1}\"",
        &format!("\"{}\u{1f}{}\"", "a".repeat(50), "b".repeat(50)),
        r#""\x""#,
        r#""\u12""#,
        r#""\ud800""#,
        r#""\udc00""#,
        r#""\ud83d\u0041""#,
        r#""\ud83d\ud83d""#,
        r#""\ud83d\n""#,
        r#""\u+123""#,
    ] {
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_string_is_read_with_its_escape_sequences() {
    let long = format!(
        r#""{}\"{}\\{}""#,
        "a".repeat(100),
        "{[]}".repeat(20),
        "b".repeat(100)
    );
    for text in [
        r#""""#,
        r#""plain {}[]|é""#,
        r#""\"\\\/\b\f\n\r\t""#,
        r#""a\"b\\c\/d\be\nf""#,
        r#""\\\"\"\\""#,
        r#""\u0041\u00e9\u20ac\ud83d\ude00\"\u005c\u0022""#,
        &long,
    ] {
        let marked = MarkedText::of(text.as_bytes()).unwrap();
        let mut reader = Reader::new(marked.all(), &[]);
        let expected: String = serde_json::from_str(text).unwrap();
        assert_eq!(reader.string().as_deref(), Some(&*expected), "{text}");
        assert_eq!(reader.end(), Some(()), "{text}");
    }
}

#[test]
fn what_is_read_of_a_changed_text_has_the_value_of_serde_json() {
    let text = r#"{"a\"\\b\n":[1,"{[\u00e9]}\\"],"é\/":{"c":"\\\"","d":[]},"e":"\ud83d\ude00|"}"#;
    let bytes = br#""\{}[],:nu0 "#;
    let mut seed: usize = 1;
    let mut next = |limit: usize| {
        seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
        (seed >> 33) % limit
    };
    for _ in 0..100_000 {
        let mut changed = text.as_bytes().to_vec();
        for _ in 0..=next(2) {
            let place = next(changed.len());
            changed[place] = bytes[next(bytes.len())];
        }
        let Some(marked) = MarkedText::of(&changed) else {
            continue;
        };
        let mut reader = Reader::new(marked.all(), &[]);
        let read = reader.raw().filter(|_| reader.end().is_some());
        let value = serde_json::from_slice::<Value>(&changed);
        assert_eq!(read.is_some(), value.is_ok(), "{:?}", marked.text);
        if value.is_ok() {
            let part = Reader::new(marked.all(), &[]).part();
            assert_eq!(part.map(TextPart::text), read, "{:?}", marked.text);
        }
        let start = next(changed.len());
        if let Some(rest) = marked
            .text
            .get(start..)
            .filter(|rest| rest.starts_with('"'))
        {
            let mut reader = Reader::new(marked.all(), &[]);
            reader.at = start;
            let mut values = serde_json::Deserializer::from_str(rest).into_iter::<String>();
            let string = values.next().and_then(Result::ok);
            assert_eq!(reader.string().as_deref(), string.as_deref(), "{rest:?}");
        }
    }
}

#[test]
fn a_decimal_is_the_nearest_float() {
    for index in 0_u64..20_000 {
        let digits = index.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (index % 60);
        let mut text = format!("{digits:02}");
        text.insert(1 + usize::try_from(index).unwrap() % (text.len() - 1), '.');
        if index % 2 == 1 {
            text.insert(0, '-');
        }
        let marked = MarkedText::of(text.as_bytes()).unwrap();
        let read = Reader::new(marked.all(), &[]).number();
        let expected = serde_json::from_str::<f64>(&text).ok().map(Number::from);
        assert_eq!(read, expected, "{text}");
    }
}

#[test]
fn a_deep_text_is_left_to_another_parser() {
    let deep = format!("{}{}", "[".repeat(DEPTH + 1), "]".repeat(DEPTH + 1));
    assert!(serde_json::from_str::<Value>(&deep).is_ok());
    assert_eq!(read(&deep), None);
}
