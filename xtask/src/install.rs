//! Installs what the end-to-end tests need and the machine lacks, or says why it may not.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};

use crate::run;

/// A Debian package, and the program or file that shows that it is there.
struct Need {
    package: &'static str,
    proof: &'static str,
    purpose: &'static str,
}

const NEEDS: [Need; 7] = [
    Need { package: "chromium", proof: CHROMIUM, purpose: "the browser of the tests" },
    Need {
        package: "fonts-liberation",
        proof: "/usr/share/fonts/truetype/liberation",
        purpose: "letters on the screenshots",
    },
    Need { package: "golang-go", proof: "go", purpose: "a verifier in another language" },
    Need {
        package: "golang-golang-x-mod-dev",
        proof: "/usr/share/gocode/src/golang.org/x/mod",
        purpose: "the transparency log library of that verifier",
    },
    Need { package: "openssl", proof: "openssl", purpose: "a foreign TLS client" },
    Need { package: "python3-venv", proof: "python3", purpose: "the mail server of the tests" },
    Need { package: "testssl.sh", proof: "testssl", purpose: "a scan of the TLS listener" },
];

const CHROMIUM: &str = "/usr/bin/chromium";

/// Each Python package with the module that shows that it is there.
const PYTHON_PACKAGES: [(&str, &str); 2] =
    [("aiosmtpd>=1.4,<2", "aiosmtpd"), ("cryptography>=42", "cryptography")];

/// `node --test-timeout` arrived here; older releases stop at the unknown option.
const NODE_MIN: (u32, u32) = (20, 11);

/// Everything that the end-to-end stage needs. Stops at the first thing that it may not install:
/// without the browser, say, every later failure would only repeat that.
pub(crate) fn all(root: &Path, target: &Path) -> anyhow::Result<()> {
    println!("\n== install");
    system_packages()?;
    node_packages(&root.join("e2e"))?;
    python_packages(&Python::under(target))
}

/// The browser of the tests: the one named by CHROMIUM, or the one that Debian installs.
pub(crate) fn chromium() -> PathBuf {
    std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from(CHROMIUM), PathBuf::from)
}

fn system_packages() -> anyhow::Result<()> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !is_there(need.proof)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for need in &missing {
        println!("missing: {:<24} {} ({})", need.package, need.proof, need.purpose);
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if let Some(obstacle) = obstacle() {
        bail!("{}", refusal(obstacle, &packages));
    }
    let install = || run::show(apt_get(&["install", "--yes", "--no-install-recommends"]).args(&packages));
    // A machine that was never updated knows no package at all: refresh its lists, but only then.
    if !install()? {
        run::show(&mut apt_get(&["update"]))?;
        ensure!(install()?, "apt-get could not install {}", packages.join(" "));
    }
    match missing.iter().find(|need| !is_there(need.proof)) {
        Some(need) => bail!("{} is installed, yet {} is not there", need.package, need.proof),
        None => Ok(()),
    }
}

/// A proof with a slash is a file or folder, one without is a program on the search path.
fn is_there(proof: &str) -> bool {
    match proof {
        CHROMIUM => chromium().is_file(),
        path if path.starts_with('/') => Path::new(path).exists(),
        program => run::find(program).is_some(),
    }
}

fn apt_get(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
    command
}

/// Why this run may not install system packages, if it may not.
fn obstacle() -> Option<&'static str> {
    if !Path::new("/etc/debian_version").is_file() || run::find("apt-get").is_none() {
        return Some("this system is not Debian");
    }
    let who = run::ask(Command::new("id").arg("-u"));
    let root = who.is_ok_and(|told| told.text.trim() == "0");
    if root { None } else { Some("this user is not root") }
}

fn refusal(obstacle: &str, packages: &[&str]) -> String {
    format!(
        "system packages are missing, and they cannot be installed from here: {obstacle}.\n\
         Not run:  apt-get install --yes --no-install-recommends {}\n\
         Have an administrator run that, or install the same programs in your system's own way,\n\
         and start again. What needs none of them: cargo xtask test --only unit, --only tidy.",
        packages.join(" ")
    )
}

