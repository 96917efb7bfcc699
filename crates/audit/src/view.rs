//! What is looked for in the log, and by whom: all of it by staff, one tenant's part by that tenant's people.

use base::id::{AccountId, TenantId};
use base::{Fault, Timestamp};
use kernel::web::page::encode;
use kernel::web::problem::{Invalid, Problem};
use kernel::{App, Membership};
use serde::Deserialize;

use crate::entry::service::{self, Shown};
use crate::entry::store::Filter;

/// Whose part of the log somebody looks at.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    /// The tenant; all of the log without one.
    pub(crate) tenant: Option<TenantId>,
    /// The address of the page.
    pub(crate) base: String,
}

impl Scope {
    /// The whole log.
    pub(crate) fn platform() -> Self {
        Self { tenant: None, base: "/admin/audit".into() }
    }

    /// One tenant's part.
    pub(crate) fn tenant(own: &Membership) -> Self {
        Self { tenant: Some(own.tenant), base: format!("/t/{}/audit", own.slug) }
    }

    /// What was asked, as the store looks for it. Whatever tenant was asked for, a tenant's people find their own only.
    pub(crate) fn filter(&self, app: &App, asked: &Asked) -> Result<Filter, Fault> {
        let person = |typed: &Option<String>| {
            typed.as_deref().map(|t| service::resolve_person(app, t)).transpose()
        };
        let tenant = match self.tenant {
            Some(own) => Some(own.to_string()),
            None => asked.tenant.as_deref().map(|t| service::resolve_tenant(app, t)).transpose()?,
        };
        let index = |a: &str| app.blind_index("audit.address", a).to_vec();
        Ok(Filter {
            actor: person(&asked.actor)?,
            action: asked.action.clone(),
            target: person(&asked.target)?,
            tenant,
            result: asked.result.clone(),
            trace: asked.trace.clone(),
            address_index: asked.address.as_deref().map(index),
            from: asked.from.as_deref().and_then(Timestamp::parse),
            to: asked.to.as_deref().and_then(Timestamp::parse),
            words: asked.q.clone(),
        })
    }

    /// Takes out what a tenant's people may not know: where people who are not theirs came from. Who looks for an address
    /// does not find those at all, and nobody finds somebody forgotten by one.
    pub(crate) fn hide(
        &self,
        app: &App,
        mut found: Vec<Shown>,
        by_address: bool,
    ) -> Result<Vec<Shown>, Fault> {
        let tenant = self.tenant.map(|t| t.to_string());
        for (shown, tenant) in found.iter_mut().zip(tenant.iter().cycle()) {
            let own = match shown.entry.actor.parse::<AccountId>() {
                Ok(account) => app.memberships.find(app, account, tenant)?.is_some(),
                Err(_) => false,
            };
            if !own {
                shown.hide_place();
            }
        }
        found.retain(|shown| !by_address || !shown.is_hidden());
        Ok(found)
    }

    /// A page of what is found, newest first, and the number where the next one begins. Who looks for an address learns
    /// nothing of rows that are hidden, not even that there are any.
    pub(crate) fn page(
        &self,
        app: &App,
        asked: &Asked,
        limit: i64,
    ) -> Result<(Vec<Shown>, Option<i64>), Fault> {
        let (filter, by_address) = (self.filter(app, asked)?, asked.address.is_some());
        let wanted = usize::try_from(limit).unwrap_or_default();
        let (mut seen, mut before) = (Vec::new(), asked.cursor);
        loop {
            let found = service::page(app, &filter, before, limit)?;
            let full = found.len() == wanted;
            before = found.last().map(|shown| shown.seq);
            seen.extend(self.hide(app, found, by_address)?);
            if !full || seen.len() >= wanted {
                break;
            }
        }
        seen.truncate(wanted);
        let next = seen.last().filter(|_| seen.len() == wanted).map(|shown| shown.seq);
        Ok((seen, next))
    }

    /// One entry, if it is in this part of the log.
    pub(crate) fn one(&self, app: &App, id: &str) -> Result<Option<Shown>, Fault> {
        let found = service::one(app, id)?.filter(|shown| match self.tenant {
            Some(own) => shown.entry.tenant == Some(own.to_string()),
            None => true,
        });
        Ok(self.hide(app, found.into_iter().collect(), false)?.pop())
    }
}

/// What is asked for, as the words of the API's query.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    pub(crate) actor: Option<String>,
    pub(crate) action: Option<String>,
    pub(crate) target: Option<String>,
    pub(crate) tenant: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) result: Option<String>,
    pub(crate) trace: Option<String>,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) q: Option<String>,
    pub(crate) cursor: Option<i64>,
    pub(crate) limit: Option<usize>,
    pub(crate) format: Option<String>,
}

impl Asked {
    /// Refuses a date that is none, instead of leaving it out of account.
    pub(crate) fn check_dates(&self) -> Result<(), Problem> {
        for (field, value) in [("from", &self.from), ("to", &self.to)] {
            if value.as_deref().is_some_and(|v| Timestamp::parse(v).is_none()) {
                return Err(Problem::invalid(vec![Invalid::new(field, "error-date")]));
            }
        }
        Ok(())
    }

    /// `actor:x action:y words`: the last of each qualifier counts, the rest are words.
    pub(crate) fn typed(q: &str) -> Self {
        let mut asked = Self::default();
        let mut words = Vec::new();
        for part in q.split_whitespace() {
            match part.split_once(':') {
                Some((name, value)) if !value.is_empty() => match asked.slot(name) {
                    Some(slot) => *slot = Some(value.to_owned()),
                    None => words.push(part),
                },
                _ => words.push(part),
            }
        }
        if !words.is_empty() {
            asked.q = Some(words.join(" "));
        }
        asked
    }

    fn slot(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "action" => &mut self.action,
            "actor" => &mut self.actor,
            "address" => &mut self.address,
            "from" | "after" => &mut self.from,
            "result" => &mut self.result,
            "target" => &mut self.target,
            "tenant" => &mut self.tenant,
            "to" | "before" => &mut self.to,
            "trace" => &mut self.trace,
            _ => return None,
        })
    }
}

/// A qualifier of the box, and the box without it.
pub(crate) struct Chip {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) without: String,
}

/// The qualifiers in a box, each with the address that takes it away.
pub(crate) fn chips(base: &str, q: &str) -> Vec<Chip> {
    let parts: Vec<&str> = q.split_whitespace().collect();
    let without = |at: usize| {
        let rest: Vec<&str> =
            parts.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, p)| *p).collect();
        format!("{base}?q={}", encode(&rest.join(" ")))
    };
    let chip = |(at, part): (usize, &&str)| {
        let (name, value) = part.split_once(':')?;
        Asked::default().slot(name)?;
        Some(Chip { name: name.to_owned(), value: value.to_owned(), without: without(at) })
    };
    parts.iter().enumerate().filter_map(chip).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_understands_qualifiers_and_words() {
        let asked =
            Asked::typed("action:session actor:mara@x.example colour:red  from:2026-11-16 key");
        assert_eq!(asked.action.as_deref(), Some("session"));
        assert_eq!(asked.actor.as_deref(), Some("mara@x.example"));
        assert_eq!(asked.from.as_deref(), Some("2026-11-16"));
        assert_eq!(asked.q.as_deref(), Some("colour:red key"));
    }

    #[test]
    fn a_chip_takes_itself_away_and_leaves_the_rest() {
        let all = chips("/admin/audit", "action:session result:refused key");
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].without, "/admin/audit?q=result%3Arefused%20key");
    }
}
