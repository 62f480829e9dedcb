//! Uploads: the `upsertFile` call, the content and retries.

use std::io::Cursor;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use contexture::ClientError;
use contexture::client::{FileContent, RequestBody, SendFuture, Transport, TransportError};
use contexture::testing::{ContextBuilder, TestContext};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::json;
use tokio::io::{AsyncRead, ReadBuf};

use super::{asked, context};
use crate::sample::Definition;
use crate::support::configuration;

pub(super) fn upload_context() -> TestContext<Definition> {
    let ctx = context();
    let file = json!({
        "id": "f", "key": "k", "contentType": "text/plain", "uploadUrl": "https://upload.test/up?s=1",
        "accessPolicies": ["public_content", "other"], "status": "upload_pending",
    });
    ctx.transport()
        .answer_to("PUT /v1/files", StatusCode::OK, &json!({ "file": file }));
    ctx
}

pub(super) async fn upload(
    ctx: &TestContext<Definition>,
    content: FileContent,
) -> Result<(), ClientError> {
    let file = ctx.client().files().upload("k", content).send().await?;
    assert_eq!((file.id.as_str(), file.size), ("f", Some(5)));
    Ok(())
}

#[tokio::test]
async fn the_content_goes_to_the_address_that_the_api_names_and_no_token_with_it() {
    let ctx = upload_context();
    upload(&ctx, "hello".into()).await.unwrap();
    assert_eq!(
        asked(&ctx),
        [r#"PUT /v1/files {"key":"k","size":5}"#, "PUT /up?s=1"]
    );
    let sent = &ctx.requests()[1];
    assert_eq!(&sent.bytes[..], b"hello");
    assert_eq!(sent.header("content-type"), Some("text/plain"));
    for header in [
        "authorization",
        "x-bot-id",
        "x-integration-id",
        "x-amz-tagging",
    ] {
        assert_eq!(sent.header(header), None, "{header}");
    }
}

#[tokio::test]
async fn content_comes_from_bytes_a_file_or_a_reader() {
    let path = std::env::temp_dir().join(format!("contexture-upload-{}", std::process::id()));
    std::fs::write(&path, "hello").unwrap();
    let contents = [
        FileContent::from(b"hello".to_vec()),
        FileContent::file(&path),
        FileContent::reader(Cursor::new("hello"), 5),
        FileContent::reader(Cursor::new("hello and more"), 5),
    ];
    for content in contents {
        let ctx = upload_context();
        upload(&ctx, content).await.unwrap();
        assert_eq!(&ctx.requests()[1].bytes[..], b"hello");
    }
    std::fs::remove_file(&path).unwrap();
    let ctx = upload_context();
    let gone = upload(&ctx, FileContent::file(path)).await.unwrap_err();
    assert!(matches!(gone, ClientError::Request(_)), "{gone:?}");
    assert!(ctx.requests().is_empty());
}

#[tokio::test]
async fn a_reader_that_ends_too_early_is_an_error() {
    let ctx = upload_context();
    let short = upload(&ctx, FileContent::reader(Cursor::new("hell"), 5)).await;
    assert!(matches!(short, Err(ClientError::Transport(_))), "{short:?}");
}

#[tokio::test(start_paused = true)]
async fn content_is_sent_again_unless_it_can_be_read_once() {
    let lost = |ctx: &TestContext<Definition>| {
        let file =
            json!({ "file": { "id": "f", "contentType": "a/b", "uploadUrl": "https://u.test/" } });
        ctx.answer(StatusCode::OK, &file);
        ctx.transport().fail(TransportError::new("reset"));
    };
    let ctx = upload_context();
    lost(&ctx);
    upload(&ctx, "hello".into()).await.unwrap();
    assert_eq!(ctx.requests().len(), 3);
    let ctx = upload_context();
    lost(&ctx);
    let once = upload(&ctx, FileContent::reader(Cursor::new("hello"), 5)).await;
    assert!(matches!(once, Err(ClientError::Transport(_))), "{once:?}");
    assert_eq!(ctx.requests().len(), 2);
}

#[tokio::test]
async fn an_upload_that_is_refused_tells_its_status() {
    let ctx = upload_context();
    ctx.transport().answer_to(
        "PUT /up",
        StatusCode::FORBIDDEN,
        &json!("<Error>expired</Error>"),
    );
    let refused = ctx
        .client()
        .files()
        .upload("k", "hello")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        (refused.status(), refused.is_retryable()),
        (Some(403), false)
    );
}

/// Counts the bytes that were read from it.
struct Counted {
    left: usize,
    read: Arc<AtomicUsize>,
}

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let piece = self.left.min(buffer.remaining());
        buffer.initialize_unfilled_to(piece).fill(b'x');
        buffer.advance(piece);
        self.left -= piece;
        self.read.fetch_add(piece, Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }
}

/// Takes the content one frame at a time, and asserts that nothing is read ahead.
#[derive(Debug)]
struct PieceByPiece {
    read: Arc<AtomicUsize>,
}

impl Transport for PieceByPiece {
    fn send(&self, request: Request<RequestBody>) -> SendFuture {
        let read = Arc::clone(&self.read);
        Box::pin(async move {
            let file = r#"{"file":{"id":"f","contentType":"a/b","uploadUrl":"https://u.test/"}}"#;
            let mut body = request.into_body();
            if body.as_bytes().is_none() {
                let mut taken = 0;
                while let Some(frame) = body.frame().await {
                    let piece = frame.unwrap().into_data().unwrap().len();
                    taken += piece;
                    assert!(piece <= 64 * 1024, "{piece}");
                    assert_eq!(read.load(Ordering::Relaxed), taken);
                }
            }
            Ok(Response::new(Bytes::from_static(file.as_bytes())))
        })
    }
}

#[tokio::test]
async fn content_is_read_a_piece_at_a_time() {
    const SIZE: usize = 64 * 1024 * 1024;
    let read = Arc::new(AtomicUsize::new(0));
    let transport = PieceByPiece {
        read: Arc::clone(&read),
    };
    let ctx = ContextBuilder::<Definition>::new(configuration());
    let ctx = ctx.transport(Arc::new(transport)).build();
    let reader = Counted {
        left: SIZE,
        read: Arc::clone(&read),
    };
    let content = FileContent::reader(reader, SIZE as u64);
    ctx.client()
        .files()
        .upload("k", content)
        .send()
        .await
        .unwrap();
    assert_eq!(read.load(Ordering::Relaxed), SIZE);
}
