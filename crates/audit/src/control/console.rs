//! WEB-02: staff work with the log on its page: find, open, take along; and nobody else does.

use hyper::StatusCode;
use kernel::control::{
    Break, Control, Falsification, Needs, Probing, Promise, Safety, Tamper, Unable, Vantage,
    unable, until,
};
use kernel::door::{Answer, Door, Request};

use super::read::{DESK, PLANTED, newest, plant, text};

pub(crate) const CONSOLE: Control = Control {
    safety: Safety::S3,
    needs: Needs::SHADOW,
    routes: &["admin_audit", "admin_audit_export", "admin_audit_archive"],
    ..Control::live(
        ("audit.console", "WEB-02"),
        Promise::none("steps with the log that the page refused staff, or did not refuse others"),
        |vantage| -> Probing<'_> { Box::pin(work_with_it(vantage)) },
        Falsification { name: "page_without_its_links", by: Break::Answers(|| Box::new(Bare)) },
    )
};

async fn work_with_it(vantage: &Vantage) -> Result<(), Unable> {
    let (staff, own) = (vantage.staff(DESK).await?, vantage.canary(0)?);
    let before = newest(&staff, &own.slug).await?["id"].clone();
    let owner = vantage.sign_in(0, DESK).await?;
    let tried = plant_and_refuse(vantage, &owner).await;
    vantage.sign_out(owner).await;
    tried?;
    let entry = until("what was planted", || async {
        let entry = newest(&staff, &own.slug).await?;
        Ok((entry["id"] != before).then_some(entry))
    })
    .await?;
    find_and_open(vantage, &staff, &text(&entry, "id")).await?;
    vantage.measured_violations();
    Ok(())
}

/// Plants an entry, and tries the page as a customer and as nobody.
async fn plant_and_refuse(
    vantage: &Vantage,
    owner: &kernel::control::Session,
) -> Result<(), Unable> {
    plant(vantage, owner, 0).await?;
    let nobody = vantage.unwatched(DESK);
    for path in ["/admin/audit", "/admin/audit/export", "/admin/audit/archive"] {
        let answer = owner.door.page(path).await.map_err(unable)?;
        let let_in = answer.status != StatusCode::NOT_FOUND;
        vantage.tried("open it as a customer", "not found", let_in);
        let answer = nobody.page(path).await.map_err(unable)?;
        let sent = answer.headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or("");
        vantage.tried("open it as nobody", "sent to the sign-in", !sent.starts_with("/login"));
    }
    Ok(())
}

/// From link to link, as a browser would go.
async fn find_and_open(vantage: &Vantage, staff: &Door, id: &str) -> Result<(), Unable> {
    let page = body(staff, "/admin/tenants").await?;
    vantage.tried("look for the way to the log", "it is there", !page.contains("\"/admin/audit\""));
    let page = body(staff, "/admin/audit").await?;
    let form = page.contains("role=\"search\"") && page.contains("name=\"q\"");
    vantage.tried("look for the box of the filter", "it is there", !form);
    let slug = &vantage.canary(0)?.slug;
    let q = kernel::web::page::encode(&format!("tenant:{slug} action:{PLANTED}"));
    let found = body(staff, &format!("/admin/audit?q={q}")).await?;
    let link = links(&found).find(|l| l.contains(id));
    vantage.tried("filter for what was planted", "its link is there", link.is_none());
    if let Some(link) = link {
        let shown = body(staff, &link).await?;
        let open = shown.contains("id=\"event\"") && shown.contains("entry-json");
        vantage.tried("open the entry", "it is shown", !open);
    }
    let chips = links(&found).filter(|l| l.starts_with("/admin/audit?q=") && !l.contains("event="));
    let chip = chips.into_iter().find(|l| l.contains(slug.as_str()) && !l.contains(PLANTED));
    vantage.tried("look for a chip that takes the action out", "it is there", chip.is_none());
    for format in ["csv", "json", "ndjson"] {
        let there = |l: &String| l.starts_with("/admin/audit/export?") && l.ends_with(format);
        let link = links(&found).find(there);
        let file = match &link {
            Some(link) => body(staff, link).await?,
            None => String::new(),
        };
        // Of the kind that is filtered for, and none of another.
        let right = file.contains(id) && !file.contains("session.opened");
        vantage.tried("export what is shown", "just that", !right);
    }
    let link = links(&found).find(|l| l == "/admin/audit/archive");
    let file = match &link {
        Some(link) => body(staff, link).await?,
        None => String::new(),
    };
    let whole = ledger::archive::check(file.as_bytes(), None);
    let has = whole.is_ok_and(|w| w.entries.contains_key(id));
    vantage.tried("take the whole log along", "whole, with the entry", !has);
    Ok(())
}

/// Where the links of a page lead.
fn links(page: &str) -> impl Iterator<Item = String> + '_ {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.map(|l| l.replace("&amp;", "&").replace("&#38;", "&"))
}

async fn body(staff: &Door, path: &str) -> Result<String, Unable> {
    let answer = staff.page(path).await.map_err(unable)?;
    if answer.status != StatusCode::OK {
        return Err(Unable::because(format!("{path} was answered {}", answer.status)));
    }
    Ok(String::from_utf8_lossy(&answer.body).into_owned())
}

/// A page of which no entry can be opened.
struct Bare;

impl Tamper for Bare {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.starts_with("/admin/audit?") {
            let text = String::from_utf8_lossy(&answer.body).replace("event=", "");
            answer.body = text.into();
        }
        answer
    }
}
