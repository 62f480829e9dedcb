//! What tests of an integration need.
//!
//! [`Harness`] runs a whole integration in process: an action, a message or a webhook goes in, and what
//! it answered, what it asked of Botpress and what it logged is read afterwards. [`Botpress`] keeps in
//! memory what the integration stores there. [`context()`] makes the context that a handler takes, for a
//! test of that handler alone.
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
mod identity;
mod log_recorder;
mod recorded_request;
mod test_message;
mod transport;

pub use botpress::{Botpress, Collection};
pub use context::{ContextBuilder, TestContext, context};
pub use harness::{ActionOutput, Harness, Refusal};
pub use log_recorder::{LogRecorder, RecordedLine};
pub use recorded_request::RecordedRequest;
pub use test_message::TestMessage;
pub use transport::RecordingTransport;
