//! Receiving a letter: one connection, one command after the other, everything bounded.

use std::sync::Arc;
use std::time::Duration;

use kernel::App;
use kernel::config::Mode;
use mail_parser::MessageParser;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Bytes of a line, and of a letter.
const LINE_BYTES_MAX: u64 = 2_000;
const LETTER_BYTES_MAX: usize = 256 * 1024;
/// One connection, from greeting to end.
const CONNECTION: Duration = Duration::from_secs(60);
/// Recipients of one letter.
const RECIPIENTS_MAX: usize = 8;

/// Listens where the configuration says, until the application ends.
pub(crate) async fn run_until_stopped(app: Arc<App>) {
    let Some(mailbox) = app.config.posture.mailbox.clone() else { return };
    if app.config.mode != Mode::Production {
        return;
    }
    let listener = match TcpListener::bind(mailbox.listen).await {
        Ok(listener) => listener,
        Err(e) => {
            tracing::error!(error = %e, "the canaries' mailbox cannot listen");
            return;
        }
    };
    let mut stopping = app.tasks.stopping();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopping.changed() => return,
        };
        let Ok((stream, _)) = accepted else { continue };
        // One after the other: canaries get a letter or two a week.
        let talk = Talk { app: Arc::clone(&app), domain: mailbox.domain.to_ascii_lowercase() };
        if tokio::time::timeout(CONNECTION, talk.with(stream)).await.is_err() {
            tracing::debug!("a connection to the canaries' mailbox took too long");
        }
    }
}

struct Talk {
    app: Arc<App>,
    domain: String,
}

impl Talk {
    async fn with(&self, stream: TcpStream) -> std::io::Result<()> {
        let (reader, mut writer) = stream.into_split();
        let mut reader = BufReader::new(reader);
        let mut to: Vec<String> = Vec::new();
        writer.write_all(format!("220 {} ESMTP\r\n", self.domain).as_bytes()).await?;
        loop {
            let mut line = String::new();
            if (&mut reader).take(LINE_BYTES_MAX).read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let verb = line.get(..4).unwrap_or("").to_ascii_uppercase();
            let answer = match verb.as_str() {
                "EHLO" => format!("250-{}\r\n250 8BITMIME\r\n", self.domain),
                "HELO" | "MAIL" | "NOOP" => "250 ok\r\n".into(),
                "RSET" => {
                    to.clear();
                    "250 ok\r\n".into()
                }
                "RCPT" => self.recipient(&line, &mut to),
                "DATA" if to.is_empty() => "503 no recipient\r\n".into(),
                "DATA" => {
                    writer.write_all(b"354 go on\r\n").await?;
                    let Some(letter) = letter(&mut reader).await? else {
                        writer.write_all(b"552 too large\r\n").await?;
                        return Ok(());
                    };
                    self.keep(std::mem::take(&mut to), &letter).await
                }
                "QUIT" => {
                    writer.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => "502 not here\r\n".into(),
            };
            writer.write_all(answer.as_bytes()).await?;
        }
    }

    fn recipient(&self, line: &str, to: &mut Vec<String>) -> String {
        let address = line.split('<').nth(1).and_then(|rest| rest.split('>').next());
        let Some(address) = address else { return "501 whom?\r\n".into() };
        let ours = address
            .rsplit_once('@')
            .is_some_and(|(_, domain)| domain.eq_ignore_ascii_case(&self.domain));
        if !ours || to.len() >= RECIPIENTS_MAX {
            return "550 nobody here by that name\r\n".into();
        }
        to.push(address.to_owned());
        "250 ok\r\n".into()
    }

    async fn keep(&self, to: Vec<String>, letter: &[u8]) -> String {
        let parsed = MessageParser::default().parse(letter);
        let text = parsed.and_then(|m| m.body_text(0).map(std::borrow::Cow::into_owned));
        let Some(text) = text else { return "554 not readable\r\n".into() };
        for recipient in to {
            if let Err(fault) = super::keep(&self.app, recipient, text.clone()).await {
                tracing::error!(fault = %fault.chain(), "a letter to a canary was not kept");
                return "451 try again\r\n".into();
            }
        }
        "250 ok\r\n".into()
    }
}

/// The bytes of a letter up to the line with one dot; `None` when it is too large.
async fn letter<R>(reader: &mut BufReader<R>) -> std::io::Result<Option<Vec<u8>>>
where
    R: tokio::io::AsyncRead + Unpin,
{
    let mut out = Vec::new();
    loop {
        let mut line = Vec::new();
        let n = (&mut *reader).take(LINE_BYTES_MAX).read_until(b'\n', &mut line).await?;
        if n == 0 || out.len() + n > LETTER_BYTES_MAX {
            return Ok(None);
        }
        if line == b".\r\n" || line == b".\n" {
            return Ok(Some(out));
        }
        // RFC 5321, section 4.5.2: a leading dot was doubled.
        let plain = if line.starts_with(b"..") { &line[1..] } else { &line[..] };
        out.extend_from_slice(plain);
    }
}
