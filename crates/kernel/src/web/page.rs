//! What every page shares: its frame, its forms, its notice.

use std::convert::Infallible;
use std::fmt::Display;
use std::sync::Arc;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use base::{Fault, FaultKind, Timestamp, text};

use super::guard::cookie;
use super::problem::{Failure, Invalid};
use super::trap;
use crate::access::Action;
use crate::app::App;
use crate::config::{Mode, Policy};
use crate::op::{Membership, Op};
use crate::text::{Lang, Words};

/// Name of the cookie that holds the chosen colours.
pub const THEME_COOKIE: &str = "vouchsafe-theme";

/// Name of the cookie that holds the chosen language.
pub const LANG_COOKIE: &str = "vouchsafe-lang";

/// How a page is looked at: its path, the chosen colours, and what the last action did.
#[derive(Clone, Debug, Default)]
pub struct View {
    path: String,
    back: String,
    theme: String,
    notice: Option<String>,
}

impl FromRequestParts<Arc<App>> for View {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}

impl View {
    pub(super) fn of(parts: &Parts) -> Self {
        let chosen = cookie(&parts.headers, THEME_COOKIE);
        let theme = chosen.filter(|t| matches!(*t, "light" | "dark")).unwrap_or("system");
        let notice = parts
            .uri
            .query()
            .into_iter()
            .flat_map(|q| q.split('&'))
            .filter_map(|pair| pair.split_once('='))
            .find(|(name, _)| *name == "notice")
            .map(|(_, value)| value.to_owned());
        let plain = parts.method == Method::GET && notice.is_none();
        let back = parts.uri.path_and_query().filter(|_| plain).map_or("", |p| p.as_str());
        let (path, back) = (parts.uri.path().to_owned(), back.to_owned());
        Self { path, back, theme: theme.to_owned(), notice }
    }
}

/// The signed-in person as the frame shows them.
#[derive(Clone, Debug)]
pub struct Badge {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// One or two letters.
    pub initials: String,
}

/// A tenant in the switcher.
#[derive(Clone, Debug)]
pub struct TenantLink {
    /// Name in URLs.
    pub slug: String,
    /// Name.
    pub name: String,
    /// One or two letters.
    pub initials: String,
    /// The person's role there, as a word of the wire.
    pub role: String,
    /// Whether they may see its team.
    pub team: bool,
    /// Whether they may read its audit log.
    pub audit: bool,
}

/// What the last action did.
#[derive(Clone, Debug)]
pub struct Notice {
    /// `ok`, `info`, `warn` or `bad`.
    pub tone: String,
    /// In words.
    pub text: String,
}

/// Who is looking into which tenant, why, and until when.
#[derive(Clone, Debug)]
pub struct Banner {
    /// The tenant's name.
    pub tenant: String,
    /// Its name in URLs.
    pub slug: String,
    /// Why.
    pub reason: String,
    /// When it ends.
    pub until: Timestamp,
}

/// The frame of a page, with the words to fill it.
pub struct Shell {
    /// The operator's name for the product.
    pub product: String,
    /// Language of the page.
    pub lang: String,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// Title.
    pub title: String,
    /// Path of the request.
    pub path: String,
    /// Where the same page is found again; empty for the answer to a form.
    pub back: String,
    /// Who is signed in.
    pub person: Option<Badge>,
    /// Whether they may open the operator's area.
    pub staff: bool,
    /// Their tenants.
    pub tenants: Vec<TenantLink>,
    /// The one that this page is about.
    pub tenant: Option<TenantLink>,
    /// Whether this is an evaluation.
    pub evaluation: bool,
    /// Whether the operator has a logo.
    pub has_logo: bool,
    /// Whether the operator chose a colour.
    pub has_accent: bool,
    /// What the last action did.
    pub notice: Option<Notice>,
    /// The support session that this page is shown in.
    pub support: Option<Banner>,
    /// Version of this program.
    pub version: String,
    spoken: Lang,
    app: Arc<App>,
}

