//! Calls to routes of administrators, the platform's and a tenant's, that were refused: the log hears of them.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use base::id::TenantId;

use super::cross::{self, Admitted};
use super::guard::named_tenant;
use super::route::Access;
use crate::app::{App, RefusedCall};
use crate::op::Op;

/// A call, as far as it has to be known when it is refused.
pub(super) struct Call {
    access: Access,
    method: Method,
    route: MatchedPath,
    uri: Uri,
    /// Where another site's page that calls is from.
    origin: Option<HeaderValue>,
}

impl Call {
    /// Nothing, where no administrator is asked for.
    pub(super) fn of(app: &App, access: Access, request: &Request) -> Option<Self> {
        if !matches!(access, Access::Staff | Access::Tenant { .. }) {
            return None; // before anything is copied: most calls are of this kind
        }
        let route = request.extensions().get::<MatchedPath>()?.clone();
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let of_a_page = cross::is_call(request, || app.cookie_name());
        let origin = request.headers().get(header::ORIGIN).filter(|_| of_a_page).cloned();
        Some(Self { access, method, route, uri, origin })
    }

    /// Notes it if it was refused by its route: the role or the credential does not allow it, or whoever asks is no member.
    /// What is not there, and what was typed wrongly, is no refusal. What was let in
    /// from an origin that is not listed is told as well.
    pub(super) fn note_answer(
        &self,
        app: &Arc<App>,
        op: &Op,
        status: StatusCode,
        from: Option<&Admitted>,
    ) {
        if from.is_some_and(|f| f.unlisted) {
            app.records.reported(app, op, self.told(app, op, status));
        }
        let forbidden = status == StatusCode::FORBIDDEN;
        let hidden = status == StatusCode::NOT_FOUND && self.is_a_strangers(app, op);
        if forbidden || hidden {
            self.note(app, op, status);
        }
    }

    /// Notes it.
    pub(super) fn note(&self, app: &Arc<App>, op: &Op, status: StatusCode) {
        app.records.refused(app, op, self.told(app, op, status));
    }

    fn told(&self, app: &App, op: &Op, status: StatusCode) -> RefusedCall {
        let named = named_tenant(self.route.as_str(), self.uri.path());
        let own = named
            .as_deref()
            .zip(op.person())
            .and_then(|(n, p)| app.memberships.find(app, p.account, n).ok().flatten())
            .map(|m| m.tenant)
            // What staff try in a support session is that tenant's affair.
            .or_else(|| self.supported(op));
        let other = match (own, named.as_deref()) {
            (None, Some(named)) => app.memberships.tenant(app, named).ok().flatten().map(|t| t.id),
            _ => None,
        };
        let origin = self.origin.as_ref();
        RefusedCall {
            method: self.method.to_string(),
            route: self.route.as_str().to_owned(),
            status: status.as_u16(),
            tenant: own,
            other,
            // A page chooses no header freely, but a program does.
            origin: origin
                .map(|o| String::from_utf8_lossy(o.as_bytes()).chars().take(300).collect()),
        }
    }

    fn is_a_strangers(&self, app: &App, op: &Op) -> bool {
        let tenant = matches!(self.access, Access::Tenant { .. });
        let named = named_tenant(self.route.as_str(), self.uri.path());
        let (Some(person), Some(named), true) = (op.person(), named, tenant) else { return false };
        let Ok(member) = app.memberships.find(app, person.account, &named) else { return false };
        // To a token for one tenant, its person's others are strangers' too.
        let closed = member.is_none_or(|m| person.only.is_some_and(|tenant| tenant != m.tenant));
        closed && self.supported(op).is_none()
    }

    /// The tenant that the path names, if it is the one of the caller's support session.
    fn supported(&self, op: &Op) -> Option<TenantId> {
        let named = named_tenant(self.route.as_str(), self.uri.path())?;
        let support = op.support.as_ref()?;
        let meant = support.slug == named || support.tenant.to_string() == named;
        meant.then_some(support.tenant)
    }
}
