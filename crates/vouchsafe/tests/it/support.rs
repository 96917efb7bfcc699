//! An application in a temporary folder, driven through its router without a network.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{Method, Request, StatusCode, header};
use base::{Clock, Timestamp};
use crypt::SystemRng;
use http_body_util::BodyExt;
use kernel::captcha::{self, Purpose};
use kernel::web::Peer;
use kernel::{App, Config};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;
use vouchsafe::compose;

pub(crate) const PASSWORD: &str = "a long enough password";

/// A clock that moves when it is told to.
pub(crate) struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// The application under test.
pub(crate) struct World {
    pub(crate) app: Arc<App>,
    pub(crate) folder: TempDir,
    clock: Arc<Hands>,
    router: Router,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) cookie: Option<String>,
    pub(crate) location: Option<String>,
    pub(crate) text: String,
    /// All cookies, as they go back.
    pub(crate) cookies: Vec<String>,
    pub(crate) ratelimit: Option<String>,
    pub(crate) retry_after: Option<u64>,
    /// Whose page may read it.
    pub(crate) read_by: Option<String>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }
}

/// A cost far below what a configuration file may say: hashing is not what these tests are about.
pub(crate) fn config(data: std::path::PathBuf) -> Config {
    let mut config = Config::evaluation(data);
    config.password.iterations = Some(1);
    config.password.memory_kib = 64;
    config.captcha.work = 4;
    config
}

/// Leaves only a few of the probes: what is tested is what happens around them, and all of them take a minute.
pub(crate) fn few(app: &mut Arc<App>) {
    const FEW: [&str; 5] = ["IDN-09", "IDN-10", "IDN-15", "AUD-20", "OPS-01"];
    for domain in &mut Arc::get_mut(app).unwrap().domains {
        let kept = domain.controls.iter().filter(|c| FEW.contains(&c.claim)).copied();
        domain.controls = Vec::leak(kept.collect());
    }
}