impl Shell {
    /// The frame for an operation's page. The tenant is the first of the person's until a page
    /// says which it is about.
    pub fn new(app: &Arc<App>, op: &Op, view: &View, title: &str) -> Result<Self, Fault> {
        let brand = app.brand.load();
        let mut shell = Self {
            product: brand.product.clone(),
            lang: op.lang.code().into(),
            theme: view.theme.clone(),
            title: app.words(op.lang).get(title),
            path: view.path.clone(),
            back: view.back.clone(),
            person: None,
            staff: op.person().is_some_and(|p| p.staff),
            tenants: Vec::new(),
            tenant: None,
            evaluation: app.config.mode == Mode::Evaluation,
            has_logo: brand.logo.is_some(),
            has_accent: brand.accent.is_some(),
            notice: notice(app, op, view),
            support: op.support.as_ref().map(|s| Banner {
                tenant: s.name.clone(),
                slug: s.slug.clone(),
                reason: s.reason.reveal().clone(),
                until: s.until,
            }),
            version: env!("CARGO_PKG_VERSION").into(),
            spoken: op.lang,
            app: Arc::clone(app),
        };
        if let Some(person) = op.person() {
            shell.person = app.identities.profile(app, person.account)?.map(|p| Badge {
                initials: text::initials(p.name.reveal()),
                email: p.email.reveal().to_owned(),
                name: p.name.reveal().clone(),
            });
            let memberships = app.memberships.of(app, person.account)?;
            shell.tenants = memberships.iter().map(link).collect();
            shell.tenant = shell.tenants.first().cloned();
        }
        Ok(shell)
    }

    /// What a new password has to be like.
    #[must_use]
    pub fn password_hint(&self) -> String {
        self.t(match self.app.config.password.policy {
            Policy::Classic => "password-hint-classic",
            Policy::Nist => "password-hint",
        })
    }

    /// The frame of a page about one tenant.
    #[must_use]
    pub fn about(mut self, membership: &Membership) -> Self {
        self.tenant = Some(link(membership));
        self
    }

    /// The frame with another title, already in words.
    #[must_use]
    pub fn titled(mut self, title: String) -> Self {
        self.title = title;
        self
    }

    fn words(&self) -> Words<'_> {
        self.app.words(self.spoken)
    }

    /// All languages: tag and own name.
    #[must_use]
    pub fn all_langs(&self) -> Vec<(&'static str, &'static str)> {
        Lang::ALL.into_iter().map(|lang| (lang.code(), lang.own_name())).collect()
    }

    /// The other languages, for the switch: tag and own name.
    #[must_use]
    pub fn other_langs(&self) -> Vec<(&'static str, &'static str)> {
        let others = Lang::ALL.into_iter().filter(|lang| *lang != self.spoken);
        others.map(|lang| (lang.code(), lang.own_name())).collect()
    }

    /// A text.
    #[must_use]
    pub fn t(&self, id: &str) -> String {
        self.words().get(id)
    }

    /// A text with one argument.
    #[must_use]
    pub fn t1(&self, id: &str, name: &str, value: impl Display) -> String {
        self.words().with(id, &[(name, &value)])
    }

    /// A text with two arguments.
    #[must_use]
    pub fn t2(&self, id: &str, a: &str, x: impl Display, b: &str, y: impl Display) -> String {
        self.words().with(id, &[(a, &x), (b, &y)])
    }

    /// A text that depends on a count. Templates hand over references to any integer type; what those
    /// have in common is how they print.
    #[must_use]
    pub fn tn(&self, id: &str, n: impl Display) -> String {
        self.words().count(id, n.to_string().parse().unwrap_or(i64::MAX))
    }

    /// The time of this page, for its forms.
    #[must_use]
    pub fn stamp(&self) -> String {
        trap::stamp(&self.app, self.app.clock.now())
    }

    /// The address of a static file, with its hash.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        self.app.assets.url(name)
    }

    /// Whether this is the page at `path`.
    #[must_use]
    pub fn here(&self, path: &str) -> bool {
        self.path == path
    }
}

fn link(membership: &Membership) -> TenantLink {
    TenantLink {
        slug: membership.slug.clone(),
        initials: text::initials(&membership.name),
        name: membership.name.clone(),
        role: membership.role.word().to_owned(),
        team: membership.allows(Action::SeeTeam),
        audit: membership.allows(Action::SeeAudit),
    }
}

