//! The way into a tenant: every route that has one in its path comes through here.

use super::problem::{Failure, Problem};
use crate::Role;
use crate::app::App;
use crate::op::{Membership, Op};
use crate::rules::Rules;

/// The person's membership in the tenant of a path; 404 for whoever has none.
pub fn membership(app: &App, op: &Op, wanted: &str) -> Result<Membership, Failure> {
    let person = op.person().ok_or_else(Problem::not_signed_in)?;
    let Some(own) = app.memberships.find(app, person.account, wanted)? else {
        return supported(op, wanted).ok_or_else(|| Problem::not_found().into());
    };
    // A token for one tenant finds no other.
    if person.only.is_some_and(|tenant| tenant != own.tenant) {
        return Err(Problem::not_found().into());
    }
    // Here and nowhere else, so that sessions and tokens alike stay outside.
    if own.factor_wanted && !person.factor {
        return Err(Problem::factor_wanted().into());
    }
    if let Some(session) = person.session {
        app.memberships.note_visit(app, session, &own);
    }
    Ok(own)
}

/// What a support session opens instead.
fn supported(op: &Op, wanted: &str) -> Option<Membership> {
    let (person, support) = (op.person()?, op.support.as_ref()?);
    let meant = support.slug == wanted || support.tenant.to_string() == wanted;
    meant.then(|| Membership {
        account: person.account,
        tenant: support.tenant,
        slug: support.slug.clone(),
        name: support.name.clone(),
        region: support.region.clone(),
        role: Role::Viewer,
        rules: Rules::default(),
        factor_wanted: false,
        support: Some(support.grants),
    })
}
