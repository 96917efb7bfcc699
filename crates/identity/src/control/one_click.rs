//! A session is ended from the list with one click.

use kernel::control::{
    Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk, Safety, Session,
    Unable, Vantage, unable,
};

use super::sessions::StillAnswers;
use super::step::DESK;

/// WEB-04.
pub(super) const ONE_CLICK: Control = Control {
    id: "identity.session_one_click",
    version: 1,
    claim: "WEB-04",
    promised: Promise { name: "clicks", value: 1.0, unit: "", direction: "=" },
    method: How::Live,
    safety: Safety::S1,
    risk: Risk::Medium,
    needs: Needs::CANARIES,
    configuration: &["session"],
    routes: &["sessions"],
    asvs: &["V7.5.2"],
    probe: |vantage| -> Probing<'_> { Box::pin(click(vantage)) },
    falsification: Falsification {
        name: "sessions_that_outlive_the_click",
        by: Break::Answers(|| Box::new(StillAnswers::default())),
    },
};

/// Clicks after which a probe gives up.
const PATIENCE: u32 = 3;

async fn click(vantage: &Vantage) -> Result<(), Unable> {
    let first = vantage.sign_in(0, DESK).await?;
    let done = end_another(vantage, &first).await;
    vantage.sign_out(first).await;
    done
}

async fn end_another(vantage: &Vantage, first: &Session) -> Result<(), Unable> {
    let other = vantage.sign_in(0, "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0").await?;
    if !answers(&other).await? {
        return Err(Unable::because("a fresh session was not let in"));
    }
    let page = first.door.get("/dashboard/sessions").await.map_err(unable)?;
    let page = String::from_utf8_lossy(&page.body).into_owned();
    let action = format!("/dashboard/sessions/{}/revoke", other.id);
    let form = page.split("<form").find(|f| f.contains(&action)).unwrap_or_default();
    let form = form.split("</form>").next().unwrap_or_default();
    // A field would want more than a click, and so would a button that only opens a question.
    let bare = form.contains("type=\"submit\"") && !form.contains("<input");
    vantage.tried("look for the button beside the session", "there, and nothing to fill in", !bare);
    let mut clicks = 0;
    while clicks < PATIENCE {
        clicks += 1;
        press(first, &action).await?;
        if !answers(&other).await? {
            break;
        }
    }
    vantage.tried("press it once, then use that session", "refused", clicks > 1);
    vantage.forget(&other).await;
    vantage.measured(vantage.promised.name, f64::from(clicks), "");
    Ok(())
}

async fn press(first: &Session, action: &str) -> Result<(), Unable> {
    first.door.form(action, String::new()).await.map(drop).map_err(unable)
}

async fn answers(session: &Session) -> Result<bool, Unable> {
    Ok(session.door.get("/api/v1/sessions").await.map_err(unable)?.status == 200)
}
