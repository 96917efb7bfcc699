//! The accept loop: every connection has deadlines, and there is a limit to their number.
//!
//! hyper alone waits for ever for a client that connects and says nothing, or says one letter a minute.
//! Here a silent or trickling connection is closed: it has to bring its first byte, its header and its
//! body in time.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use anyhow::{Result, anyhow};
use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use kernel::App;
use kernel::web::Peer;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Sleep, sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// Until a TLS handshake is done.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Until a request's header is complete, counted from the end of the last answer.
const HEADER: Duration = Duration::from_secs(15);
/// Between two bytes of a connection, either way.
const SILENCE: Duration = Duration::from_secs(20);
/// Connections at once on a listener, if the system lets the process open so many files.
const CONNECTIONS_MAX: usize = 4_096;
/// Files that are kept for the databases: without one of them a request fails.
const FILES_RESERVED: u64 = 384;
/// Bytes of a request's header.
const HEADER_BYTES_MAX: usize = 32 * 1024;

/// Asks the system for as many open files as it allows, and says how many connections that leaves for each of
/// two listeners.
fn places() -> usize {
    let wanted = (CONNECTIONS_MAX as u64) * 2 + 4_096;
    let files = rlimit::increase_nofile_limit(wanted).unwrap_or(1_024);
    let left = usize::try_from(files.saturating_sub(FILES_RESERVED) / 2).unwrap_or(CONNECTIONS_MAX);
    left.clamp(32, CONNECTIONS_MAX)
}

/// Binds a loopback port on both families: browsers take either for `localhost`.
pub async fn bind_loopback(port: u16) -> Result<Vec<TcpListener>> {
    let first = bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)).await?;
    let port = first.local_addr()?.port();
    // A machine without IPv6 has to do with one.
    let second = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await.ok();
    Ok(std::iter::once(first).chain(second).collect())
}

/// Another program listens on this port.
#[derive(Clone, Copy, Debug)]
pub struct Taken(pub u16);

impl std::fmt::Display for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "port {} is in use by another program: choose another one (--port and --https-port with `up`, \
             [listen] in the configuration; 0 takes any that is free)",
            self.0
        )
    }
}

impl std::error::Error for Taken {}

/// Binds an address, or says who else may have it.
pub async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|e| match e.kind() {
        io::ErrorKind::AddrInUse => anyhow!(Taken(address.port())),
        io::ErrorKind::PermissionDenied => anyhow!(
            "port {} needs a right that this user does not have (CAP_NET_BIND_SERVICE)",
            address.port()
        ),
        _ => anyhow!("listening on {address}: {e}"),
    })
}

/// Serves until the application ends.
pub fn serve(
    app: &Arc<App>,
    listeners: Vec<TcpListener>,
    router: &Router,
    tls: Option<Arc<rustls::ServerConfig>>,
) {
    let places = Arc::new(Semaphore::new(places()));
    for listener in listeners {
        let serving = Serving {
            app: Arc::clone(app),
            router: router.clone(),
            tls: tls.clone().map(TlsAcceptor::from),
            places: Arc::clone(&places),
        };
        app.tasks.spawn(accept_until_stopped(serving, listener));
    }
}

#[derive(Clone)]
struct Serving {
    app: Arc<App>,
    router: Router,
    tls: Option<TlsAcceptor>,
    places: Arc<Semaphore>,
}

async fn accept_until_stopped(serving: Serving, listener: TcpListener) {
    let mut stopping = serving.app.tasks.stopping();
    loop {
        let Ok(place) = Arc::clone(&serving.places).acquire_owned().await else { return };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopping.changed() => return,
        };
        match accepted {
            Ok((stream, address)) => {
                let serving = serving.clone();
                let app = Arc::clone(&serving.app);
                app.tasks.spawn(async move {
                    connection(serving, stream, address).await;
                    drop(place);
                });
            }
            Err(e) => {
                // Out of file descriptors, most likely: wait for some to come back.
                tracing::warn!(error = %e, "a connection could not be accepted");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn connection(serving: Serving, stream: TcpStream, address: SocketAddr) {
    let _ = stream.set_nodelay(true);
    match serving.tls.clone() {
        None => talk(serving, stream, address, false).await,
        Some(acceptor) => match timeout(HANDSHAKE, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => talk(serving, stream, address, true).await,
            Ok(Err(e)) => tracing::debug!(error = %e, "a TLS handshake failed"),
            Err(_) => tracing::debug!("a TLS handshake took too long"),
        },
    }
}

async fn talk<S>(serving: Serving, stream: S, address: SocketAddr, secure: bool)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let peer = Peer { address, secure };
    let service = serving.router.map_request(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(peer);
        request.map(axum::body::Body::new)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER)
        .max_buf_size(HEADER_BYTES_MAX)
        .serve_connection(TokioIo::new(Talking::new(stream)), TowerToHyperService::new(service));
    tokio::pin!(connection);
    let mut stopping = serving.app.tasks.stopping();
    tokio::select! {
        ended = &mut connection => {
            if let Err(e) = ended {
                tracing::debug!(error = %e, "a connection ended early");
            }
        }
        _ = stopping.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = timeout(Duration::from_secs(2), connection).await;
        }
    }
}

/// A stream that fails when the other end neither sends nor takes a byte for too long.
struct Talking<S> {
    inner: S,
    silence: Pin<Box<Sleep>>,
}

impl<S> Talking<S> {
    fn new(inner: S) -> Self {
        Self { inner, silence: Box::pin(sleep(SILENCE)) }
    }

    fn heard(&mut self) {
        let next = tokio::time::Instant::now() + SILENCE;
        self.silence.as_mut().reset(next);
    }

    fn waited<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        match self.silence.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Talking<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.inner).poll_read(cx, buffer) {
            Poll::Ready(done) => {
                self.heard();
                Poll::Ready(done)
            }
            Poll::Pending => self.waited(cx),
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Talking<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.inner).poll_write(cx, bytes) {
            Poll::Ready(done) => {
                self.heard();
                Poll::Ready(done)
            }
            Poll::Pending => self.waited(cx),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
