//! The default transport, over loopback.

use bytes::Bytes;
use contexture::client::{HttpTransport, Transport as _};
use http::Request;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// Reads one request up to its `end`, responds with `answer`, and returns the request.
async fn answer_once(listener: TcpListener, end: &'static str, answer: &'static str) -> String {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut request = Vec::new();
    while !request.ends_with(end.as_bytes()) {
        stream.read_buf(&mut request).await.unwrap();
    }
    stream.write_all(answer.as_bytes()).await.unwrap();
    String::from_utf8(request).unwrap()
}

#[tokio::test]
async fn a_request_is_carried_as_it_is() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "http://{}/v1/a%2Fb?q=%C3%A9",
        listener.local_addr().unwrap()
    );
    let request = Request::delete(url).header("x-bot-id", "b");
    let request = request.body(Bytes::from_static(b"{}")).unwrap();
    let answer = "HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\nx-a: 1\r\n\r\nnope";
    let came = tokio::spawn(answer_once(listener, "{}", answer));

    let response = HttpTransport::new()
        .send(request.map(Into::into))
        .await
        .unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.body()[..]),
        (404, &b"nope"[..])
    );
    assert_eq!(response.headers()["x-a"], "1");
    let came = came.await.unwrap();
    assert!(
        came.starts_with("DELETE /v1/a%2Fb?q=%C3%A9 HTTP/1.1\r\n"),
        "{came}"
    );
    assert!(
        came.contains("x-bot-id: b\r\n") && came.contains("content-length: 2\r\n"),
        "{came}"
    );
}

#[tokio::test]
async fn a_request_without_a_body_has_no_content_length() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let request = Request::get(url).body(Bytes::new()).unwrap();
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
    let came = tokio::spawn(answer_once(listener, "\r\n\r\n", answer));
    HttpTransport::new()
        .send(request.map(Into::into))
        .await
        .unwrap();
    let came = came.await.unwrap();
    assert!(!came.contains("content-length"), "{came}");
}

#[tokio::test]
async fn an_api_that_is_not_there_is_an_error_without_its_address() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/secret-path", listener.local_addr().unwrap());
    drop(listener);
    let request = Request::get(url).body(Bytes::new()).unwrap();
    let error = HttpTransport::new()
        .send(request.map(Into::into))
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "cannot connect to the server");
    assert!(!error.is_timeout());
    assert!(!format!("{error:?}").contains("secret-path"), "{error:?}");
}

#[tokio::test]
async fn a_connection_over_tls_needs_no_default_of_the_process() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    drop(listener);
    let request = Request::get(url).body(Bytes::new()).unwrap();
    // Without certificates on the machine the error is another one.
    // There is no panic in either case.
    assert!(
        HttpTransport::new()
            .send(request.map(Into::into))
            .await
            .is_err()
    );
}
