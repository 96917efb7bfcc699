//! The command line. Results go to standard output, talk to standard error.

mod args;
mod bar;
mod bench;
mod offline;
mod output;
mod passwords;
mod people;
mod serve;

use std::process::ExitCode;

use base::Clock;
use clap::{CommandFactory, Parser};

use args::{AuditCommand, BackupCommand, Cli, Command, PostureCommand, TenantCommand, UserCommand};
use output::Printer;

use crate::clock::SystemClock;
use crate::compose::Running;
use crate::listener::Taken;
use crate::ops::{Failed, Request};

/// Parses the arguments and runs the command.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => {
            // Help and version are results; a mistake is talk.
            let _ = e.print();
            return ExitCode::from(if e.use_stderr() { 2 } else { 0 });
        }
    };
    let printer = Printer::new(&cli.global);
    match run(cli, &printer) {
        Ok(code) => code,
        Err(failed) => {
            printer.failure(&failed);
            ExitCode::from(failed.code)
        }
    }
}

fn run(cli: Cli, printer: &Printer) -> Result<ExitCode, Failed> {
    let global = cli.global;
    let ask = |request: Request| offline::ask(&global, request);
    let command = cli.command.unwrap_or_else(Command::up);
    match command {
        Command::Up(up) => return serve::up(&global, &up, printer),
        Command::Serve => return serve::serve(&global, printer),
        Command::Bench(wanted) => bench::run(&global, &wanted, printer)?,
        Command::Completion { shell } => {
            clap_complete::generate(
                shell,
                &mut Cli::command(),
                "vouchsafe",
                &mut std::io::stdout(),
            );
        }
        Command::Man => output::man(Cli::command())?,
        Command::Passwords(command) => passwords::run(command, printer)?,
        Command::RecoverKey => offline::recover_key(&global, printer)?,
        Command::RecoveryKit => offline::recovery_kit(&global, printer)?,
        // What keeps the folder from being opened is what the doctor found.
        Command::Doctor => match ask(Request::Doctor) {
            Ok(found) => return printer.doctor(&found),
            Err(failed) if failed.code == 1 => return Err(Failed::check(failed.text)),
            Err(failed) => return Err(failed),
        },
        Command::Claims { id, published, state } => {
            let found = ask(Request::Claims { published })?;
            printer.claims(&found, id.as_deref(), state.as_deref())?;
        }
        Command::Posture(command) => return posture(&global, command, printer),
        Command::Verify(wanted) => return check_page(&wanted, printer),
        Command::Audit(command) => match command {
            AuditCommand::Verify => printer.value(&ask(Request::AuditVerify)?),
            AuditCommand::Tail { limit } => printer.rows(
                &ask(Request::AuditTail { limit })?,
                &["at", "actor_name", "action", "target", "result"],
            ),
        },
        Command::Tenant(TenantCommand::List) => printer.rows(
            &ask(Request::TenantList)?,
            &["slug", "name", "members", "region", "state", "id"],
        ),
        Command::User(UserCommand::ResetLink { email }) => {
            printer.value(&ask(Request::UserResetLink { email })?);
        }
        Command::User(UserCommand::Import { file, dry_run }) => {
            people::import(&global, &file, dry_run, printer)?;
        }
        Command::Backup(command) => match command {
            BackupCommand::Create { to, keys_to } => {
                printer.value(&ask(Request::BackupCreate { to, keys_to })?);
            }
            BackupCommand::List => offline::list_backups(&global, printer)?,
            BackupCommand::Restore(restore) => offline::restore(&global, &restore, printer)?,
        },
    }
    Ok(ExitCode::SUCCESS)
}

fn posture(
    global: &args::Global,
    command: PostureCommand,
    printer: &Printer,
) -> Result<ExitCode, Failed> {
    let ask = |request: Request| offline::ask(global, request);
    match command {
        PostureCommand::Falsify { claims, show: true } => {
            return serve::show(&claims, printer);
        }
        PostureCommand::Matrix { write } => return serve::matrix(write.as_deref(), printer),
        PostureCommand::Run { claims } => {
            printer.say("running; a minute or two for all of them");
            let falsify = false;
            printer.claims(&ask(Request::PostureRun { claims, falsify })?, None, None)?;
        }
        PostureCommand::Falsify { claims, show: false } => {
            printer.say("breaking and running; a minute or two for all of them");
            let falsify = true;
            printer.claims(&ask(Request::PostureRun { claims, falsify })?, None, None)?;
        }
        PostureCommand::Pause { why } => printer.value(&ask(Request::PosturePause { why })?),
        PostureCommand::Resume => printer.value(&ask(Request::PostureResume)?),
    }
    Ok(ExitCode::SUCCESS)
}

/// An outsider's check; it needs no installation.
fn check_page(wanted: &verify::cli::Verify, printer: &Printer) -> Result<ExitCode, Failed> {
    let done = verify::cli::run(wanted, &verify::cli::default_pins(), SystemClock.now())
        .map_err(|f| Failed { code: f.code, text: f.text })?;
    printer.text_or(&done.text, &done.document);
    Ok(ExitCode::from(if done.agrees { 0 } else { 8 }))
}

/// What an error of the start means to whoever typed the command.
pub(crate) fn failed(error: &anyhow::Error, data: &std::path::Path) -> Failed {
    if let Some(Running { pid }) = error.downcast_ref::<Running>() {
        let by = pid.map_or_else(String::new, |p| format!(" (process {p})"));
        return Failed {
            code: 6,
            text: format!(
                "{} is already in use by a running server{by}: use that one, or choose another folder with --data",
                data.display()
            ),
        };
    }
    let code = if error.downcast_ref::<Taken>().is_some() { 6 } else { 1 };
    Failed { code, text: format!("{error:#}") }
}
