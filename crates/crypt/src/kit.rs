//! The recovery kit: the master key as 24 words (BIP 39), which carry a checksum of their own.

use base::Secret;
use bip39::Mnemonic;

use crate::MasterKey;

/// The words are not a recovery kit: unknown word, wrong number, or wrong checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAKit;

/// The 24 words of a master key.
#[must_use]
pub fn words(master: &MasterKey) -> Vec<String> {
    // 256 bits always make a mnemonic; an empty list would be caught by the page's own check.
    Mnemonic::from_entropy(master.bytes())
        .map(|m| m.words().map(str::to_owned).collect())
        .unwrap_or_default()
}

/// The master key that 24 words stand for.
pub fn master_key(words: &str) -> Result<MasterKey, NotAKit> {
    let folded = words.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    let mnemonic = Mnemonic::parse_normalized(&folded).map_err(|_| NotAKit)?;
    let entropy = Secret::new(mnemonic.to_entropy());
    let bytes: [u8; 32] = entropy.reveal().as_slice().try_into().map_err(|_| NotAKit)?;
    Ok(MasterKey::from_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemRng;

    #[test]
    fn the_words_bring_the_key_back() {
        let master = MasterKey::generate(&SystemRng);
        let kit = words(&master);
        assert_eq!(kit.len(), 24);
        let back = master_key(&kit.join("\n").to_uppercase()).map(|m| *m.bytes());
        assert_eq!(back, Ok(*master.bytes()));
    }

    #[test]
    fn a_swapped_or_missing_word_is_noticed() {
        let mut kit = words(&MasterKey::from_bytes([7; 32]));
        assert_eq!(master_key(&kit[..23].join(" ")).err(), Some(NotAKit));
        kit[3] = "zzz".into();
        assert_eq!(master_key(&kit.join(" ")).err(), Some(NotAKit));
        assert_eq!(master_key("").err(), Some(NotAKit));
    }
}
