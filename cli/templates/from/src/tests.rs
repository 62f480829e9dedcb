//! Tests of the integration. `contexture::testing::Harness` calls actions and sends messages, with a Botpress in memory.

{{imports}}use crate::App;
use crate::{{module}}::{self, Secrets};

#[test]
fn the_service_can_start() {
    let service = {{module}}::service(App).secrets(Secrets {{secrets}});
    service.check().unwrap();
}
