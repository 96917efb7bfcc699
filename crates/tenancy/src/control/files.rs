//! A database of its own for each tenant, under a key of its own, unreadable without it.

use std::collections::HashSet;
use std::os::unix::fs::MetadataExt;
use std::sync::Mutex;

use base::{Fault, FaultKind};
use crypt::{Key, seal};
use kernel::control::{
    Break, Canary, Control, Counter, Falsification, Method as How, Needs, Probing, Promise, Risk,
    Safety, Unable, Vantage, blocking,
};
use kernel::inspect::Weakness;

use super::store;

/// Tenants whose files and keys are compared in one run.
const TENANTS_MAX: usize = 20_000;

/// TEN-01.
pub(super) const OWN_DATABASE: Control = Control {
    id: "tenancy.own_database",
    version: 1,
    claim: "TEN-01",
    promised: Promise::none("shared databases and foreign rows"),
    method: How::Live,
    safety: Safety::S0,
    risk: Risk::High,
    needs: Needs::BOTH,
    configuration: &["data"],
    routes: &["create_tenant", "change_tenant"],
    asvs: &["V8.4.1"],
    probe: |vantage| -> Probing<'_> { Box::pin(async { blocking(|| own_database(vantage)) }) },
    falsification: Falsification {
        name: "a_row_of_one_tenant_in_the_file_of_another",
        by: Break::State {
            plant: |shadow| {
                let [a, b] = pair(shadow)?;
                let db = file(shadow, a)?;
                store::plant_foreign_text(&shadow.app.store, &db, &b.bait)?;
                Ok(Weakness::None)
            },
            mend: |shadow| {
                let [a, b] = pair(shadow)?;
                let db = file(shadow, a)?;
                store::mend_foreign_text(&shadow.app.store, &db, &b.bait)
            },
        },
    },
};

/// TEN-05.
pub(super) const OWN_KEY: Control = Control {
    id: "tenancy.own_key",
    version: 1,
    claim: "TEN-05",
    promised: Promise::none("files and records that open with another key"),
    method: How::Live,
    safety: Safety::S0,
    risk: Risk::Low,
    needs: Needs::BOTH,
    configuration: &["data", "master_key_file"],
    routes: &["create_tenant", "change_tenant"],
    asvs: &["V11.3.2"],
    probe: |vantage| -> Probing<'_> { Box::pin(async { blocking(|| own_key(vantage)) }) },
    falsification: Falsification {
        name: "two_tenants_with_one_key",
        by: Break::State { plant: plant_shared_key, mend: mend_shared_key },
    },
};

/// TEN-06.
pub(super) const UNREADABLE: Control = Control {
    id: "tenancy.storage_unreadable",
    version: 1,
    claim: "TEN-06",
    promised: Promise::none("bait found in raw storage"),
    method: How::Live,
    safety: Safety::S0,
    risk: Risk::Low,
    needs: Needs::BOTH,
    configuration: &["data"],
    routes: &["create_tenant", "change_tenant"],
    asvs: &["V11.3.2"],
    probe: |vantage| -> Probing<'_> { Box::pin(async { blocking(|| unreadable(vantage)) }) },
    falsification: Falsification {
        name: "a_copy_in_the_clear_beside_the_data",
        by: Break::State {
            plant: |shadow| {
                let [a, _] = pair(shadow)?;
                std::fs::write(leak(shadow), &a.bait)?;
                Ok(Weakness::None)
            },
            mend: |shadow| Ok(std::fs::remove_file(leak(shadow))?),
        },
    },
};

fn pair<'a>(shadow: &Counter<'a>) -> Result<[&'a Canary; 2], Fault> {
    match shadow.canaries {
        [a, b, ..] => Ok([a, b]),
        _ => Err(Fault::internal("a shadow without two canaries")),
    }
}

fn file(shadow: &Counter<'_>, canary: &Canary) -> Result<::store::Db, Fault> {
    let db = shadow.app.tenant_db_for_task(canary.tenant, canary.region.clone())?;
    Ok(db.db().clone())
}

fn leak(shadow: &Counter<'_>) -> std::path::PathBuf {
    shadow.app.store.folder().join("export.txt")
}

