//! The Python of the tests' mail server and of their second opinions, with its packages in the build cache and not in the clone.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

use crate::run;

/// Each package with the module that shows that it is there.
const PACKAGES: [(&str, &str); 4] = [
    ("aiosmtpd>=1.4,<2", "aiosmtpd"),
    ("cryptography>=42", "cryptography"),
    ("pyotp>=2.9,<3", "pyotp"),
    ("webauthn>=2.5,<4", "webauthn"),
];

/// The virtual environment, whose interpreter is always `bin/python` below its folder.
pub(crate) struct Python {
    pub(crate) home: PathBuf,
}

impl Python {
    pub(crate) fn under(target: &Path) -> Python {
        Python { home: target.join("e2e-venv") }
    }

    /// Where packages lie when the system's Python cannot put pip into an environment. Whoever
    /// runs the interpreter names this folder in PYTHONPATH.
    pub(crate) fn extra_packages(&self) -> PathBuf {
        self.home.join("packages")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(self.home.join("bin/python"));
        command.env("PYTHONPATH", self.extra_packages());
        command
    }

    fn is_ready(&self) -> bool {
        let modules = PACKAGES.map(|(_, module)| module).join(", ");
        run::succeeds(self.command().args(["-c", &format!("import {modules}")]))
    }
}

pub(super) fn packages(python: &Python) -> anyhow::Result<()> {
    if python.is_ready() {
        return Ok(());
    }
    let has_pip = create(python, &[]).context("Python 3 is needed; install it, and start again")?;
    let mut pip = if has_pip { python.command() } else { Command::new("python3") };
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    if !has_pip {
        // Debian without python3-venv: an environment without pip, filled from outside.
        std::fs::remove_dir_all(&python.home).ok();
        let made = create(python, &["--without-pip"])?;
        ensure!(made, "python3 -m venv failed: install your system's package for it");
        pip.arg("--target").arg(python.extra_packages());
    }
    pip.args(PACKAGES.map(|(package, _)| package));
    let installed = run::show(&mut pip)? && python.is_ready();
    ensure!(installed, "the Python packages could not be installed");
    Ok(())
}

fn create(python: &Python, flags: &[&str]) -> anyhow::Result<bool> {
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv"]).args(flags).arg(&python.home);
    run::show(&mut venv)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_environment_is_not_ready() {
        let python = Python::under(Path::new("/no/such/folder"));
        assert!(!python.is_ready());
        assert!(python.extra_packages().starts_with("/no/such/folder/e2e-venv"));
    }
}
