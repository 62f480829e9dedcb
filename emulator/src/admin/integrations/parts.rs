//! The parts of a body that are not kept with the definition: contents, secrets, the address, the visibility.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use serde_json::{Map, Value};

use super::record::{Record, Visibility};
use crate::admin::call::Call;
use crate::admin::effect::Effect;
use crate::wire::failure::{Failure, Result};

/// The largest code in bytes.
const CODE_BYTES: usize = 52_428_800;

/// The longest address in characters.
const URL_LENGTH: usize = 2000;

/// The members of a body that make no definition.
const OTHERS: [&str; 10] = [
    "name",
    "version",
    "dev",
    "url",
    "secrets",
    "code",
    "icon",
    "readme",
    "public",
    "visibility",
];

/// The sections of a body that make the definition.
pub(super) fn definition(body: &Map<String, Value>) -> Map<String, Value> {
    let sections = body.iter();
    let sections = sections.filter(|(name, _)| !OTHERS.contains(&name.as_str()));
    sections
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// The visibility in a body. The older member `public` counts if there is no other one.
pub(super) fn visibility(body: &Map<String, Value>) -> Option<Visibility> {
    let named = body.get("visibility").and_then(Value::as_str);
    let older = || {
        let is_public = body.get("public")?.as_bool()?;
        Some(if is_public {
            Visibility::Public
        } else {
            Visibility::Private
        })
    };
    named.and_then(Visibility::from_name).or_else(older)
}

/// The address in a body: a new one, none any more, or the old one.
pub(super) fn url(body: &Map<String, Value>, old: Option<&str>) -> Result<Option<String>> {
    match body.get("url") {
        None => Ok(old.map(str::to_owned)),
        Some(Value::String(url)) => check_url(url).map(|()| Some(url.clone())),
        Some(_) => Ok(None),
    }
}

fn check_url(url: &str) -> Result<()> {
    let parsed: Option<http::Uri> = url.parse().ok();
    let is_web = parsed.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some()
    });
    match (is_web, url.chars().count()) {
        (false, _) => Err(Failure::invalid(
            "url must be an address, such as https://example.com",
        )),
        (true, length) if length > URL_LENGTH => Err(Failure::invalid(format!(
            "url must be at most {URL_LENGTH} characters long, and is {length}"
        ))),
        _ => Ok(()),
    }
}

/// The secrets after a change: `null` deletes one.
pub(super) fn secrets(body: &Map<String, Value>, old: &Map<String, Value>) -> Map<String, Value> {
    let mut secrets = old.clone();
    let changes = body.get("secrets").and_then(Value::as_object);
    for (name, value) in changes.into_iter().flatten() {
        if value.is_null() {
            secrets.remove(name);
        } else {
            secrets.insert(name.clone(), value.clone());
        }
    }
    secrets
}

/// The contents of a body.
pub(super) struct NewContents {
    code: Option<Bytes>,
    icon: Option<Bytes>,
    readme: Option<Bytes>,
}

impl NewContents {
    /// Reads and checks them.
    pub(super) fn read(body: &Map<String, Value>) -> Result<Self> {
        let icon = decoded(body, "icon")?;
        let is_svg = |icon: &Bytes| str::from_utf8(icon).is_ok_and(|text| text.contains("<svg"));
        if icon.as_ref().is_some_and(|icon| !is_svg(icon)) {
            return Err(Failure::invalid("icon must be an SVG picture in base64"));
        }
        let code = body.get("code").and_then(Value::as_str);
        if let Some(size) = code.map(str::len).filter(|size| *size > CODE_BYTES) {
            let message = format!("code has {size} bytes, and at most {CODE_BYTES} are allowed");
            return Err(Failure::limit(message));
        }
        Ok(Self {
            code: code.map(|code| Bytes::from(code.to_owned())),
            icon,
            readme: decoded(body, "readme")?,
        })
    }

    /// Whether there is an icon, which all versions share.
    pub(super) fn has_icon(&self) -> bool {
        self.icon.is_some()
    }

    /// Stores them, and notes their names. Those that they replace become obsolete.
    pub(super) fn store(self, call: &mut Call<'_>, record: &mut Record) -> Result<()> {
        let Record {
            id,
            code,
            icon,
            readme,
            ..
        } = record;
        for (kind, content, place) in [
            ("code", self.code, code),
            ("icon", self.icon, icon),
            ("readme", self.readme, readme),
        ] {
            let Some(content) = content else { continue };
            let name = content_name(kind, id, call.now);
            call.contents.write(&name, content)?;
            let before = place.replace(name.clone()).filter(|before| *before != name);
            call.effects.extend(before.map(Effect::Obsolete));
        }
        Ok(())
    }
}

/// The name of a content. A change has another one, so that a reader never gets half of each.
pub(in crate::admin) fn content_name(kind: &str, id: &str, now: u64) -> String {
    format!("{kind}_{id}_{now}")
}

fn decoded(body: &Map<String, Value>, member: &str) -> Result<Option<Bytes>> {
    let Some(text) = body.get(member).and_then(Value::as_str) else {
        return Ok(None);
    };
    match BASE64_STANDARD.decode(text) {
        Ok(bytes) => Ok(Some(bytes.into())),
        Err(_) => Err(Failure::invalid(format!("{member} must be base64"))),
    }
}
