//! Tools for testing integrations.
//!
//! [`Harness`] runs a whole integration in process. A test calls an action, sends a message or a
//! webhook request, and then inspects the response, the API requests and the log. [`Botpress`]
//! stores the integration's data in memory. [`context()`] creates a context to test a single
//! handler.
//!
//! ```
//! # use contexture::{Definition, client::UserId, testing};
//! # async fn example<D: Definition>(configuration: D::Configuration) {
//! let ctx = testing::context::<D>(configuration);
//! ctx.logger().for_bot().info("hello");
//! let _ = ctx.client().users().get(UserId::new("user-1")).await;
//!
//! assert_eq!(ctx.log().lines()[0].text, "hello");
//! assert_eq!(ctx.requests()[0].to_string(), "GET /v1/chat/users/user-1");
//! # }
//! ```

mod botpress;
mod context;
mod harness;
mod http_rules;
mod identity;
mod log_recorder;
mod recorded_request;
mod refusal;
mod store;
mod test_message;
mod transport;
mod typed_calls;
#[cfg(feature = "wizard")]
mod visitor;

pub use botpress::{Botpress, Collection};
pub use context::{ContextBuilder, TestContext, context};
pub use harness::{ActionOutput, Harness};
pub use http_rules::HttpRules;
pub use log_recorder::{LogRecorder, RecordedLine};
pub use recorded_request::RecordedRequest;
pub use refusal::Refusal;
pub use store::{check_store, check_store_is_exact};
pub use test_message::TestMessage;
pub use transport::RecordingTransport;
pub use typed_calls::TypedCalls;
#[cfg(feature = "wizard")]
pub use visitor::Visitor;
