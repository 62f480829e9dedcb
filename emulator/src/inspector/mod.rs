//! The inspector: pages in a browser that show what happens between Botpress and the integration, and change it.
//!
//! ```text
//! platform, program ─read▶ data ─render▶ markup ─▶ browser
//!        └─notices──▶ /inspector/events ─▶ script: reads the page again, replaces what is live
//! ```
//!
//! The pages work without the script, after a reload. They are for this machine only.
//!
//! | module | pages |
//! |---|---|
//! | `calls` | exchanges as they happen, each of them, and replays |
//! | `instance` | installation, status, configuration |
//! | `actions`, `webhook` | forms that call the integration |
//! | `chat` | conversations with the integration |
//! | `deployed` | the integrations that were deployed, and their instances |
//! | `data` | states, events, users, conversations, files |
//! | `log` | the log lines of the program |

mod actions;
mod ansi;
mod assets;
mod banner;
mod calls;
mod chat;
mod data;
mod deployed;
mod events;
mod failure;
mod form;
mod frame;
mod guard;
mod instance;
mod json;
mod lines;
mod log;
mod named;
mod page;
mod routes;
mod run;
mod sent;
mod state;
mod text;
mod topic;
mod webhook;

pub use self::routes::{all_routes, routes};