fn node_packages(folder: &Path) -> anyhow::Result<()> {
    ensure!(folder.join("package.json").is_file(), "e2e/package.json is missing");
    let version = run::ask(Command::new("node").arg("--version")).ok();
    let version = version.and_then(|told| parse_version(&told.text));
    let (major, minor) = NODE_MIN;
    ensure!(
        version.is_some_and(|found| found >= NODE_MIN),
        "Node.js {major}.{minor} or newer is needed, with npm; install it, and start again"
    );
    if is_fresh(folder) {
        return Ok(());
    }
    let verb = if folder.join("package-lock.json").is_file() { "ci" } else { "install" };
    let mut npm = Command::new("npm");
    npm.current_dir(folder).arg(verb).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    ensure!(run::show(&mut npm)?, "npm could not install the packages of e2e/package.json");
    Ok(())
}

fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// npm writes a hidden lock file when it has installed everything: what is older than that file
/// is already in place.
fn is_fresh(folder: &Path) -> bool {
    let modified = |name: &str| folder.join(name).metadata().and_then(|file| file.modified()).ok();
    let Some(installed) = modified("node_modules/.package-lock.json") else {
        return false;
    };
    ["package.json", "package-lock.json"]
        .into_iter()
        .all(|name| modified(name).is_none_or(|changed| changed <= installed))
}

/// The interpreter of the tests, with its packages in the build cache and not in the clone.
pub(crate) struct Python {
    home: PathBuf,
}

impl Python {
    pub(crate) fn under(target: &Path) -> Python {
        Python { home: target.join("e2e-venv") }
    }

    pub(crate) fn program(&self) -> PathBuf {
        let own = self.home.join("bin/python");
        if own.is_file() { own } else { PathBuf::from("python3") }
    }

    /// Where packages lie when the system has Python without its `venv` module.
    pub(crate) fn packages(&self) -> PathBuf {
        self.home.join("packages")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(self.program());
        command.env("PYTHONPATH", self.packages());
        command
    }

    fn is_ready(&self) -> bool {
        let modules = PYTHON_PACKAGES.map(|(_, module)| module).join(", ");
        run::succeeds(self.command().args(["-c", &format!("import {modules}")]))
    }
}

fn python_packages(python: &Python) -> anyhow::Result<()> {
    if python.is_ready() {
        return Ok(());
    }
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv"]).arg(&python.home);
    let made = run::show(&mut venv).context("Python 3 is needed; install it, and start again")?;
    let mut pip = pip(python, made);
    pip.args(PYTHON_PACKAGES.map(|(package, _)| package));
    ensure!(
        run::show(&mut pip)? && python.is_ready(),
        "the Python packages could not be installed"
    );
    Ok(())
}

fn pip(python: &Python, in_venv: bool) -> Command {
    if !in_venv {
        // A half-made environment has an interpreter that knows no pip: it must not be chosen.
        std::fs::remove_dir_all(&python.home).ok();
    }
    let mut command = python.command();
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    if !in_venv {
        command.arg("--target").arg(python.packages());
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(parse_version("v20.20.2\n"), Some((20, 20)));
        assert!(parse_version("v20.9.0") < Some(NODE_MIN));
        assert_eq!(parse_version("not a version"), None);
    }

    #[test]
    fn a_refusal_names_the_command_and_the_reason() {
        let text = refusal("this user is not root", &["openssl", "chromium"]);
        assert!(text.contains("--no-install-recommends openssl chromium"));
        assert!(text.contains("this user is not root"));
    }

    #[test]
    fn a_missing_program_is_noticed() {
        assert!(is_there("sh"));
        assert!(!is_there("no-such-program-anywhere"));
        assert!(!is_there("/no/such/file"));
    }
}
