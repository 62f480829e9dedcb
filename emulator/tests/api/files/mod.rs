//! Files.

mod contents;
mod copies;
mod described;
mod indexed;

use bytes::Bytes;
use http::{Request, Response};
use serde_json::Value;

use crate::bench::Bench;

pub(crate) const PATH: &str = "/v1/files";

pub(crate) fn upsert(bench: &Bench, body: &Value) -> Value {
    bench.put(PATH, body).field("file")
}

/// The path of an address of the emulator.
pub(crate) fn path_of(address: &Value) -> &str {
    let address = address.as_str().unwrap();
    address.strip_prefix("http://localhost:1").unwrap()
}

pub(crate) fn upload(bench: &Bench, file: &Value, content: &str) -> Response<Bytes> {
    let request = Request::put(path_of(&file["uploadUrl"])).body(Bytes::from(content.to_owned()));
    bench.send_raw(&request.unwrap())
}

pub(crate) fn download(bench: &Bench, file: &Value) -> Response<Bytes> {
    let request = Request::get(path_of(&file["url"])).body(Bytes::new());
    bench.send_raw(&request.unwrap())
}

pub(crate) fn get(bench: &Bench, file: &Value) -> Value {
    let id = file["id"].as_str().unwrap();
    bench.get(&format!("{PATH}/{id}")).field("file")
}
