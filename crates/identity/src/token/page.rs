//! The page of access tokens.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use base::Timestamp;
use base::id::TokenId;
use kernel::scope::{Scope, Scopes};
use kernel::text::Words;
use kernel::web::body::Form;
use kernel::web::page::{self, Shell, View, done, html, html_with};
use kernel::web::problem::{Failure, Problem};
use kernel::web::route::{Access, Route};
use kernel::{App, Op};

use super::service::{self, Shown, Typed};
use crate::problem::Refused;

pub(crate) fn routes() -> Vec<Route> {
    use Access::Person;
    vec![
        Route::page("/dashboard/tokens", "tokens", Person, get(tokens).post(create)),
        Route::page("/dashboard/tokens/{id}/revoke", "tokens_revoke", Person, post(revoke)),
    ]
}

struct TokenRow {
    id: String,
    name: String,
    /// What it may, and where.
    may: String,
    created_at: Timestamp,
    expires_at: Timestamp,
    last_used_at: Option<Timestamp>,
    state: String,
}

struct ScopeChoice {
    word: &'static str,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "tokens.html")]
struct TokensPage {
    shell: Shell,
    tokens: Vec<TokenRow>,
    scopes: Vec<ScopeChoice>,
    /// Slug and name of those that it can be made for alone.
    tenants: Vec<(String, String)>,
    form: page::Form,
    fresh: Option<String>,
}

/// Rows on the page; the API lists all.
const TOKEN_ROWS: usize = 100;

fn tokens_page(
    app: &Arc<App>,
    op: &Op,
    view: &View,
    (form, typed): (page::Form, &Typed),
    fresh: Option<String>,
) -> Result<TokensPage, Failure> {
    let words = app.words(op.lang);
    let staff = op.person().is_some_and(|p| p.staff);
    let account = op.person().ok_or_else(Problem::not_signed_in)?.account;
    let own = app.memberships.of(app, account)?;
    let row = |t: Shown| TokenRow {
        id: t.id.to_string(),
        may: may(words, &t, |id| own.iter().find(|m| m.tenant == id).map(|m| m.name.clone())),
        name: t.name,
        created_at: t.made_at,
        expires_at: t.expires_at,
        last_used_at: t.last_used_at,
        state: t.state.to_owned(),
    };
    let choice = |scope: Scope| ScopeChoice {
        word: scope.word(),
        label: label(words, scope),
        chosen: typed.scopes.iter().any(|word| word == scope.word()),
    };
    Ok(TokensPage {
        shell: Shell::new(app, op, view, "title-tokens")?,
        tokens: service::list(app, op)?.into_iter().take(TOKEN_ROWS).map(row).collect(),
        scopes: Scope::ALL.into_iter().filter(|s| staff || !s.is_of_staff()).map(choice).collect(),
        tenants: own.into_iter().map(|m| (m.slug, m.name)).collect(),
        form,
        fresh,
    })
}

fn label(words: Words<'_>, scope: Scope) -> String {
    words.get(match scope {
        Scope::AccountRead => "scope-account-read",
        Scope::AccountWrite => "scope-account-write",
        Scope::TenantRead => "scope-tenant-read",
        Scope::TenantWrite => "scope-tenant-write",
        Scope::TenantAdmin => "scope-tenant-admin",
        Scope::AuditRead => "scope-audit-read",
        Scope::PlatformRead => "scope-platform-read",
        Scope::PlatformWrite => "scope-platform-write",
    })
}

fn may(
    words: Words<'_>,
    token: &Shown,
    name: impl Fn(base::id::TenantId) -> Option<String>,
) -> String {
    let all = if token.scopes == Scopes::ALL {
        words.get("scope-all")
    } else {
        let those = Scope::ALL.into_iter().filter(|scope| token.scopes.has(*scope));
        those.map(|scope| label(words, scope)).collect::<Vec<_>>().join(" · ")
    };
    match token.only {
        None => all,
        Some(tenant) => {
            let tenant = name(tenant).unwrap_or_else(|| words.get("tokens-only-gone"));
            format!("{tenant}: {all}")
        }
    }
}

/// What is chosen before anybody chooses: looking, and nothing else.
fn fresh_form() -> (page::Form, Typed) {
    let scopes = vec![Scope::TenantRead.word().to_owned()];
    (page::Form::default(), Typed { scopes, ..Typed::default() })
}

async fn tokens(State(app): State<Arc<App>>, op: Op, view: View) -> Result<Response, Failure> {
    let (form, typed) = fresh_form();
    html(&tokens_page(&app, &op, &view, (form, &typed), None)?)
}

/// A form's fields: `name`, `expires_in_days`, `tenant`, and `scope-WORD` for each that is ticked.
fn typed(fields: Vec<(String, String)>) -> Typed {
    let mut typed = Typed::default();
    for (field, value) in fields {
        match field.as_str() {
            "name" => typed.name = value,
            "expires_in_days" => typed.days = value.parse().unwrap_or(0),
            "tenant" => typed.only = value,
            field => typed.scopes.extend(field.strip_prefix("scope-").map(str::to_owned)),
        }
    }
    typed
}

async fn create(
    State(app): State<Arc<App>>,
    op: Op,
    view: View,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let typed = typed(fields);
    match service::create(&app, &op, &typed).await {
        // Shown in the answer itself: a redirect would have to carry the secret somewhere.
        Ok(created) => {
            let fresh = Some(created.token.reveal().clone());
            let (form, typed) = fresh_form();
            html(&tokens_page(&app, &op, &view, (form, &typed), fresh)?)
        }
        Err(Refused::Invalid(invalid)) => {
            let kept = page::Form::with([
                ("name", typed.name.clone()),
                ("expires_in_days", typed.days.to_string()),
                ("tenant", typed.only.clone()),
            ]);
            let kept = kept.refused(&app, &op, &invalid);
            let page = tokens_page(&app, &op, &view, (kept, &typed), None)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn revoke(
    State(app): State<Arc<App>>,
    op: Op,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: TokenId = id.parse().map_err(|_| Problem::not_found())?;
    service::revoke(&app, &op, id).await?;
    Ok(done("/dashboard/tokens", "token-revoked"))
}
