//! The fault proxy: stands between a probe and the system and answers as a broken system would.
//!
//! It listens on loopback for the time of one falsification and forwards everything; only the answers go
//! through the tampering. The running product has no switch that breaks it.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONNECTION, CONTENT_LENGTH, HOST, HeaderMap, TRANSFER_ENCODING, USER_AGENT};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::TokioIo;
use kernel::App;
use kernel::control::{Tamper, Unable};
use kernel::door::{Answer, Door, Request};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

const BODY_BYTES_MAX: usize = 1024 * 1024;
/// How long a stand-in waits to be spoken to.
const FIRST_BYTES: Duration = Duration::from_secs(5);

/// A running proxy; ends when dropped.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    _end: oneshot::Sender<()>,
}

/// What is wrong with it.
pub(crate) enum Fault {
    /// It changes answers.
    Answers(Box<dyn Tamper>),
    /// It answers the first bytes itself, and forwards nothing.
    FirstBytes(fn(&[u8]) -> Vec<u8>),
}

/// What it stands before.
#[derive(Clone, Copy)]
pub(crate) struct Upstream {
    target: SocketAddr,
    source: IpAddr,
    secure: bool,
}

impl Upstream {
    /// A listener, perhaps of TLS, that is spoken to from `source`.
    pub(crate) fn new(target: SocketAddr, source: IpAddr, secure: bool) -> Self {
        Self { target, source, secure }
    }
}

#[derive(Clone)]
struct Before {
    upstream: Upstream,
    tamper: Arc<Mutex<Box<dyn Tamper>>>,
}

/// Starts a proxy.
pub(crate) async fn start(
    app: &Arc<App>,
    upstream: Upstream,
    fault: Fault,
) -> Result<Proxy, Unable> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .map_err(|e| Unable::because(format!("the fault proxy could not listen: {e}")))?;
    let address = listener
        .local_addr()
        .map_err(|e| Unable::because(format!("the fault proxy has no address: {e}")))?;
    let (end, ended) = oneshot::channel();
    let serving = Arc::clone(app);
    app.tasks.spawn(async move {
        let accepting = async {
            match fault {
                Fault::Answers(tamper) => {
                    let tamper = Arc::new(Mutex::new(tamper));
                    accept(&serving, &listener, Before { upstream, tamper }).await;
                }
                Fault::FirstBytes(answer) => stand_in(&listener, answer).await,
            }
        };
        tokio::select! {
            () = accepting => {}
            _ = ended => {}
        }
    });
    Ok(Proxy { address, _end: end })
}

/// One connection after the other: reads once, answers once.
async fn stand_in(listener: &TcpListener, answer: fn(&[u8]) -> Vec<u8>) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let mut first = vec![0_u8; 4096];
        let read = tokio::time::timeout(FIRST_BYTES, stream.read(&mut first)).await;
        if let Ok(Ok(n)) = read {
            let _ = stream.write_all(&answer(&first[..n])).await;
            let _ = stream.shutdown().await;
        }
    }
}

async fn accept(app: &Arc<App>, listener: &TcpListener, upstream: Before) {
    while let Ok((stream, _)) = listener.accept().await {
        let upstream = upstream.clone();
        app.tasks.spawn(async move {
            let service = service_fn(move |request| {
                let upstream = upstream.clone();
                async move { Ok::<_, Infallible>(forward(&upstream, request).await) }
            });
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn forward(upstream: &Before, request: hyper::Request<Incoming>) -> Response<Full<Bytes>> {
    match exchange(upstream, request).await {
        Some(answer) => respond(answer),
        None => {
            let mut response = Response::new(Full::new(Bytes::new()));
            *response.status_mut() = StatusCode::BAD_GATEWAY;
            response
        }
    }
}

async fn exchange(upstream: &Before, request: hyper::Request<Incoming>) -> Option<Answer> {
    let (head, body) = request.into_parts();
    let text = |name| head.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let (host, agent) = (text(HOST).to_owned(), text(USER_AGENT).to_owned());
    let body = Limited::new(body, BODY_BYTES_MAX).collect().await.ok()?.to_bytes();
    let mut headers = head.headers.clone();
    for name in [HOST, USER_AGENT, CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING] {
        headers.remove(name);
    }
    let path = head.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let Upstream { target, source, secure } = upstream.upstream;
    let door = Door::new(target, &host, source, &agent).secured(secure);
    let answer = door.send(head.method.clone(), &path, headers.clone(), body.clone()).await.ok()?;
    let asked = Request { method: head.method, path, headers, body };
    let mut tamper = upstream.tamper.lock().unwrap_or_else(PoisonError::into_inner);
    Some(tamper.answer(&asked, answer))
}

fn respond(answer: Answer) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(answer.body));
    *response.status_mut() = answer.status;
    let mut headers: HeaderMap = answer.headers;
    headers.remove(CONTENT_LENGTH);
    headers.remove(TRANSFER_ENCODING);
    *response.headers_mut() = headers;
    response
}
