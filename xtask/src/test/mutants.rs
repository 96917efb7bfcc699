//! Code mutations: a control is taken out of the code, and the line that promises it has to turn red.
//!
//! It happens in a copy of the sources and only here: the product has no switch that breaks it. Mutations that do
//! not touch each other share a build.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

use crate::run;
use crate::test::e2e::{self, Place};
use crate::test::{Did, count};

/// A line of code, what it becomes, and the claim that has to fail then.
struct Mutation {
    claim: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
}

const BATCHES: [&[Mutation]; 2] = [
    &[
        // Sessions are found although they have ended.
        Mutation {
            claim: "IDN-10",
            file: "crates/identity/src/session/store.rs",
            from: "WHERE s.lookup = ?1 AND s.ended_at IS NULL AND",
            to: "WHERE s.lookup = ?1 AND",
        },
        // Nobody asks where a request comes from.
        Mutation {
            claim: "EDG-09",
            file: "crates/kernel/src/web/guard.rs",
            from: "if !of_a_page && changes_state(method) && comes_from_elsewhere(headers) {",
            to: "if !of_a_page && changes_state(method) && comes_from_elsewhere(&HeaderMap::new()) {",
        },
        // SQLite is told that everything is allowed.
        Mutation {
            claim: "TEN-03",
            file: "crates/store/src/authorizer.rs",
            from: "if allowed && context.database_name.is_none_or(|d| d == \"main\") {",
            to: "if allowed || context.database_name.is_none_or(|d| !d.is_empty()) {",
        },
        // Looking over the log compares nothing.
        Mutation {
            claim: "AUD-20",
            file: "crates/audit/src/sequence/mod.rs",
            from: "let size = log::verify(tx, verifier_key)?;",
            to: "let size = log::size(tx)?; let _ = verifier_key;",
        },
    ],
    &[
        // Whoever asks is a member of every tenant, in the part of its owner.
        Mutation {
            claim: "TEN-02",
            file: "crates/tenancy/src/member/store.rs",
            from: concat!(
                "    let found = tx.find(\n        \"SELECT m.account, t.id, t.slug, t.name, t.region, m.role, \\\n",
                "         t.factor_wanted = 'everybody' OR (t.factor_wanted = 'owners' AND m.role = 'owner') \\\n",
                "         FROM member m JOIN tenant t ON t.id = m.tenant \\\n",
                "         WHERE m.account = ?1 AND"
            ),
            to: concat!(
                "    let found = tx.find(\n        \"SELECT ?1, t.id, t.slug, t.name, t.region, m.role, 0 \\\n",
                "         FROM member m JOIN tenant t ON t.id = m.tenant \\\n",
                "         WHERE ?1 <> '' AND"
            ),
        },
        // The list leaves the newest session out.
        Mutation {
            claim: "IDN-09",
            file: "crates/identity/src/session/store.rs",
            from: "WHERE account = ?1 AND ended_at IS NULL AND last_active_at > ?2 AND made_at > ?3 \\",
            to: "WHERE account = ?1 AND ended_at IS NULL AND last_active_at > ?2 AND made_at > ?3 \
                 AND id <> (SELECT max(id) FROM session WHERE account = ?1) \\",
        },
        // Strangers are let through to what is a person's.
        Mutation {
            claim: "IDN-37",
            file: "crates/kernel/src/web/guard.rs",
            from: "Access::Person | Access::Tenant { .. } if op.person().is_some() => None,",
            to: "Access::Person | Access::Tenant { .. } => None,",
        },
    ],
];

/// Builds each batch in a copy and has its lines looked at; at the end the real program is built again.
pub(super) fn run(place: &Place<'_>, built: bool) -> anyhow::Result<Did> {
    ensure!(built, "not run: there is no fresh binary to compare with");
    let copy = place.target.join("mutants");
    let mut ok = true;
    let mut text = String::new();
    for batch in BATCHES {
        copy_sources(place.root, &copy)?;
        rename(&copy)?;
        for mutation in batch {
            mutate(&copy, mutation)?;
        }
        let mut build = run::cargo(&copy, &["build", "--package", "vouchsafe"]);
        ensure!(run::show(build.env("CARGO_TARGET_DIR", place.target))?, "a mutant does not build");
        let mutant = copy.join("vouchsafe");
        std::fs::copy(place.bin.join("vouchsafe"), &mutant).context("keeping the mutant")?;
        let claims: Vec<&str> = batch.iter().map(|m| m.claim).collect();
        let told = run::tee(look(place, &mutant).env("FAILING", claims.join(",")))?;
        ok &= told.ok;
        text.push_str(&told.text);
    }
    ensure!(run::show(&mut run::cargo(place.root, &["build", "--package", "vouchsafe"]))?, "build");
    Ok(Did { ok, counts: Some(count::node(&text)) })
}

fn look(place: &Place<'_>, mutant: &Path) -> Command {
    let mut command = e2e::node(place, &place.root.join("e2e"));
    command.env("VOUCHSAFE_BIN", mutant).arg("mutants.mjs");
    command
}

/// The files that git knows, so that nothing of a build or a trial run comes along.
fn copy_sources(root: &Path, copy: &Path) -> anyhow::Result<()> {
    let listed = run::ask(Command::new("git").current_dir(root).args(["ls-files", "-z"]))?;
    ensure!(listed.ok, "git cannot list the sources");
    for name in listed.text.split('\0').filter(|n| !n.is_empty() && !n.starts_with("docs/img/")) {
        let (from, to) = (root.join(name), copy.join(name));
        let Ok(bytes) = std::fs::read(&from) else { continue };
        // Untouched files keep their time, so that only what differs is compiled anew.
        if std::fs::read(&to).is_ok_and(|old| old == bytes) {
            continue;
        }
        let folder = to.parent().map(PathBuf::from).context("a file without folder")?;
        std::fs::create_dir_all(folder)?;
        std::fs::write(&to, bytes)?;
    }
    Ok(())
}

/// Another version, so that nothing that is built of the copy is ever taken for the real thing: cargo tells two
/// folders with the same packages apart by their versions only.
fn rename(copy: &Path) -> anyhow::Result<()> {
    let path = copy.join("Cargo.toml");
    let text = std::fs::read_to_string(&path)?;
    let renamed = text.replacen("\nversion = \"", "\nversion = \"0.0.0-mutant-of-", 1);
    ensure!(renamed != text, "the workspace has no version");
    std::fs::write(&path, renamed)?;
    Ok(())
}

fn mutate(copy: &Path, mutation: &Mutation) -> anyhow::Result<()> {
    let path = copy.join(mutation.file);
    let text = std::fs::read_to_string(&path).context(mutation.file)?;
    let times = text.matches(mutation.from).count();
    ensure!(times == 1, "{}: {times} lines like `{}`", mutation.file, mutation.from);
    std::fs::write(&path, text.replace(mutation.from, mutation.to))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mutation whose line is gone would test nothing.
    #[test]
    fn every_mutation_has_its_line() -> anyhow::Result<()> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for mutation in BATCHES.iter().copied().flatten() {
            let text = std::fs::read_to_string(root.join(mutation.file))?;
            assert_eq!(text.matches(mutation.from).count(), 1, "{}", mutation.claim);
        }
        Ok(())
    }
}
