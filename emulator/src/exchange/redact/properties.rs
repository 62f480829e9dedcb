//! Random secrets, written in random ways.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Secrets;
use super::placeholder::json_escaped;

/// How many secrets are tried.
const CASES: u64 = 500;

/// The characters of secrets. Some are escaped in each way of writing.
const CHARACTERS: [char; 32] = [
    'a', 'b', 'c', 'X', 'Y', 'Z', '0', '7', '9', '-', '_', '.', '~', '!', '*', '(', ')', '\'', '"',
    '\\', '/', '\n', '\t', ' ', '+', '=', '&', '%', '<', 'é', '中', '😀',
];

/// Numbers that are the same in each run.
pub(in crate::exchange) struct Numbers(u64);

impl Numbers {
    pub(in crate::exchange) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end` (`SplitMix64`).
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let below = (mixed ^ (mixed >> 31)) % end as u64;
        usize::try_from(below).unwrap()
    }

    pub(in crate::exchange) fn secret(&mut self) -> String {
        let length = 8 + self.below(40);
        let characters = (0..length).map(|_| CHARACTERS[self.below(CHARACTERS.len())]);
        characters.collect()
    }

    /// A way to write a text, as is seen in requests. JSON comes before the encoding of an address.
    pub(in crate::exchange) fn way(&mut self) -> Vec<Writing> {
        let json = std::iter::repeat_n(Writing::Json, self.below(4));
        let address = [
            vec![],
            vec![Writing::Percent],
            vec![Writing::Form],
            vec![Writing::Form, Writing::Percent],
            vec![Writing::Percent, Writing::Percent],
        ];
        let address = address[self.below(5)].clone();
        json.chain(address).collect()
    }
}

/// A way to write a text. The parts of a text are written one by one.
#[derive(Clone, Copy, Debug)]
pub(in crate::exchange) enum Writing {
    Json,
    Percent,
    Form,
}

impl Writing {
    pub(in crate::exchange) fn write(ways: &[Self], text: &str) -> String {
        ways.iter()
            .fold(text.to_owned(), |text, writing| match writing {
                Self::Json => json_escaped(&text),
                Self::Percent => utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string(),
                Self::Form => form_urlencoded::byte_serialize(text.as_bytes()).collect(),
            })
    }
}

#[test]
fn a_secret_is_replaced_and_nothing_else_however_it_is_written() {
    let mut numbers = Numbers::new(1);
    for _ in 0..CASES {
        let (secret, ways) = (numbers.secret(), numbers.way());
        let secrets = Secrets::new().with("key", &secret);
        let write = |text: &str| Writing::write(&ways, text);
        let (before, after) = (write("[{ \"before\": "), write(" }]"));
        let redacted = secrets.redact(&format!("{before}{}{after}", write(&secret)));
        let middle = redacted
            .strip_prefix(&before)
            .and_then(|rest| rest.strip_suffix(&after));
        let is_placeholder =
            middle.is_some_and(|middle| middle.starts_with("[secret key") && middle.len() < 26);
        assert!(is_placeholder, "{secret:?} {ways:?}: {redacted}");
    }
}

#[test]
fn a_secret_in_base64_is_replaced_wherever_it_stands() {
    let mut numbers = Numbers::new(2);
    for _ in 0..CASES {
        let secret = numbers.secret();
        let secrets = Secrets::new().with("key", &secret);
        let inner = match numbers.below(2) {
            0 => secret.clone(),
            _ => json_escaped(&secret),
        };
        let around = "<user:name>";
        let before = &around[..numbers.below(around.len())];
        let after = &around[..numbers.below(around.len())];
        let text = format!("{before}{inner}{after}");
        let encoded = match numbers.below(3) {
            0 => BASE64_STANDARD.encode(&text),
            1 => BASE64_URL_SAFE_NO_PAD.encode(&text),
            _ => utf8_percent_encode(&BASE64_STANDARD.encode(&text), NON_ALPHANUMERIC).to_string(),
        };
        let redacted = secrets.redact(&encoded);
        let rest = redacted.replace("[secret key|encoded]", "");
        // Characters at the edges contain bits of what stands around, and up to three are the end of a percent-encoding.
        let most = (before.len() + after.len()).div_ceil(3) * 4 + 16;
        assert!(
            redacted.len() > rest.len() && rest.len() <= most,
            "{secret:?}: {redacted}"
        );
    }
}

#[test]
fn a_text_without_the_secret_stays_as_it_is() {
    let mut numbers = Numbers::new(3);
    for _ in 0..CASES {
        let secrets = Secrets::new().with("key", numbers.secret());
        let ways = numbers.way();
        let other = Writing::write(&ways, &numbers.secret());
        assert_eq!(secrets.redact(&other), other);
    }
}

#[test]
fn what_is_replaced_is_restored_or_told() {
    let mut numbers = Numbers::new(4);
    let mut restored = 0;
    for _ in 0..CASES {
        let (secret, ways) = (numbers.secret(), numbers.way());
        let secrets = Secrets::new().with("key", &secret);
        let text = Writing::write(&ways, &format!("<{secret}>"));
        match secrets.restore(secrets.redact(&text).as_bytes()) {
            Ok(again) => {
                assert_eq!(again, text.into_bytes(), "{ways:?}");
                restored += 1;
            }
            Err(missing) => assert_eq!(missing, ["key|encoded"]),
        }
    }
    assert!(restored > CASES / 5, "{restored}");
}
