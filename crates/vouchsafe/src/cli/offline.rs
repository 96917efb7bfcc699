//! Commands on a folder: over the local socket if a server holds it, else on the stopped folder itself.

use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::Arc;

use kernel::Config;
use serde_json::{Value, json};
use store::MasterFile;

use super::args::{Global, Restore};
use super::failed;
use super::output::Printer;
use super::serve::{DATA, runtime};
use crate::compose::{self, Running};
use crate::ops::{self, Failed, Request};
use crate::{backup, local};

/// The folder that a command is about: named, or that of the configuration, or the evaluation's.
fn config(global: &Global) -> Result<Config, Failed> {
    match (&global.config, &global.data) {
        (Some(path), data) => {
            let mut config =
                compose::load_config(path).map_err(|e| Failed::because(format!("{e:#}")))?;
            if let Some(data) = data {
                config.data.clone_from(data);
            }
            Ok(config)
        }
        (None, Some(data)) => Ok(Config::evaluation(data.clone())),
        (None, None) => Ok(Config::evaluation(PathBuf::from(DATA))),
    }
}

/// Runs a command where the folder is.
pub(crate) fn ask(global: &Global, request: Request) -> Result<Value, Failed> {
    let config = config(global)?;
    let data = config.data.clone();
    if !store::holds_data(&data) {
        return Err(Failed::not_found(format!(
            "{} holds no installation: name its folder with --data, or start one with `vouchsafe up`",
            data.display()
        )));
    }
    let folder = match compose::take_folder(&data) {
        Ok(folder) => folder,
        Err(e) if e.downcast_ref::<Running>().is_some() => {
            return local::ask(&data, &request)
                .map_err(|e| Failed { code: 7, text: format!("{e:#}") })?;
        }
        Err(e) => return Err(failed(&e, &data)),
    };
    let app = compose::open(folder, config).map_err(|e| failed(&e, &data))?;
    if app.origin.load().is_empty() {
        // A stopped evaluation: links are for the port that it has by default.
        app.origin.store(Arc::new("http://localhost:8080".into()));
    }
    let caller = std::fs::metadata("/proc/self").map(|m| m.uid()).unwrap_or_default();
    runtime()?.block_on(async {
        let result = ops::run(&app, caller, request).await;
        // What the command wrote goes into the log now: there is no server to take it later.
        audit::drain(&app).await?;
        result
    })
}

/// The complete backups of the folder.
pub(crate) fn list_backups(global: &Global, printer: &Printer) -> Result<(), Failed> {
    let data = config(global)?.data;
    let found = backup::list(&data).map_err(|e| Failed::because(format!("{e:#}")))?;
    let items: Vec<Value> = found
        .iter()
        .map(|m| {
            json!({
                "id": m.id,
                "created_at": m.created_at,
                "files": m.files.len(),
                "bytes": m.files.iter().map(|f| f.bytes).sum::<u64>(),
                "audit_entries": m.audit_entries,
                "version": m.version,
            })
        })
        .collect();
    printer.rows(&json!({ "items": items }), &["id", "files", "bytes", "audit_entries", "version"]);
    Ok(())
}

/// Brings a backup back and proves that it opens.
pub(crate) fn restore(global: &Global, wanted: &Restore, printer: &Printer) -> Result<(), Failed> {
    let config = config(global)?;
    let restore = backup::Restore {
        backup: &wanted.backup,
        data: &config.data,
        keys: wanted.keys.as_deref(),
        to: &wanted.to,
        master_key_file: wanted.master_key_file.as_deref(),
    };
    let manifest = backup::restore(&restore, |file| printer.say(&format!("restoring {file}")))?;
    let restored = Global {
        data: Some(wanted.to.clone()),
        config: None,
        output: global.output,
        json: global.json,
        no_input: true,
        quiet: global.quiet,
        verbose: global.verbose,
    };
    let verified = ask(&restored, Request::AuditVerify)?;
    printer.value(&json!({
        "restored": manifest.id,
        "to": wanted.to,
        "files": manifest.files.len(),
        "audit_entries": verified["audit_entries"],
    }));
    Ok(())
}

/// Writes the master key file from the recovery kit's words.
pub(crate) fn recover_key(global: &Global, printer: &Printer) -> Result<(), Failed> {
    let config = config(global)?;
    let path = compose::master_key_file(&config);
    if path.exists() {
        return Err(Failed {
            code: 6,
            text: format!(
                "{} is there already: move it away first, if it is the wrong one",
                path.display()
            ),
        });
    }
    printer.say("type the 24 words of the recovery kit, then Ctrl-D");
    let mut words = String::new();
    std::io::stdin()
        .take(4096)
        .read_to_string(&mut words)
        .map_err(|e| Failed::because(format!("reading the words: {e}")))?;
    // The kit's file numbers its words.
    let plain: Vec<&str> =
        words.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).collect();
    let key = crypt::kit::master_key(&plain.join(" ")).map_err(|_| {
        Failed::usage("these are not the 24 words of a recovery kit: check spelling and order")
    })?;
    MasterFile::write(&path, &key)?;
    printer.value(&json!({ "written": path, "fingerprint": key.fingerprint() }));
    Ok(())
}

/// Prints the recovery kit. Whoever may read the master key file could make it anyway.
pub(crate) fn recovery_kit(global: &Global, printer: &Printer) -> Result<(), Failed> {
    let path = compose::master_key_file(&config(global)?);
    if !path.exists() {
        return Err(Failed::not_found(format!("there is no master key at {}", path.display())));
    }
    let master = MasterFile::load_or_make(&path, true, &crypt::SystemRng)?;
    printer.say(
        "whoever has these words has every secret of the installation: keep them off this machine",
    );
    printer.value(
        &json!({ "words": crypt::kit::words(&master), "fingerprint": master.fingerprint() }),
    );
    Ok(())
}
