//! Sending: over SMTP with TLS where a server is configured, else kept for reading.

use std::sync::Arc;
use std::time::Duration;

use ::store::queue::Job;
use base::id::TenantId;
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::{Letter, Sealed, lay_out, open, store};
use crate::app::App;
use crate::config::{Mail, MailTls, Mode};
use crate::job::{JobError, JobKind, Running, payload};

/// The job that sends a letter.
pub const SEND: JobKind = JobKind { name: "mail.send", run };

/// How long one attempt may take.
const ATTEMPT: Duration = Duration::from_secs(30);

fn run<'a>(app: &'a Arc<App>, job: &'a Job, _: Option<TenantId>) -> Running<'a> {
    Box::pin(async move {
        let sealed: Sealed = payload(job)?;
        let Some(letter) = open(app, &sealed)? else {
            return Ok(()); // its reader is anonymous now: there is nobody to write to
        };
        match &app.config.mail {
            Some(server) => deliver(app, server, &sealed.id, &letter).await,
            None if app.config.mode == Mode::Evaluation => keep(app, job, &sealed).await,
            None => Err(JobError::Retry(
                "no mail server is configured: set [mail] in the configuration".into(),
            )),
        }
    })
}

async fn keep(app: &Arc<App>, job: &Job, sealed: &Sealed) -> Result<(), JobError> {
    let (id, payload, now) = (sealed.id.clone(), job.payload.clone(), app.clock.now());
    app.store.control().write(move |tx| store::keep(tx, &id, &payload, now)).await?;
    Ok(())
}

async fn deliver(app: &App, server: &Mail, id: &str, letter: &Letter) -> Result<(), JobError> {
    let (text, html) = lay_out(app, letter)?;
    let give_up = |what: &str, e: &dyn std::fmt::Display| JobError::GiveUp(format!("{what}: {e}"));
    let from: Mailbox = server.from.parse().map_err(|e| give_up("mail.from", &e))?;
    let to: Mailbox =
        letter.to.parse().map_err(|_| JobError::GiveUp("the address is not one".into()))?;
    let host = server.from.rsplit('@').next().unwrap_or("localhost").trim_end_matches('>');
    let message = Message::builder()
        // The same identifier at every attempt, so that a mailbox can drop a second copy.
        .message_id(Some(format!("<{id}@{host}>")))
        .from(from)
        .to(to)
        .subject(letter.subject.clone())
        .multipart(MultiPart::alternative_plain_html(text, html))
        .map_err(|e| give_up("message", &e))?;
    let transport = connect(server)?;
    match tokio::time::timeout(ATTEMPT, transport.send(message)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(e)) => Err(refusal(&e)),
        Err(_) => Err(JobError::Retry("the mail server did not answer in time".into())),
    }
}

/// What a server answers often repeats the address: of its words only the code is kept.
fn refusal(e: &lettre::transport::smtp::Error) -> JobError {
    let code = e.status().map(|code| format!("the server answered {code}"));
    match code {
        Some(code) if e.is_permanent() => JobError::GiveUp(code),
        Some(code) => JobError::Retry(code),
        None => JobError::Retry(chain(e)),
    }
}

fn connect(server: &Mail) -> Result<AsyncSmtpTransport<Tokio1Executor>, JobError> {
    let retry = |e: &dyn std::fmt::Display| JobError::Retry(format!("mail: {e}"));
    let mut tls = TlsParameters::builder(server.host.clone());
    if let Some(path) = &server.ca_file {
        let pem = std::fs::read(path).map_err(|e| retry(&e))?;
        tls = tls.add_root_certificate(Certificate::from_pem(&pem).map_err(|e| retry(&e))?);
    }
    let tls = tls.build().map_err(|e| retry(&e))?;
    let tls = match server.tls {
        MailTls::Implicit => Tls::Wrapper(tls),
        MailTls::None => Tls::None,
        MailTls::StartTls => Tls::Required(tls),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
        .port(server.port)
        .tls(tls)
        .timeout(Some(ATTEMPT));
    if let (Some(user), Some(path)) = (&server.user, &server.password_file) {
        let password = std::fs::read_to_string(path).map_err(|e| retry(&e))?;
        builder = builder.credentials(Credentials::new(user.clone(), password.trim().to_owned()));
    }
    Ok(builder.build())
}

fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
