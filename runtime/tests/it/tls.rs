//! Requests over TLS, directly and through a proxy. The client is a process of its own, since certificates that are
//! trusted and proxies are settings of a process.

use std::{net::SocketAddr, process::Command, sync::Arc};

use contexture::client::{HttpTransport, RequestBody, Transport as _};
use http::{Method, Request};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ServerConfig, pki_types::PrivateKeyDer};
use tempfile::NamedTempFile;
use tokio::{
    io::{
        AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, copy_bidirectional,
    },
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

use crate::process::Process;

/// The variable with the address that the client asks.
const ADDRESS: &str = "ADDRESS_TO_ASK";

/// A server with a certificate for `localhost`.
struct Server {
    address: SocketAddr,
    /// The certificate as PEM.
    certificate: NamedTempFile,
}

impl Server {
    async fn start() -> Self {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let certificate = NamedTempFile::new().unwrap();
        std::fs::write(certificate.path(), cert.pem()).unwrap();
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client that does not trust the certificate goes away.
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    continue;
                };
                let _ = stream.read(&mut [0; 4096]).await;
                let answer = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret";
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            }
        });
        Self {
            address,
            certificate,
        }
    }

    /// Asks as a host, which is this machine, with further variables. Returns the client's last line.
    async fn ask(&self, host: &str, variables: &[(&str, String)]) -> String {
        self.ask_by("tls::client", host, variables).await
    }

    /// Asks by one of the clients.
    async fn ask_by(&self, client: &str, host: &str, variables: &[(&str, String)]) -> String {
        let mut command = client_process(client);
        command
            .env("SSL_CERT_FILE", self.certificate.path())
            .env(ADDRESS, format!("https://{host}:{}/", self.address.port()))
            .envs(variables.iter().cloned());
        line_of(command).await
    }
}

/// A proxy that opens tunnels. Returns its address and, once, the first line of the first request.
async fn start_proxy() -> (SocketAddr, tokio::sync::oneshot::Receiver<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, receiver) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        let (mut first, mut line) = (String::new(), String::new());
        stream.read_line(&mut first).await.unwrap();
        while line != "\r\n" {
            line.clear();
            stream.read_line(&mut line).await.unwrap();
        }
        let target = first.split(' ').nth(1).unwrap_or_default();
        let mut server = TcpStream::connect(target).await.unwrap();
        sender.send(first.trim_end().to_owned()).unwrap();
        let established = "HTTP/1.1 200 Connection established\r\n\r\n";
        stream.write_all(established.as_bytes()).await.unwrap();
        let _ = copy_bidirectional(&mut stream, &mut server).await;
    });
    (address, receiver)
}

/// The client, without the proxies of this process.
fn client_process(client: &str) -> Command {
    let mut command = Process::command(client);
    for variable in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(variable);
        command.env_remove(variable.to_uppercase());
    }
    command
}

async fn line_of(command: Command) -> String {
    let wait = || Process::spawn(command).wait_for_line("client: ");
    let line = tokio::task::spawn_blocking(wait).await.unwrap();
    let (_, line) = line.split_once("client: ").unwrap();
    line.trim_end().to_owned()
}

#[tokio::test]
#[ignore = "a process of the other tests"]
#[expect(clippy::print_stdout, reason = "the other tests read it")]
async fn client() {
    let address = std::env::var(ADDRESS).unwrap();
    let request = Request::builder().method(Method::GET).uri(address);
    let request = request
        .body(RequestBody::from(bytes::Bytes::new()))
        .unwrap();
    match HttpTransport::new().send(request).await {
        Ok(answer) => println!("client: {}", String::from_utf8_lossy(answer.body())),
        Err(error) => println!("client: {}", with_sources(&error)),
    }
}

#[tokio::test]
#[ignore = "a process of the other tests"]
#[expect(clippy::print_stdout, reason = "the other tests read it")]
async fn connection() {
    let address = std::env::var(ADDRESS).unwrap().parse().unwrap();
    let mut stream = match HttpTransport::new().connect(&address).await {
        Ok(stream) => stream,
        Err(error) => return println!("client: {}", with_sources(&error)),
    };
    stream.write_all(b"another protocol").await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    println!("client: {}", answer.lines().last().unwrap());
}

fn with_sources(error: &dyn std::error::Error) -> String {
    let sources = std::iter::successors(Some(error), |error| error.source());
    let texts: Vec<_> = sources.map(ToString::to_string).collect();
    texts.join(": ")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_certificate_is_trusted_is_asked() {
    let server = Server::start().await;
    assert_eq!(server.ask("localhost", &[]).await, "secret");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_for_another_name_is_refused() {
    let server = Server::start().await;
    let refused = server.ask("127.0.0.1", &[]).await;
    assert!(
        refused.contains("certificate not valid for name"),
        "{refused}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_not_trusted_is_refused() {
    let (server, other) = (Server::start().await, Server::start().await);
    let trusted = other.certificate.path().display().to_string();
    let refused = server.ask("localhost", &[("SSL_CERT_FILE", trusted)]).await;
    assert!(refused.contains("invalid peer certificate"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_opens_a_tunnel_and_the_certificate_is_that_of_the_server() {
    let server = Server::start().await;
    let (proxy, tunnel) = start_proxy().await;
    let variables = [("HTTPS_PROXY", format!("http://{proxy}"))];
    assert_eq!(server.ask("localhost", &variables).await, "secret");
    let port = server.address.port();
    assert_eq!(
        tunnel.await.unwrap(),
        format!("CONNECT localhost:{port} HTTP/1.1")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_for_another_protocol_is_as_secure_as_a_request() {
    let (server, other) = (Server::start().await, Server::start().await);
    let ask = |variables| server.ask_by("tls::connection", "localhost", variables);
    assert_eq!(ask(&[]).await, "secret");
    let trusted = other.certificate.path().display().to_string();
    let refused = ask(&[("SSL_CERT_FILE", trusted)]).await;
    assert!(refused.contains("invalid peer certificate"), "{refused}");
    let (proxy, tunnel) = start_proxy().await;
    let variables = [("HTTPS_PROXY", format!("http://{proxy}"))];
    assert_eq!(
        server
            .ask_by("tls::connection", "localhost", &variables)
            .await,
        "secret"
    );
    assert!(tunnel.await.unwrap().starts_with("CONNECT localhost:"));
}
