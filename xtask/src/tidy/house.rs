//! The plan of the house: which crates there are, in which row each stands, and whom it may use.
//!
//! Cargo refuses a cycle, but not an arrow that points sideways or skips a rule of the design;
//! this table does. `picture.rs` draws from the same table.

/// A crate's place: the row it stands in, and the crates of ours that it may depend on.
pub(crate) struct Place {
    pub(crate) row: &'static str,
    pub(crate) name: &'static str,
    pub(crate) may_use: &'static [&'static str],
}

/// From the top of the house to its foundation; an arrow may only point down.
pub(crate) static HOUSE: [Place; 12] = [
    Place {
        row: "main",
        name: "vouchsafe",
        may_use: &[
            "verify", "posture", "privacy", "tenancy", "identity", "audit", "kernel", "store",
            "crypt", "ledger", "base",
        ],
    },
    // The outsider's tool: the log's formats and nothing of the server.
    Place { row: "main", name: "verify", may_use: &["ledger", "base"] },
    // Proofs come from outside: posture is handed the domains' controls and sees no domain.
    Place {
        row: "watch",
        name: "posture",
        may_use: &["audit", "kernel", "store", "crypt", "ledger", "base"],
    },
    Place {
        row: "run",
        name: "privacy",
        may_use: &["tenancy", "identity", "audit", "kernel", "store", "crypt", "base"],
    },
    Place {
        row: "who",
        name: "tenancy",
        may_use: &["identity", "audit", "kernel", "store", "crypt", "base"],
    },
    Place { row: "who", name: "identity", may_use: &["audit", "kernel", "store", "crypt", "base"] },
    Place {
        row: "ground",
        name: "audit",
        may_use: &["kernel", "store", "crypt", "ledger", "base"],
    },
    Place { row: "ground", name: "kernel", may_use: &["store", "crypt", "ledger", "base"] },
    Place { row: "bricks", name: "store", may_use: &["crypt", "base"] },
    Place { row: "bricks", name: "crypt", may_use: &["base"] },
    Place { row: "bricks", name: "ledger", may_use: &["base"] },
    Place { row: "words", name: "base", may_use: &[] },
];

pub(crate) fn place(name: &str) -> Option<&'static Place> {
    HOUSE.iter().find(|place| place.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_itself_points_down() {
        for (height, place) in HOUSE.iter().enumerate() {
            for used in place.may_use {
                let below = HOUSE.iter().position(|other| other.name == *used);
                let is_below = below.is_some_and(|other| other > height);
                assert!(is_below || place.row == "dev", "{} -> {used}", place.name);
            }
        }
    }
}