fn own_database(vantage: &Vantage) -> Result<(), Unable> {
    let inspector = vantage.inspector()?;
    let mut seen = HashSet::new();
    let (mut tenants, mut shared) = (0, 0);
    for (tenant, region) in inspector.places()?.into_iter().take(TENANTS_MAX) {
        tenants += 1;
        let found = std::fs::metadata(inspector.tenant_path(tenant, &region));
        // Two names of one file are one database.
        let own = found.is_ok_and(|m| seen.insert((m.dev(), m.ino())));
        shared += u64::from(!own);
    }
    vantage.tried_many("look for a tenant's database", "a file of its own", tenants, shared);
    for (own, other) in [(0, 1), (1, 0)] {
        let (own, other) = (vantage.canary(own)?, vantage.canary(other)?);
        let bait = |c: &Canary| vec![c.bait.clone().into_bytes()];
        if inspector.scan_tenant(own.tenant, &own.region, &bait(own))?.hits == 0 {
            return Err(Unable::because("a canary's own bait is not in its file"));
        }
        let foreign = vec![other.bait.clone().into_bytes(), other.tenant.to_string().into_bytes()];
        let scan = inspector.scan_tenant(own.tenant, &own.region, &foreign)?;
        let step = "search a cell of one tenant's database for another tenant";
        vantage.tried_many(step, "not there", scan.items, scan.hits);
    }
    vantage.measured_violations();
    Ok(())
}

fn own_key(vantage: &Vantage) -> Result<(), Unable> {
    let inspector = vantage.inspector()?;
    let mut seen = HashSet::new();
    let (mut tenants, mut shared) = (0, 0);
    for (tenant, _) in inspector.places()?.into_iter().take(TENANTS_MAX) {
        tenants += 1;
        let key = inspector.tenant_key(tenant)?;
        shared += u64::from(!seen.insert(crypt::sha256(&[key.bytes()])));
    }
    vantage.tried_many("compare a tenant's key", "no other tenant has it", tenants, shared);
    for (own, other) in [(0, 1), (1, 0)] {
        let (own, other) = (vantage.canary(own)?, vantage.canary(other)?);
        let (own_key, other_key) =
            (inspector.tenant_key(own.tenant)?, inspector.tenant_key(other.tenant)?);
        let opens = |key: Option<&Key>| inspector.copy_opens(own.tenant, &own.region, key);
        let step = "open a copy of a tenant's file with the key of another";
        vantage.tried(step, "it does not open", opens(Some(&other_key))?);
        vantage.tried("open a copy of a tenant's file without a key", "no", opens(None)?);
        swap(vantage, &own_key, &other_key);
        if !opens(Some(&own_key))? {
            return Err(Unable::because("a tenant's file does not open with its own key"));
        }
    }
    vantage.measured_violations();
    Ok(())
}

/// A sealed record opens under its own key and in its own place only.
fn swap(vantage: &Vantage, own: &Key, other: &Key) {
    let (here, there) = (["record", "text", "1"], ["record", "text", "2"]);
    let sealed = seal::seal(own, &here, b"a record of one tenant", &*vantage.rng);
    let step = "open a sealed record with the key of another tenant";
    vantage.tried(step, "it does not open", seal::open(other, &here, &sealed).is_ok());
    let step = "open a sealed record in another place";
    vantage.tried(step, "it does not open", seal::open(own, &there, &sealed).is_ok());
}

fn unreadable(vantage: &Vantage) -> Result<(), Unable> {
    let inspector = vantage.inspector()?;
    let mut needles = Vec::new();
    for canary in &vantage.canaries {
        let bait = canary.bait.clone().into_bytes();
        let found =
            inspector.scan_tenant(canary.tenant, &canary.region, std::slice::from_ref(&bait))?;
        if found.hits == 0 {
            return Err(Unable::because("a canary's bait is not in its tenant's data"));
        }
        needles.push(bait);
        needles.push(canary.email.clone().into_bytes());
        needles.push(canary.password.reveal().clone().into_bytes());
    }
    let scan = inspector.scan_files(&needles)?;
    let step = format!("search a raw file without any key ({} bytes in all)", scan.bytes);
    vantage.tried_many(&step, "no bait, no address, no password", scan.items, scan.hits);
    vantage.measured_violations();
    Ok(())
}

/// The second tenant's own key, while it has that of the first.
#[derive(Default)]
struct Kept(Mutex<Option<Key>>);

fn plant_shared_key(shadow: &Counter<'_>) -> Result<Weakness, Fault> {
    let [a, b] = pair(shadow)?;
    let keys = shadow.app.store.keys();
    let (first, second) = (keys.get(&a.tenant.to_string())?, keys.get(&b.tenant.to_string())?);
    shadow.app.store.plant_key(&b.tenant.to_string(), &first)?;
    let kept = shadow.app.kept.get(Kept::default);
    *kept.0.lock().map_err(|_| Fault::internal("a poisoned lock"))? = Some(second);
    Ok(Weakness::None)
}

fn mend_shared_key(shadow: &Counter<'_>) -> Result<(), Fault> {
    let [_, b] = pair(shadow)?;
    let kept = shadow.app.kept.get(Kept::default);
    let key = kept.0.lock().map_err(|_| Fault::internal("a poisoned lock"))?.take();
    let key = key.ok_or_else(|| Fault::new(FaultKind::Internal, "no key was kept"))?;
    shadow.app.store.plant_key(&b.tenant.to_string(), &key)
}
