//! A server in a process of its own, so that its CPU time is not the client's.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST, RETRY_AFTER, SET_COOKIE};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use kernel::captcha::{self, Purpose};
use kernel::{App, Config};
use serde_json::{Value, json};
use tokio::net::TcpStream;

/// A server on a folder of its own; ended when dropped.
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
    setup_token: Option<String>,
    /// From the start of the process to the first good answer of `/readyz`.
    pub(crate) ready_after: Duration,
    // Kept open: a closed pipe would end the server at its next line.
    _output: BufReader<std::process::ChildStdout>,
}

/// A kept-alive connection.
pub(crate) struct Client {
    sender: SendRequest<Full<Bytes>>,
    host: String,
    /// What the account knows this browser by.
    browser: Option<String>,
    /// Whether the last answer said when to come again.
    pub(crate) come_again: bool,
    /// Of the challenge before the next request.
    solution: Option<String>,
}

/// A folder that goes when the value does.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// A fresh folder beside the working directory's, so that figures are those of its disk.
    pub(crate) fn new(name: &str) -> Result<Self> {
        let path = std::env::current_dir()?
            .join(format!(".vouchsafe-bench-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Server {
    /// Starts this program on a folder, without limits, and waits until it is ready.
    pub(crate) async fn start(data: &Path) -> Result<Self> {
        Self::start_with(data, &["--without-limits"]).await
    }

    /// The same without challenges, too: who solves hundreds a second on the machine that is measured measures that.
    pub(crate) async fn without_captcha(data: &Path) -> Result<Self> {
        Self::start_with(data, &["--without-limits", "--without-captcha"]).await
    }

    /// The same with the limits and the work of challenges that everybody meets.
    pub(crate) async fn with_limits(data: &Path) -> Result<Self> {
        Self::start_with(data, &[]).await
    }

    async fn start_with(data: &Path, more: &[&str]) -> Result<Self> {
        let started = Instant::now();
        let mut child = Command::new("/proc/self/exe")
            .args(["up", "--json", "--no-open", "--port", "0", "--https-port", "0"])
            .args(more)
            .arg("--data")
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .context("starting a server")?;
        let output = child.stdout.take().context("the server's output")?;
        let mut output = BufReader::new(output);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let hello: Value = serde_json::from_str(&line).context("the server's first line")?;
        let port = hello["console"].as_str().and_then(|c| c.rsplit(':').next()?.parse().ok());
        let address = SocketAddr::from(([127, 0, 0, 1], port.context("the server's port")?));
        let token = hello["setup_url"].as_str().and_then(|u| u.split("token=").nth(1));
        let setup_token = token.map(str::to_owned);
        let mut client = Client::connect(address).await?;
        let (status, _, _) = client.get("/readyz", None).await?;
        if status != StatusCode::OK {
            bail!("the server is not ready: {status}");
        }
        let ready_after = started.elapsed();
        Ok(Self { child, address, setup_token, ready_after, _output: output })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) async fn client(&self) -> Result<Client> {
        Client::connect(self.address).await
    }

    /// Sets the installation up and waits until every line was tried: then it is quiet.
    pub(crate) async fn set_up(&self) -> Result<()> {
        let mut client = self.client().await?;
        let body = json!({ "token": self.setup_token, "organisation": "Bench", "name": "Bench",
            "email": EMAIL, "password": PASSWORD });
        let (status, _, answer) = client.post("/api/v1/setup", &body, None).await?;
        if status != StatusCode::CREATED {
            bail!("the set-up was answered {status}: {answer}");
        }
        for _ in 0..2_400 {
            let (_, _, page) = client.get("/security.json", None).await?;
            let claims = page["claims"].as_array().cloned().unwrap_or_default();
            // Limits are lifted here, so the lines about limits stay as they are.
            let settled = |c: &Value| {
                c["state"] != "unchecked"
                    || c["reason"].as_str().is_some_and(|r| r.contains("too high to be tried"))
            };
            if !claims.is_empty() && claims.iter().all(settled) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        bail!("not every line was tried in four minutes")
    }
}

/// Opens the folder of a server that was dropped, which waits for its end.
pub(crate) fn open_stopped(data: &Path) -> Result<Arc<App>> {
    let config = Config::evaluation(data.to_owned());
    crate::compose::open(crate::compose::take_folder(&config.data)?, config)
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The account of the benchmarks.
pub(crate) const EMAIL: &str = "bench@example.com";
pub(crate) const PASSWORD: &str = "a password to measure with";

type Answer = (StatusCode, Option<String>, Value);

impl Client {
    async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(async move {
            let _ = connection.await;
        });
        Ok(Self {
            sender,
            host: format!("localhost:{}", address.port()),
            browser: None,
            come_again: false,
            solution: None,
        })
    }

    pub(crate) async fn get(&mut self, path: &str, cookie: Option<&str>) -> Result<Answer> {
        self.send(Method::GET, path, None, cookie, None).await
    }

    pub(crate) async fn get_with_token(&mut self, path: &str, token: &str) -> Result<Answer> {
        self.send(Method::GET, path, None, None, Some(token)).await
    }

    pub(crate) async fn post(
        &mut self,
        path: &str,
        body: &Value,
        cookie: Option<&str>,
    ) -> Result<Answer> {
        self.solution = match Purpose::of_path(path) {
            Some(purpose) => {
                let path = format!("/api/v1/captcha/{}", purpose.word());
                captcha::solve(&self.get(&path, None).await?.2)
            }
            None => None,
        };
        self.send(Method::POST, path, Some(body), cookie, None).await
    }

    pub(crate) async fn delete(&mut self, path: &str, cookie: &str) -> Result<Answer> {
        self.send(Method::DELETE, path, None, Some(cookie), None).await
    }

    /// Signs the account of the benchmarks in, in a browser that it does not know: cookie and session.
    pub(crate) async fn sign_in_anew(&mut self) -> Result<(String, String)> {
        self.browser = None;
        self.sign_in().await
    }

    /// Signs the account of the benchmarks in, in a browser that it knows from the second time on.
    pub(crate) async fn sign_in(&mut self) -> Result<(String, String)> {
        let body = json!({ "email": EMAIL, "password": PASSWORD });
        let browser = self.browser.clone();
        let (status, cookie, answer) =
            self.post("/api/v1/sign-in", &body, browser.as_deref()).await?;
        match (status, cookie, answer["session"].as_str()) {
            (StatusCode::OK, Some(cookie), Some(session)) => Ok((cookie, session.to_owned())),
            _ => bail!("the sign-in was answered {status}: {answer}"),
        }
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        cookie: Option<&str>,
        token: Option<&str>,
    ) -> Result<Answer> {
        let mut request = Request::builder().method(method).uri(path).header(HOST, &self.host);
        if let Some(cookie) = cookie {
            request = request.header(COOKIE, cookie);
        }
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        if body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        if let Some(solution) = self.solution.take() {
            request = request.header(captcha::HEADER, solution);
        }
        let bytes = body.map_or_else(Bytes::new, |b| Bytes::from(b.to_string()));
        self.sender.ready().await?;
        let answer = self.sender.send_request(request.body(Full::new(bytes))?).await?;
        let (head, body) = answer.into_parts();
        self.come_again = head.headers.contains_key(RETRY_AFTER);
        let cookies = head.headers.get_all(SET_COOKIE).iter().filter_map(|v| v.to_str().ok());
        let cookies: Vec<&str> = cookies.filter_map(|c| c.split(';').next()).collect();
        if let Some(browser) = cookies.iter().find(|c| c.contains("-browser=")) {
            self.browser = Some((*browser).to_owned());
        }
        let cookie = cookies.first().map(|c| (*c).to_owned());
        let body = body.collect().await?.to_bytes();
        Ok((head.status, cookie, serde_json::from_slice(&body).unwrap_or_default()))
    }
}
