//! Installs what the end-to-end tests need and the machine lacks, or says why it may not.

mod node;
mod python;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{bail, ensure};

pub(crate) use crate::install::python::Python;
use crate::run;

/// A Debian package, and the program or file that shows that it is there.
struct Need {
    package: &'static str,
    proof: &'static str,
    purpose: &'static str,
}

static NEEDS: [Need; 11] = [
    Need { package: "chromium", proof: CHROMIUM, purpose: "the browser of the tests" },
    Need {
        package: "fonts-liberation",
        proof: "/usr/share/fonts/truetype/liberation",
        purpose: "letters in that browser",
    },
    Need { package: "golang-go", proof: "go", purpose: "a verifier in another language" },
    Need {
        package: "golang-golang-x-mod-dev",
        proof: "/usr/share/gocode/src/golang.org/x/mod",
        purpose: "the transparency log library of that verifier",
    },
    Need { package: "hydra", proof: "hydra", purpose: "a program that guesses passwords" },
    Need { package: "nodejs", proof: "node", purpose: "the runner of the tests" },
    Need { package: "npm", proof: "npm", purpose: "the installer of their packages" },
    Need { package: "oathtool", proof: "oathtool", purpose: "an authenticator app" },
    Need { package: "openssl", proof: "openssl", purpose: "a foreign TLS client" },
    Need { package: "python3-venv", proof: "python3", purpose: "the mail server of the tests" },
    Need { package: "testssl.sh", proof: "testssl", purpose: "a scan of the TLS listener" },
];

const CHROMIUM: &str = "/usr/bin/chromium";

/// Everything that the end-to-end stage needs. Stops at the first thing that it may not install:
/// without the browser, say, every later failure would only repeat that.
pub(crate) fn all(root: &Path, target: &Path) -> anyhow::Result<()> {
    println!("\n== install");
    system_packages()?;
    node::packages(&root.join("e2e"))?;
    python::packages(&Python::under(target))
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
        println!("missing: {} ({}; {})", need.package, need.purpose, need.proof);
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if let Some(obstacle) = obstacle() {
        bail!("{}", refusal(obstacle, &packages));
    }
    let flags = ["install", "--yes", "--no-install-recommends"];
    let install = || run::show(apt_get(&flags).args(&packages));
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
    let is_root = who.is_ok_and(|told| told.text.trim() == "0");
    if is_root { None } else { Some("this user is not root") }
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

#[cfg(test)]
mod tests {
    use super::*;

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