/// Opens a folder on a thread of its own: opening waits for the disk, which async threads may not.
pub(crate) fn open(config: Config, clock: Arc<dyn Clock>) -> Arc<App> {
    let opening = std::thread::spawn(move || {
        let held = compose::take_folder(&config.data).unwrap();
        compose::open_with(held, config, clock, Arc::new(SystemRng)).unwrap()
    });
    opening.join().unwrap()
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    /// With another configuration than the tests' usual one.
    pub(crate) fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Hands(AtomicI64::new(1_795_444_717_418)));
        let mut config = config(folder.path().join("data"));
        change(&mut config);
        let app = open(config, Arc::clone(&clock) as _);
        app.origin.store(Arc::new("http://localhost:8080".into()));
        let router = kernel::web::router(&app);
        Self { app, folder, clock, router }
    }

    /// Set up, with the cookie of the first account, who is staff and owns a tenant.
    pub(crate) async fn set_up() -> (Self, String) {
        Self::set_up_with(|_| {}).await
    }

    pub(crate) async fn set_up_with(change: impl FnOnce(&mut Config)) -> (Self, String) {
        let world = Self::with(change);
        let link = identity::setup::make_link(&world.app).await.unwrap().unwrap();
        let token = link.reveal().split("token=").nth(1).unwrap().to_owned();
        let body = json!({ "token": token, "organisation": "Larkspur Dental",
            "name": "Mara Lindqvist", "email": "mara@larkspur.example", "password": PASSWORD });
        let answer = world.post("/api/v1/setup", None, body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        (world, answer.cookie.unwrap())
    }

    /// Moves the clock.
    pub(crate) fn wait(&self, span: Duration) {
        self.clock.0.fetch_add(i64::try_from(span.as_millis()).unwrap(), Ordering::SeqCst);
    }

    /// Does all jobs that are due.
    pub(crate) async fn work(&self) {
        while kernel::job::run_due(&self.app).await.unwrap() > 0 {}
    }

    pub(crate) async fn get(&self, path: &str, cookie: Option<&str>) -> Answer {
        self.send(Method::GET, path, cookie, None, "application/json").await
    }

    pub(crate) async fn page(&self, path: &str, cookie: Option<&str>) -> Answer {
        self.send(Method::GET, path, cookie, None, "text/html").await
    }

    /// Solves what stands before sign-up and sign-in first, as every program has to.
    pub(crate) async fn post(&self, path: &str, cookie: Option<&str>, body: Value) -> Answer {
        let solution = self.solution(path, None).await;
        let request = ask(Method::POST, path, cookie, "application/json");
        self.answer(posting(request, solution, body)).await
    }

    /// The same with this solution or none.
    pub(crate) async fn post_with(
        &self,
        path: &str,
        solution: Option<&str>,
        body: Value,
    ) -> Answer {
        let request = ask(Method::POST, path, None, "application/json");
        self.answer(posting(request, solution.map(str::to_owned), body)).await
    }

    /// The solution of a fresh challenge, fetched from an address, if a path wants one.
    pub(crate) async fn solution(&self, path: &str, from: Option<&str>) -> Option<String> {
        let purpose = Purpose::of_path(path)?;
        let path = format!("/api/v1/captcha/{}", purpose.word());
        let request = ask(Method::GET, &path, None, "application/json");
        let from = from.unwrap_or("127.0.0.1").parse().unwrap();
        let address = SocketAddr::new(from, 40_000);
        let challenge = self.answer_to(address, request.body(Body::empty()).unwrap()).await;
        captcha::solve(&challenge.json())
    }

    pub(crate) async fn delete(&self, path: &str, cookie: &str) -> Answer {
        self.send(Method::DELETE, path, Some(cookie), None, "application/json").await
    }

    /// With an access token instead of a cookie.
    pub(crate) async fn get_as(&self, path: &str, bearer: &str) -> Answer {
        let request = ask(Method::GET, path, None, "application/json");
        self.answer(bearing(request, bearer).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post_as(&self, path: &str, bearer: &str, body: Value) -> Answer {
        let request = ask(Method::POST, path, None, "application/json");
        let request = bearing(request, bearer).header(header::CONTENT_TYPE, "application/json");
        self.answer(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// With these headers beside what a program sends.
    pub(crate) async fn with_headers(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        let mut request = ask(method, path, None, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = body.map_or_else(Body::empty, |b| Body::from(b.to_string()));
        self.answer(request.body(body).unwrap()).await
    }

    /// A request with just these headers: its status.
    pub(crate) async fn bare(
        &self,
        path: &str,
        host: &str,
        headers: &[(&str, &str)],
    ) -> StatusCode {
        let mut request = Request::builder().uri(path).header(header::HOST, host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.answer(request.body(Body::empty()).unwrap()).await.status
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        cookie: Option<&str>,
        body: Option<Value>,
        accept: &str,
    ) -> Answer {
        let mut request = ask(method, path, cookie, accept);
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = body.map_or_else(Body::empty, |b| Body::from(b.to_string()));
        self.answer(request.body(body).unwrap()).await
    }

    async fn answer(&self, request: Request<Body>) -> Answer {
        self.answer_to(SocketAddr::from(([127, 0, 0, 1], 40_000)), request).await
    }

    async fn answer_to(&self, address: SocketAddr, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(Peer { address, secure: false });
        let response = self.router.clone().oneshot(request).await.unwrap();
        let text_of = |name| response.headers().get(name).and_then(|v| v.to_str().ok());
        let cookie = text_of(header::SET_COOKIE).and_then(|c| c.split(';').next());
        let (cookie, location) =
            (cookie.map(str::to_owned), text_of(header::LOCATION).map(str::to_owned));
        let cookies = response.headers().get_all(header::SET_COOKIE).iter();
        let cookies = cookies.filter_map(|v| v.to_str().ok()?.split(';').next().map(str::to_owned));
        let cookies = cookies.collect();
        let ratelimit = response.headers().get("ratelimit");
        let ratelimit = ratelimit.and_then(|v| v.to_str().ok()).map(str::to_owned);
        let retry_after = response.headers().get(header::RETRY_AFTER);
        let retry_after = retry_after.and_then(|v| v.to_str().ok()?.parse().ok());
        let read_by = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        let read_by = read_by.and_then(|v| v.to_str().ok()).map(str::to_owned);
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status, cookie, location, text, cookies, ratelimit, retry_after, read_by }
    }

    /// When a session was last used, as its own list says.
    pub(crate) async fn last_active(&self, cookie: &str) -> String {
        let list = self.get("/api/v1/sessions", Some(cookie)).await.json();
        let own = list["items"].as_array().unwrap().iter().find(|s| s["current"] == true).unwrap();
        own["last_active_at"].as_str().unwrap().to_owned()
    }

    /// The newest letter's text to an address.
    pub(crate) async fn letter(&self, to: &str) -> Option<String> {
        self.work().await;
        let kept = self.get("/dev/mail.json", None).await.json();
        let own = kept["items"].as_array().unwrap().iter().find(|m| m["to"] == to)?.clone();
        own["text"].as_str().map(str::to_owned)
    }

    /// The token in the newest letter to an address.
    pub(crate) async fn token(&self, to: &str) -> String {
        let text = self.letter(to).await.unwrap();
        let rest = text.split("token=").nth(1).unwrap();
        rest.split_whitespace().next().unwrap().to_owned()
    }

    /// Somebody new whom an owner invites into the first tenant: their cookie and account.
    pub(crate) async fn join(&self, owner: &str, email: &str, role: &str) -> (String, String) {
        let body = json!({ "email": email, "role": role });
        self.post("/api/v1/tenants/larkspur-dental/invitations", Some(owner), body).await;
        let token = self.token(email).await;
        let body = json!({ "token": token, "name": "Somebody New", "password": PASSWORD });
        let joined = self.post("/api/v1/invitations/accept", None, body).await;
        assert_eq!(joined.status, 200, "{}", joined.text);
        let cookie = joined.cookie.unwrap();
        let me = self.get("/api/v1/me", Some(&cookie)).await.json();
        (cookie, me["account"].as_str().unwrap().to_owned())
    }

    /// A person who signed up, confirmed and signed in: their cookie.
    pub(crate) async fn person(&self, email: &str) -> String {
        self.wait(Duration::from_secs(1)); // letters of one moment have no order
        let body = json!({ "email": email, "name": "Jun Sato", "password": PASSWORD });
        assert_eq!(self.post("/api/v1/sign-up", None, body).await.status, StatusCode::ACCEPTED);
        let token = self.token(email).await;
        let confirmed = self.post("/api/v1/confirm", None, json!({ "token": token })).await;
        assert_eq!(confirmed.status, StatusCode::NO_CONTENT, "{}", confirmed.text);
        self.sign_in(email, PASSWORD).await.cookie.unwrap()
    }

    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.post("/api/v1/sign-in", None, json!({ "email": email, "password": password })).await
    }

    /// Presents a password from another address, perhaps as a known browser.
    pub(crate) async fn sign_in_from(
        &self,
        address: &str,
        email: &str,
        password: &str,
        browser: Option<&str>,
    ) -> Answer {
        let body = json!({ "email": email, "password": password });
        self.post_from(address, "/api/v1/sign-in", browser, body).await
    }

    pub(crate) async fn post_from(
        &self,
        address: &str,
        path: &str,
        cookie: Option<&str>,
        body: Value,
    ) -> Answer {
        let solution = self.solution(path, Some(address)).await;
        let request = ask(Method::POST, path, cookie, "application/json");
        let address = SocketAddr::new(address.parse().unwrap(), 40_000);
        self.answer_to(address, posting(request, solution, body)).await
    }

    /// Sends a form as a browser does.
    pub(crate) async fn form(&self, path: &str, fields: &str) -> Answer {
        let purpose = path.replace("/login", "sign-in").replace("/signup", "sign-up");
        let solution = self.solution(&format!("/api/v1/{purpose}"), None).await.unwrap_or_default();
        let fields = format!("{fields}&altcha={}", kernel::web::page::encode(&solution));
        self.bare_form(path, &fields).await
    }

    /// The same without a solved challenge.
    pub(crate) async fn bare_form(&self, path: &str, fields: &str) -> Answer {
        self.form_of(None, path, fields).await
    }

    /// A form of somebody who is signed in.
    pub(crate) async fn form_of(&self, cookie: Option<&str>, path: &str, fields: &str) -> Answer {
        let request = ask(Method::POST, path, cookie, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(fields.to_owned()));
        self.answer(request.unwrap()).await
    }

    /// A page for somebody who reads other languages.
    pub(crate) async fn page_in(&self, path: &str, languages: &str) -> Answer {
        let request = ask(Method::GET, path, None, "text/html")
            .header(header::ACCEPT_LANGUAGE, languages)
            .body(Body::empty());
        self.answer(request.unwrap()).await
    }

    /// The actions in the audit log, oldest first.
    pub(crate) async fn actions(&self) -> Vec<String> {
        ::audit::drain(&self.app).await.unwrap();
        let newest = ::audit::newest(&self.app, 1000).unwrap();
        let items = serde_json::to_value(newest).unwrap();
        let actions = items.as_array().unwrap().iter().rev();
        actions.map(|e| e["action"].as_str().unwrap().to_owned()).collect()
    }
}

fn ask(method: Method, path: &str, cookie: Option<&str>, accept: &str) -> Builder {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost:8080")
        .header(header::ACCEPT, accept)
        .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
    match cookie {
        Some(cookie) => request.header(header::COOKIE, cookie),
        None => request,
    }
}

fn posting(mut request: Builder, solution: Option<String>, body: Value) -> Request<Body> {
    if let Some(solution) = solution {
        request = request.header(captcha::HEADER, solution);
    }
    request = request.header(header::CONTENT_TYPE, "application/json");
    request.body(Body::from(body.to_string())).unwrap()
}

fn bearing(request: Builder, token: &str) -> Builder {
    request.header(header::AUTHORIZATION, format!("Bearer {token}"))
}
