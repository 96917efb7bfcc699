//! The public door, from outside: a small HTTP client as any stranger could use it.
//!
//! It goes over a real connection to the real listener and holds no privilege. Bodies and times are
//! bounded, and a guard refuses what is not leased. Absent: redirects, retries, connection reuse (a probe
//! must see each answer as it is), and any judgement of the certificate, which is another probe's affair.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use base::Secret;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{
    AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST, HeaderMap, HeaderValue, SET_COOKIE, USER_AGENT,
};
use hyper::{Method, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpSocket;

use crate::control::Guard;
use crate::tls;
use crate::web::captcha::{self, Purpose};

/// Bytes of an answer's body at most.
const ANSWER_BYTES_MAX: usize = 4 * 1024 * 1024;
/// How long one request may take.
const REQUEST: Duration = Duration::from_secs(20);

/// What is asked.
#[derive(Clone, Debug)]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// Headers beside host and agent, and beside the door's own cookie.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

impl Answer {
    /// The body as JSON; null when it is something else.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// `name=value` of the cookies that it sets.
    #[must_use]
    pub fn cookies(&self) -> Vec<String> {
        let pair =
            |v: &HeaderValue| v.to_str().ok().and_then(|t| t.split(';').next()).map(str::to_owned);
        self.headers.get_all(SET_COOKIE).iter().filter_map(pair).collect()
    }
}

/// The connection failed, or took too long; says which.
#[derive(Clone, Debug)]
pub struct NoAnswer(pub String);

/// A stranger's client with a cookie of its own.
#[derive(Clone, Debug)]
pub struct Door {
    target: SocketAddr,
    host: String,
    source: IpAddr,
    agent: String,
    cookie: Option<String>,
    bearer: Option<Secret<String>>,
    secure: bool,
    guard: Option<Arc<Guard>>,
    owner: Option<usize>,
}

impl Door {
    /// A client that comes from `source` and calls itself `agent`.
    #[must_use]
    pub fn new(target: SocketAddr, host: &str, source: IpAddr, agent: &str) -> Self {
        Self {
            target,
            host: host.into(),
            source,
            agent: agent.into(),
            cookie: None,
            bearer: None,
            secure: false,
            guard: None,
            owner: None,
        }
    }

    /// The same client, over TLS.
    #[must_use]
    pub fn secured(mut self, secure: bool) -> Self {
        self.secure = secure;
        self
    }

    /// The same client behind a guard; `owner` is the canary that it belongs to.
    #[must_use]
    pub fn guarded(mut self, guard: &Arc<Guard>, owner: Option<usize>) -> Self {
        self.guard = Some(Arc::clone(guard));
        self.owner = owner;
        self
    }

    /// The same client in the hands of a canary: its own bait is in place there.
    #[must_use]
    pub fn owned_by(mut self, canary: usize) -> Self {
        self.owner = Some(canary);
        self
    }

    /// The same client with this cookie (`name=value`).
    #[must_use]
    pub fn with_cookie(mut self, cookie: impl Into<String>) -> Self {
        self.cookie = Some(cookie.into());
        self
    }

    /// The same client with a bearer token, and without a cookie.
    #[must_use]
    pub fn with_bearer(mut self, token: &str) -> Self {
        (self.cookie, self.bearer) = (None, Some(Secret::new(token.to_owned())));
        self
    }

    /// The cookie that it sends.
    #[must_use]
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// A GET.
    pub async fn get(&self, path: &str) -> Result<Answer, NoAnswer> {
        self.send(Method::GET, path, HeaderMap::new(), Bytes::new()).await
    }

    /// Fetches a page, as a browser does.
    pub async fn page(&self, path: &str) -> Result<Answer, NoAnswer> {
        let mut headers = HeaderMap::new();
        headers.insert(hyper::header::ACCEPT, HeaderValue::from_static("text/html"));
        self.send(Method::GET, path, headers, Bytes::new()).await
    }

    /// A request with a JSON body. Where a CAPTCHA stands before it, the challenge is solved first, as every program
    /// has to.
    pub async fn json(
        &self,
        method: Method,
        path: &str,
        body: &serde_json::Value,
    ) -> Result<Answer, NoAnswer> {
        let solution = match Purpose::of_path(path) {
            Some(purpose) if method == Method::POST => self.solution(purpose).await?,
            _ => None,
        };
        self.json_with(method, path, body, solution.as_deref()).await
    }

    /// The same with this solution or none, whatever is wanted there.
    pub async fn json_with(
        &self,
        method: Method,
        path: &str,
        body: &serde_json::Value,
        solution: Option<&str>,
    ) -> Result<Answer, NoAnswer> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(value) = solution.and_then(|s| HeaderValue::from_str(s).ok()) {
            headers.insert(captcha::HEADER, value);
        }
        self.send(method, path, headers, Bytes::from(body.to_string())).await
    }

    /// A form, its fields already encoded.
    pub async fn form(&self, path: &str, fields: String) -> Result<Answer, NoAnswer> {
        let mut headers = HeaderMap::new();
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, kind);
        self.send(Method::POST, path, headers, Bytes::from(fields)).await
    }

    /// The solution of a fresh challenge; `None` when none is wanted.
    pub async fn solution(&self, purpose: Purpose) -> Result<Option<String>, NoAnswer> {
        let answer = self.get(&format!("/api/v1/captcha/{}", purpose.word())).await?;
        if answer.status != StatusCode::OK {
            return Ok(None);
        }
        let challenge = answer.json();
        let solved = tokio::task::spawn_blocking(move || captcha::solve(&challenge)).await;
        solved.map_err(|_| NoAnswer("a challenge could not be solved".into()))
    }

    /// A GET with a bearer token and no cookie.
    pub async fn get_with_bearer(&self, path: &str, token: &str) -> Result<Answer, NoAnswer> {
        self.clone().with_bearer(token).get(path).await
    }

    /// Any request.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Answer, NoAnswer> {
        let request = Request { method, path: path.to_owned(), headers, body };
        if let Some(guard) = &self.guard {
            guard.admit(self.target, &request.path, &request.body).map_err(NoAnswer)?;
        }
        let answer = tokio::time::timeout(REQUEST, self.exchange(request))
            .await
            .map_err(|_| NoAnswer(format!("no answer from {path} in {} s", REQUEST.as_secs())))??;
        if let Some(guard) = &self.guard {
            guard.watch(self.owner, &answer.body);
        }
        Ok(answer)
    }

    async fn exchange(&self, request: Request) -> Result<Answer, NoAnswer> {
        let failed = |e: &dyn std::fmt::Display| NoAnswer(format!("{}: {e}", request.path));
        let socket = if self.target.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }
            .map_err(|e| failed(&e))?;
        if self.source.is_ipv4() == self.target.is_ipv4() {
            socket.bind(SocketAddr::new(self.source, 0)).map_err(|e| failed(&e))?;
        }
        let stream = socket.connect(self.target).await.map_err(|e| failed(&e))?;
        if self.secure {
            let stream = tls::connect(stream, &self.host).await.map_err(|e| failed(&e))?;
            self.talk(stream, &request).await
        } else {
            self.talk(stream, &request).await
        }
    }

    async fn talk<S>(&self, stream: S, request: &Request) -> Result<Answer, NoAnswer>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let failed = |e: &dyn std::fmt::Display| NoAnswer(format!("{}: {e}", request.path));
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|e| failed(&e))?;
        let asked = self.build(request).map_err(|e| failed(&e))?;
        let exchange = async {
            let answer = sender.send_request(asked).await.map_err(|e| failed(&e))?;
            let (head, body) = answer.into_parts();
            let body = Limited::new(body, ANSWER_BYTES_MAX)
                .collect()
                .await
                .map_err(|e| failed(&e))?
                .to_bytes();
            Ok(Answer { status: head.status, headers: head.headers, body })
        };
        tokio::pin!(exchange);
        tokio::pin!(connection);
        // The connection has to be driven while the exchange goes on.
        tokio::select! {
            biased;
            answer = &mut exchange => answer,
            ended = &mut connection => match ended {
                Ok(()) => exchange.await,
                Err(e) => Err(failed(&e)),
            },
        }
    }

    fn build(&self, request: &Request) -> Result<hyper::Request<Full<Bytes>>, hyper::http::Error> {
        let mut built = hyper::Request::builder()
            .method(request.method.clone())
            .uri(&request.path)
            .header(HOST, &self.host)
            .header(USER_AGENT, &self.agent);
        if let Some(cookie) = &self.cookie {
            built = built.header(COOKIE, cookie);
        }
        if let Some(token) = &self.bearer {
            built = built.header(AUTHORIZATION, format!("Bearer {}", token.reveal()));
        }
        for (name, value) in &request.headers {
            built = built.header(name, value);
        }
        built.body(Full::new(request.body.clone()))
    }
}
