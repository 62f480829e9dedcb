//! The stream of a connection, with a timeout for writing responses to the client.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Sleep, sleep},
};

/// A connection whose writes fail if the client does not read within the limit.
///
/// The timer starts when a write blocks, and stops when everything has been written, so a client
/// that reads a byte now and then gains no time. No timer is created if writes do not block.
pub(super) struct WriteTimeout {
    stream: TcpStream,
    /// What has been taken from the stream and is read before it.
    first: Vec<u8>,
    limit: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    backlog: Arc<Backlog>,
}

/// Whether a client has not read a response yet.
#[derive(Default)]
pub(super) struct Backlog {
    is_there: AtomicBool,
    /// Whether it was there since the last question.
    was_there: AtomicBool,
}

impl Backlog {
    fn set(&self, is_there: bool) {
        self.is_there.store(is_there, Ordering::Relaxed);
        self.was_there.store(true, Ordering::Relaxed);
    }

    /// Returns whether there is a backlog, or was one since the last call.
    pub(super) fn lasted(&self) -> bool {
        self.was_there.swap(false, Ordering::Relaxed) || self.is_there.load(Ordering::Relaxed)
    }
}

impl WriteTimeout {
    pub(super) fn new(
        stream: TcpStream,
        first: Vec<u8>,
        limit: Duration,
        backlog: Arc<Backlog>,
    ) -> Self {
        Self {
            stream,
            first,
            limit,
            timer: None,
            backlog,
        }
    }

    /// Starts or polls the timer if a write is pending.
    fn limited<T>(
        &mut self,
        written: Poll<io::Result<T>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            return written;
        }
        self.backlog.set(true);
        let limit = self.limit;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(limit)));
        timer.as_mut().poll(context).map(|()| {
            let problem = "timed out writing the response";
            Err(io::Error::new(io::ErrorKind::TimedOut, problem))
        })
    }
}

impl AsyncRead for WriteTimeout {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.first.is_empty() {
            let length = self.first.len().min(buffer.remaining());
            buffer.put_slice(&self.first[..length]);
            self.first.drain(..length);
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for WriteTimeout {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.limited(written, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.limited(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// hyper flushes after it has written all its data, so the timer is reset here.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.timer.take().is_some() {
            self.backlog.set(false);
        }
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
