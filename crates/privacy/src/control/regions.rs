//! Data lies in its region, and no request puts it elsewhere.

use std::path::{Path, PathBuf};

use base::Fault;
use hyper::{Method, StatusCode};
use kernel::control::{
    Break, Control, Counter, Falsification, Needs, Probing, Promise, Safety, Session, Unable,
    Vantage, unable,
};
use kernel::inspect::Weakness;
use serde_json::{Value, json};

/// PRV-04.
pub(super) const REGION: Control = Control {
    safety: Safety::S1,
    needs: Needs::BOTH,
    configuration: &["data", "privacy"],
    routes: &["create_tenant", "change_tenant", "show_tenant", "list_data_locations"],
    asvs: &["V14.2.4"],
    ..Control::live(
        ("privacy.region", "PRV-04"),
        Promise::none("data outside its region"),
        |vantage| -> Probing<'_> { Box::pin(look_and_move(vantage)) },
        Falsification {
            name: "a_copy_in_another_region",
            by: Break::State { plant: copy_elsewhere, mend: remove_copy },
        },
    )
};

const DESK: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
const ELSEWHERE: &str = "elsewhere";

async fn look_and_move(vantage: &Vantage) -> Result<(), Unable> {
    let session = vantage.sign_in(0, DESK).await?;
    let looked = look(vantage, &session).await;
    vantage.sign_out(session).await;
    vantage.measured_violations();
    looked
}

async fn look(vantage: &Vantage, session: &Session) -> Result<(), Unable> {
    let (inspector, own) = (vantage.inspector()?, vantage.canary(0)?);
    let tenant = format!("/api/v1/tenants/{}", own.slug);
    let settings = session.door.get(&tenant).await.map_err(unable)?.json();
    vantage.tried(
        "ask for the region",
        "that of its founding",
        settings["region"] != own.region.as_str(),
    );
    let public = vantage.door(DESK).get("/api/v1/data-locations").await.map_err(unable)?.json();
    let listed = public["items"].as_array().into_iter().flatten();
    let listed = listed.filter(|r| r["region"] == own.region.as_str()).count();
    vantage.tried("look for the region on the public page", "it is there", listed != 1);
    let files = inspector.files()?;
    for canary in &vantage.canaries {
        let own = inspector.tenant_path(canary.tenant, &canary.region);
        vantage.tried("look for a tenant’s file in its region", "it is there", !own.is_file());
        let id = canary.tenant.to_string();
        let stray = files.iter().filter(|f| is_of(f, &id) && f.parent() != own.parent()).count();
        let step = "look for it in every other folder";
        vantage.tried_many(step, "nothing", 1, u64::from(stray > 0));
    }
    elsewhere(vantage, session, &tenant, &settings).await
}

fn is_of(file: &Path, tenant: &str) -> bool {
    file.file_name().is_some_and(|n| n.to_string_lossy().starts_with(tenant))
}

/// Asks for another region, at the founding and later.
async fn elsewhere(
    vantage: &Vantage,
    session: &Session,
    tenant: &str,
    settings: &Value,
) -> Result<(), Unable> {
    for region in [ELSEWHERE, "", "../local", "LOCAL", "local/../elsewhere"] {
        let body = json!({ "name": "Elsewhere", "region": region });
        let path = "/api/v1/tenants";
        let made = session.door.json(Method::POST, path, &body).await.map_err(unable)?;
        vantage.tried("found a tenant elsewhere", "refused", made.status.is_success());
    }
    let body = json!({ "name": settings["name"], "description": settings["description"],
        "contact": settings["contact"], "region": ELSEWHERE });
    let moved = session.door.json(Method::PUT, tenant, &body).await.map_err(unable)?;
    vantage.tried("move a tenant elsewhere", "refused", moved.status.is_success());
    let after = session.door.get(tenant).await.map_err(unable)?;
    let stays = after.status == StatusCode::OK && after.json()["region"] == settings["region"];
    vantage.tried("ask for the region again", "the same", !stays);
    Ok(())
}

fn copy_elsewhere(shadow: &Counter<'_>) -> Result<Weakness, Fault> {
    let (from, to) = copy(shadow)?;
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::copy(from, to)?;
    Ok(Weakness::None)
}

fn remove_copy(shadow: &Counter<'_>) -> Result<(), Fault> {
    let (_, to) = copy(shadow)?;
    Ok(std::fs::remove_file(to)?)
}

fn copy(shadow: &Counter<'_>) -> Result<(PathBuf, PathBuf), Fault> {
    let canary = shadow.canaries.first().ok_or_else(|| Fault::internal("no canary"))?;
    let tenants = shadow.app.store.folder().join("tenants");
    let name = format!("{}.db", canary.tenant);
    Ok((tenants.join(&canary.region).join(&name), tenants.join(ELSEWHERE).join(&name)))
}