/// Notices come by id, so that a link can show only what we wrote ourselves.
fn notice(app: &App, op: &Op, view: &View) -> Option<Notice> {
    let wanted = view.notice.as_deref()?;
    let plain = wanted.len() < 40 && wanted.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let id = format!("notice-{wanted}");
    let words = app.words(op.lang);
    if !plain || !words.has(&id) {
        return None;
    }
    let tone = match wanted {
        "hardware-key-first" | "session-ended" | "password-old" | "factor-first"
        | "factor-first-own" | "sign-in-anew" | "not-me" | "location-refused" => "warn",
        "hardware-key" | "sign-in-first" | "signed-out" | "code-sent" => "info",
        _ => "ok",
    };
    Some(Notice { tone: tone.into(), text: words.get(&id) })
}

/// A refused field of a form, in words.
#[derive(Clone, Debug)]
pub struct FieldError {
    /// Which field.
    pub field: String,
    /// Why.
    pub text: String,
}

/// A form's values and what was refused.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// What was refused.
    pub errors: Vec<FieldError>,
    values: Vec<(&'static str, String)>,
}

impl Form {
    /// A form with values that stay in their fields. Never a password.
    pub fn with(values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self { errors: Vec::new(), values: values.into_iter().collect() }
    }

    /// The same form with refusals.
    #[must_use]
    pub fn refused(mut self, app: &App, op: &Op, invalid: &[Invalid]) -> Self {
        let words = app.words(op.lang);
        self.errors = invalid
            .iter()
            .map(|i| FieldError { field: i.field.to_owned(), text: words.get(i.text) })
            .collect();
        self
    }

    /// What stands in a field.
    #[must_use]
    pub fn value(&self, field: &str) -> &str {
        self.values.iter().find(|(name, _)| *name == field).map_or("", |(_, v)| v)
    }

    /// Why a field was refused.
    #[must_use]
    pub fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|e| e.field == field).map(|e| e.text.as_str())
    }
}

/// Tone and mark of a claim's state: a word and a silhouette, colour comes third.
#[must_use]
pub fn state_look(state: &str) -> (&'static str, &'static str) {
    match state {
        "proven" => ("ok", "s-proven"),
        "failing" => ("bad", "s-failing"),
        "mismatch" => ("warn", "s-mismatch"),
        "stale" => ("stale", "s-stale"),
        "attested" => ("info", "s-attested"),
        "attestation-expired" => ("warn", "s-expired"),
        "enforced" => ("info", "s-enforced"),
        "off" => ("plain", "s-off"),
        "planned" => ("plain", "s-planned"),
        "not-applicable" => ("plain", "s-na"),
        "not-built" => ("plain", "s-not-built"),
        "withdrawn" => ("plain", "s-withdrawn"),
        "running" => ("info", "s-now"),
        _ => ("plain", "s-unchecked"),
    }
}

/// Renders a page.
pub fn html(page: &impl Template) -> Result<Response, Failure> {
    html_with(StatusCode::OK, page)
}

/// Renders a page with another status: 422 for a form with refusals.
pub fn html_with(status: StatusCode, page: &impl Template) -> Result<Response, Failure> {
    let body =
        page.render().map_err(|e| Fault::because(FaultKind::Internal, "rendering a page", e))?;
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    Ok((status, kind, body).into_response())
}

/// Sends the browser on after a change, with a notice.
#[must_use]
pub fn done(path: &str, notice: &str) -> Response {
    Redirect::to(&format!("{path}?notice={notice}")).into_response()
}

/// Percent-encodes a value for a query.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A path on this site to go to after signing in; anything else becomes the dashboard.
#[must_use]
pub fn local_path(wanted: &str) -> &str {
    let plain = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && !wanted.contains('\\')
        && wanted.len() <= 512
        && wanted.bytes().all(|b| b.is_ascii_graphic());
    if plain { wanted } else { "/dashboard" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(local_path("/t/larkspur/team?x=1"), "/t/larkspur/team?x=1");
        for bad in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/a b",
            "javascript:x",
            "/\r\nSet-Cookie: x",
        ] {
            assert_eq!(local_path(bad), "/dashboard", "{bad:?}");
        }
    }
}
