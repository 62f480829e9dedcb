//! Chromium for tests of pages: a tab whose requests the test answers, over its debugging protocol.
//!
//! No request leaves the process, so pages have their real HTTPS addresses and the rules of real
//! sites: prefixes of cookies, `SameSite`, content security policies. A tab of
//! [`Tab::on_this_machine`] reaches the servers of this machine instead.
//!
//! | file | subject |
//! |---|---|
//! | `process` | the process and its pipes |
//! | `chromium` | commands to it, and the messages that it sends |
//! | `tab` | what a person does in a tab: open, read, enter, press |
//! | `botpress` | the addresses of Botpress, which lead to an integration |

mod botpress;
mod chromium;
mod process;
mod tab;

pub use self::{
    botpress::{Botpress, WEBHOOK_BASE_URL},
    chromium::{Site, is_available},
    tab::{Screen, Tab},
};
