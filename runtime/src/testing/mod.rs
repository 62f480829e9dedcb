//! Contexts for unit tests: a handler is called with one, and what it asked of Botpress and logged
//! is read afterwards.
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

mod context;
mod log_recorder;
mod stand_in;
mod transport;

pub use context::{ContextBuilder, TestContext, context};
pub use log_recorder::{LogRecorder, RecordedLine};
pub use transport::{RecordedRequest, RecordingTransport};
