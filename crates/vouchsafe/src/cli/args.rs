//! The arguments of every command.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The security plane of a multi-tenant hosted platform, with a public page that proves itself.
#[derive(Parser)]
#[command(
    name = "vouchsafe",
    bin_name = "vouchsafe",
    version,
    after_help = "Examples:\n  vouchsafe                       try it: everything on this machine, a link to set up\n  vouchsafe up --demo             the same, with people and organisations in it\n  vouchsafe doctor                look whether all is well\n  vouchsafe backup create         copy everything, keys apart\n\nExit codes: 0 ok, 1 failed, 2 usage, 3 not found, 5 forbidden, 6 conflict, 7 unreachable, 8 a check failed, 130 interrupted"
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// The states of a claim.
const STATES: [&str; 13] = [
    "proven",
    "failing",
    "mismatch",
    "stale",
    "unchecked",
    "attested",
    "attestation-expired",
    "enforced",
    "off",
    "planned",
    "not-applicable",
    "not-built",
    "withdrawn",
];

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Ndjson,
    /// For people.
    Table,
    /// YAML.
    Yaml,
}

#[derive(Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// How results are printed
    #[arg(long, global = true, value_enum, default_value = "table")]
    pub(crate) output: Format,
    /// The same as --output json
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// The data folder
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(crate) data: Option<PathBuf>,
    /// The configuration file
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Never ask anything
    #[arg(long, global = true)]
    pub(crate) no_input: bool,
    /// Say less
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Say more; twice for everything
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

impl Global {
    pub(crate) fn format(&self) -> Format {
        if self.json { Format::Json } else { self.output }
    }
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Try it: everything on this machine, with a link to set up (the default)
    Up(Up),
    /// Run in production, with --config
    Serve,
    /// Look whether the installation is well, and say how to mend what is not
    Doctor,
    /// The whole catalogue of claims with their live states
    Claims {
        /// One claim, for example IDN-10
        id: Option<String>,
        /// Only claims that are on the public page
        #[arg(long)]
        published: bool,
        /// Only claims in this state
        #[arg(long, value_parser = STATES)]
        state: Option<String>,
    },
    /// Check a security page from outside: signatures, log, every verdict anew
    Verify(verify::cli::Verify),
    /// Run, falsify, pause and resume the proofs
    #[command(subcommand)]
    Posture(PostureCommand),
    /// Check and read the audit log
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Organisations
    #[command(subcommand)]
    Tenant(TenantCommand),
    /// People
    #[command(subcommand)]
    User(UserCommand),
    /// Copy everything, list copies, bring one back
    #[command(subcommand)]
    Backup(BackupCommand),
    /// Lists of stolen passwords: make one file of them, ask it
    #[command(subcommand)]
    Passwords(PasswordsCommand),
    /// Print the 24 words of the recovery kit, from the master key file
    RecoveryKit,
    /// Make the master key file again from the 24 words of the recovery kit (standard input)
    RecoverKey,
    /// Measure, each figure beside its physical limit
    Bench(Bench),
    /// Print a completion script
    Completion {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

impl Command {
    pub(crate) fn up() -> Self {
        Self::Up(Up {
            port: 8080,
            https_port: 8443,
            no_open: true,
            demo: false,
            confirm_location: false,
            without_limits: false,
            without_captcha: false,
        })
    }
}

#[derive(Args)]
pub(crate) struct Up {
    /// Port of the console; 0 for any that is free
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// Port of the HTTPS listener; 0 for any that is free
    #[arg(long, default_value_t = 8443)]
    pub(crate) https_port: u16,
    /// Do not open a browser; none is opened today, with or without this
    #[arg(long)]
    pub(crate) no_open: bool,
    /// Put invented organisations and people into a new folder
    #[arg(long)]
    pub(crate) demo: bool,
    /// Sign-ins from networks that an account does not know wait for a mailed link
    #[arg(long)]
    pub(crate) confirm_location: bool,
    /// For load tests: no limits for addresses and no lockout; the security page shows what that breaks
    #[arg(long)]
    pub(crate) without_limits: bool,
    /// For load tests: no challenges, so that the load's own work does not stand in the way
    #[arg(long)]
    pub(crate) without_captcha: bool,
}

#[derive(Subcommand)]
pub(crate) enum PostureCommand {
    /// Run probes now
    Run {
        /// Of which claims, for example IDN-10 TEN-02; all without any
        #[arg(value_name = "CLAIM")]
        claims: Vec<String>,
    },
    /// Show anew that probes can fail, then run them
    Falsify {
        /// Of which claims; all without any
        #[arg(value_name = "CLAIM")]
        claims: Vec<String>,
        /// Break a shadow before your eyes: its page, badge, feed and verifier turn red. Ctrl-C ends it
        #[arg(long)]
        show: bool,
    },
    /// Send every probe against every broken system, in a shadow of its own; a few minutes
    Matrix {
        /// Write the table into this file
        #[arg(long, value_name = "FILE")]
        write: Option<PathBuf>,
    },
    /// Stop all probes; the public page shows why
    Pause {
        /// The public reason
        #[arg(long)]
        why: String,
    },
    /// Let probes run again
    Resume,
}

#[derive(Subcommand)]
pub(crate) enum AuditCommand {
    /// Derive both logs anew and compare them with everything that was signed
    Verify,
    /// The newest entries
    Tail {
        /// How many
        #[arg(long, short = 'n', default_value_t = 20)]
        limit: i64,
    },
}

#[derive(Subcommand)]
pub(crate) enum TenantCommand {
    /// All organisations
    List,
}

#[derive(Subcommand)]
pub(crate) enum UserCommand {
    /// Make a link with which a person sets a new password (break-glass; audited)
    ResetLink {
        /// The person's address
        email: String,
    },
    /// Open accounts for people of another system, from a file with the hashes of their passwords
    Import {
        /// Comma-separated values; the first line names the columns: email, name, password_hash, lang
        file: PathBuf,
        /// Only say what would become of each line
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Subcommand)]
pub(crate) enum PasswordsCommand {
    /// Make one file for password.breach_file from a folder of range files
    Build {
        /// Folder with the files 00000 to FFFFF: lines of 35 digits of a SHA-1, a colon, a count
        #[arg(long, value_name = "FOLDER")]
        from: PathBuf,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Write over a file that is there
        #[arg(long)]
        force: bool,
    },
    /// Whether the password on standard input is on the list; ends with 8 if it is
    Check {
        /// A file that `build` wrote
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Subcommand)]
pub(crate) enum BackupCommand {
    /// Copy everything, from a running or a stopped installation
    Create {
        /// Folder for the data; <data>/backups by default
        #[arg(long, value_name = "FOLDER")]
        to: Option<String>,
        /// Folder for the keys; <data>/backups-keys by default. Keep it elsewhere than the data
        #[arg(long, value_name = "FOLDER")]
        keys_to: Option<String>,
    },
    /// The complete backups, newest first
    List,
    /// Bring a backup back, into a new folder
    Restore(Restore),
}

#[derive(Args)]
pub(crate) struct Restore {
    /// A backup's name inside the data folder, or its folder
    pub(crate) backup: String,
    /// The new data folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) to: PathBuf,
    /// Folder of the backup's keys, if they are not beside the data
    #[arg(long, value_name = "FOLDER")]
    pub(crate) keys: Option<PathBuf>,
    /// The master key's file, if it is not in the data folder
    #[arg(long, value_name = "FILE")]
    pub(crate) master_key_file: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Bench {
    /// Which profiles; all by default
    pub(crate) names: Vec<String>,
    /// Write the results into this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) write: Option<PathBuf>,
}
