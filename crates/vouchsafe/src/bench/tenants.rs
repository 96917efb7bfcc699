//! A thousand tenant files open at once: memory.

use std::sync::Arc;

use anyhow::Result;
use base::id::TenantId;
use base::{Clock, Fault};
use crypt::SystemRng;
use store::{Outbox, Store, TenantAccess, TenantDb};

use super::child::Scratch;
use super::commits::{open, words};
use super::{Figure, limits};
use crate::clock::SystemClock;

const TENANTS: usize = 1_000;

/// A new tenant with its file.
pub(super) async fn make(store: &Arc<Store>) -> Result<TenantDb> {
    let id = TenantId::new(SystemClock.now(), &SystemRng);
    store.keys().create(&id.to_string()).await.map_err(words)?;
    let access = TenantAccess::decided_by_kernel(id, "local".into());
    store.create_tenant(&access).map_err(words)
}

pub(super) async fn measure() -> Result<Vec<Figure>> {
    let scratch = Scratch::new("tenants")?;
    let before = limits::resident_mib(std::process::id())?;
    let store = open(&scratch)?;
    let mut open_files = Vec::with_capacity(TENANTS);
    for _ in 0..TENANTS {
        let tenant = make(&store).await?;
        tenant.read(|tx| Outbox::waiting(tx).map(drop)).map_err(|f: Fault| words(f))?;
        open_files.push(tenant);
    }
    let after = limits::resident_mib(std::process::id())?;
    let value = after - before;
    Ok(vec![Figure {
        profile: "tenants",
        figure: "memory of 1,000 open tenants, each with a writer and a reader",
        value,
        unit: "MiB",
        limit: None,
        goal: "at most 400 MiB",
        met: Some(value <= 400.0 && store.open_tenants() == TENANTS),
    }])
}
