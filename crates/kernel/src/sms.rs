//! Short messages: durable jobs to a gateway over HTTPS. In an evaluation without one they are kept beside the
//! letters, for reading.

use std::sync::Arc;
use std::time::Duration;

use ::store::Tx;
use ::store::queue::Job;
use base::id::{AccountId, MailId, TenantId};
use base::{Fault, FaultKind};
use crypt::seal;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::config::{Mode, Sms};
use crate::fetch;
use crate::job::{self, JobError, JobKind, Running};
use crate::mail;

/// The job that sends a message.
pub const SEND: JobKind = JobKind { name: "sms.send", run };

/// How long one attempt may take.
const ATTEMPT: Duration = Duration::from_secs(20);

/// Whether this installation can send messages.
#[must_use]
pub fn is_on(app: &App) -> bool {
    app.config.sms.is_some() || app.config.mode == Mode::Evaluation
}

/// A message, sealed under its reader's key while it waits.
#[derive(Serialize, Deserialize)]
struct Waiting {
    id: String,
    account: String,
    sealed: String,
}

#[derive(Serialize, Deserialize)]
struct Message {
    to: String,
    text: String,
}

/// Writes a message, to be sent when the transaction commits.
pub fn post(app: &App, tx: &Tx<'_>, to: AccountId, number: &str, text: &str) -> Result<(), Fault> {
    let now = app.clock.now();
    let id = MailId::new(now, &*app.rng).to_string();
    let message = Message { to: number.to_owned(), text: text.to_owned() };
    let plain = serde_json::to_vec(&message)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing a message", e))?;
    let key = app.person_key(to)?;
    let sealed = crypt::hex(&seal::seal(&key, &["sms", "message", &id], &plain, &*app.rng));
    job::enqueue(app, tx, SEND, &Waiting { id, account: to.to_string(), sealed }, now)
}

fn run<'a>(app: &'a Arc<App>, job: &'a Job, _: Option<TenantId>) -> Running<'a> {
    Box::pin(async move {
        let waiting: Waiting = job::payload(job)?;
        let Some(message) = open(app, &waiting)? else {
            return Ok(()); // its reader is anonymous now
        };
        match &app.config.sms {
            Some(gateway) => deliver(gateway, &waiting.id, &message).await,
            None if app.config.mode == Mode::Evaluation => {
                let account = waiting
                    .account
                    .parse()
                    .map_err(|_| JobError::GiveUp("a message without a reader".into()))?;
                let (app2, id) = (Arc::clone(app), waiting.id.clone());
                app.store
                    .control()
                    .write(move |tx| {
                        mail::keep_message(&app2, tx, account, &id, (&message.to, &message.text))
                    })
                    .await?;
                Ok(())
            }
            None => Err(JobError::GiveUp("no SMS gateway is configured".into())),
        }
    })
}

fn open(app: &App, waiting: &Waiting) -> Result<Option<Message>, Fault> {
    let Some(key) = app.store.keys().find(&waiting.account)? else { return Ok(None) };
    let bytes = mail::unhex(&waiting.sealed)
        .ok_or_else(|| Fault::new(FaultKind::Corrupt, "a waiting message is not hexadecimal"))?;
    let plain = seal::open(&key, &["sms", "message", &waiting.id], &bytes)
        .map_err(|e| Fault::because(FaultKind::Corrupt, "opening a message", e))?;
    serde_json::from_slice(&plain)
        .map(Some)
        .map_err(|e| Fault::because(FaultKind::Corrupt, "reading a message", e))
}

/// Whether a refusal will be the same next time; not for a wrong token, which an operator may mend meanwhile.
fn is_final(status: u16) -> bool {
    (400..500).contains(&status) && !matches!(status, 401 | 403 | 408 | 425 | 429)
}

/// `POST url` with `{"id", "to", "text"}` and a bearer token. The same id at every attempt, so that a gateway can
/// drop a second copy.
async fn deliver(gateway: &Sms, id: &str, message: &Message) -> Result<(), JobError> {
    let body = serde_json::json!({ "id": id, "to": message.to, "text": message.text });
    let (url, token_file) = (gateway.url.clone(), gateway.token_file.clone());
    let sent = tokio::task::spawn_blocking(move || -> Result<_, String> {
        let token = match token_file {
            Some(path) => std::fs::read_to_string(path).map_err(|e| e.to_string())?,
            None => String::new(),
        };
        let mut request =
            fetch::agent(ATTEMPT).post(&url).header("content-type", "application/json");
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {}", token.trim()));
        }
        Ok(request.send(body.to_string()).map(drop))
    });
    match sent.await {
        Ok(Ok(Ok(()))) => Ok(()),
        // It understood and does not want to: the same again would be refused again.
        Ok(Ok(Err(ureq::Error::StatusCode(code)))) if is_final(code) => {
            Err(JobError::GiveUp(format!("the SMS gateway refused it: {code}")))
        }
        Ok(Ok(Err(e))) => Err(JobError::Retry(format!("the SMS gateway: {e}"))),
        Ok(Err(why)) => Err(JobError::Retry(format!("the SMS gateway: {why}"))),
        Err(e) => Err(JobError::Retry(format!("the SMS gateway: {e}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::is_final;

    #[test]
    fn what_may_be_mended_is_tried_again() {
        for again in [401, 403, 408, 429, 500, 503] {
            assert!(!is_final(again), "{again}");
        }
        for never in [400, 404, 422] {
            assert!(is_final(never), "{never}");
        }
    }
}
