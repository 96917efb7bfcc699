//! IDN-37: without a sign-in no route gives anything that is not public, and the sign-in runs over HTTPS.

use hyper::{Method, StatusCode};
use serde_json::json;

use crate::control::{
    Break, Control, Falsification, Method as How, Needs, Probing, Promise, Risk, Safety, Tamper,
    Unable, Vantage, unable,
};
use crate::door::{Answer, Request};
use crate::web::route::Access;

pub(super) const SIGN_IN_REQUIRED: Control = Control {
    id: "kernel.sign_in_required",
    version: 2,
    claim: "IDN-37",
    promised: Promise::none("routes open without sign-in, and sign-ins without HTTPS"),
    method: How::Live,
    safety: Safety::S1,
    risk: Risk::High,
    needs: Needs::DOOR,
    configuration: &["origin", "listen", "mode"],
    routes: &["*"],
    asvs: &["V8.2.1"],
    probe: |vantage| -> Probing<'_> { Box::pin(walk(vantage)) },
    falsification: Falsification {
        name: "routes_answer_strangers",
        by: Break::Answers(|| Box::new(AnswersStrangers)),
    },
};

const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";

async fn walk(vantage: &Vantage) -> Result<(), Unable> {
    let door = vantage.door(AGENT);
    if door.get("/healthz").await.map_err(unable)?.status != StatusCode::OK {
        return Err(Unable::because("the service does not answer at all"));
    }
    for route in vantage.routes.iter() {
        let closed = match route.access {
            Access::Evaluation => !vantage.evaluation,
            access => access.wants_person(),
        };
        if !closed {
            continue;
        }
        let path = filled(route.path);
        let methods = route.method.map_or(vec!["get", "post"], |m| vec![m]);
        for method in methods {
            let name = Method::from_bytes(method.to_uppercase().as_bytes());
            let name = name.unwrap_or(Method::GET);
            let answer = if name == Method::GET {
                door.get(&path).await
            } else {
                door.json(name, &path, &json!({})).await
            };
            let answer = answer.map_err(unable)?;
            if answer.status == StatusCode::METHOD_NOT_ALLOWED {
                continue;
            }
            let let_in = !is_refusal(&answer, route.access);
            vantage.tried("call a route without a sign-in", "refused", let_in);
        }
    }
    vantage.measured_violations();
    if vantage.evaluation {
        // Counted as what it is: the console of an evaluation takes passwords over plain HTTP.
        vantage.measured(vantage.promised.name, 1.0, "");
        vantage.note(
            "nothing opens without a sign-in, but the console of an evaluation is plain HTTP on this \
             machine's loopback",
        );
    }
    Ok(())
}

fn filled(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "none".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Asked who it is, or sent to the sign-in. That nothing is there is an answer only where a production has nothing.
fn is_refusal(answer: &Answer, access: Access) -> bool {
    let location = answer.headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or("");
    match answer.status.as_u16() {
        401 => true,
        404 => access == Access::Evaluation,
        303 => location.starts_with("/login"),
        _ => false,
    }
}

/// A system that forgot to ask.
struct AnswersStrangers;

impl Tamper for AnswersStrangers {
    fn answer(&mut self, request: &Request, mut answer: Answer) -> Answer {
        if request.path.starts_with("/api/") && answer.status == StatusCode::UNAUTHORIZED {
            answer.status = StatusCode::OK;
        }
        answer
    }
}
