//! How strong a password is: guesses that an attacker needs who knows words, names, dates and keyboards (zxcvbn).

use zxcvbn::feedback::{Suggestion, Warning};
use zxcvbn::zxcvbn;

/// What a meter shows.
pub(crate) struct Strength {
    /// 0 to 4.
    pub(crate) score: u8,
    /// Decimal digits of the number of guesses.
    pub(crate) guesses_log10: f64,
    /// Ids of the texts that help: what is wrong, and what would be better.
    pub(crate) hints: Vec<&'static str>,
}

/// Characters that are looked at: the estimate takes time, and what lies behind adds little.
const LOOKED_AT: usize = 100;

/// Estimates a password; `own` are words that its owner's enemies try first.
pub(crate) fn of(password: &str, own: &[&str]) -> Strength {
    let start: String = password.chars().take(LOOKED_AT).collect();
    let parts: Vec<&str> = own
        .iter()
        .flat_map(|w| w.split(['@', '.', ' ', '-', '_']))
        .chain(own.iter().flat_map(|w| w.split('@')))
        .chain(own.iter().copied())
        .collect();
    let found = zxcvbn(&start, &parts);
    let feedback = found.feedback();
    let warning = feedback.and_then(|f| f.warning()).map(warning);
    let suggestions = feedback.into_iter().flat_map(|f| f.suggestions()).filter_map(suggestion);
    Strength {
        score: u8::from(found.score()),
        guesses_log10: found.guesses_log10(),
        hints: warning.into_iter().chain(suggestions).collect(),
    }
}

/// Whether a password, capitals or not, is one of the 30,000 that were found most often in stolen lists (the list that
/// comes with zxcvbn; of those that are long enough to be taken at all it has 229).
pub(crate) fn is_listed(password: &str) -> bool {
    let plain = password.to_lowercase();
    let found = zxcvbn(&plain.chars().take(LOOKED_AT).collect::<String>(), &[]);
    // It says this of a password that is on the list as a whole, and of no other.
    matches!(
        found.feedback().and_then(|f| f.warning()),
        Some(
            Warning::ThisIsATop10Password
                | Warning::ThisIsATop100Password
                | Warning::ThisIsACommonPassword
        )
    )
}

fn warning(warning: Warning) -> &'static str {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess
        | Warning::ShortKeyboardPatternsAreEasyToGuess => "meter-keyboard",
        Warning::RepeatsLikeAaaAreEasyToGuess
        | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => "meter-repeats",
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword => "meter-common",
        Warning::SequencesLikeAbcAreEasyToGuess => "meter-sequence",
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => "meter-date",
        Warning::AWordByItselfIsEasyToGuess => "meter-word",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => "meter-name",
    }
}

fn suggestion(suggestion: &Suggestion) -> Option<&'static str> {
    match suggestion {
        Suggestion::UseAFewWordsAvoidCommonPhrases
        | Suggestion::AddAnotherWordOrTwo
        | Suggestion::UseALongerKeyboardPatternWithMoreTurns => Some("meter-more-words"),
        Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters
        | Suggestion::CapitalizationDoesntHelpVeryMuch
        | Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase
        | Suggestion::ReversedWordsArentMuchHarderToGuess
        | Suggestion::PredictableSubstitutionsDontHelpVeryMuch => Some("meter-no-tricks"),
        // The warnings above say these already.
        Suggestion::AvoidRepeatedWordsAndCharacters
        | Suggestion::AvoidSequences
        | Suggestion::AvoidRecentYears
        | Suggestion::AvoidYearsThatAreAssociatedWithYou
        | Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_passwords_never_score_worse() {
        let ladder = [
            "aaaaaaaaaaaa",
            "password1234",
            "qwertyuiop12",
            "gravel otter",
            "gravel otter lamp window",
        ];
        let scores: Vec<u8> = ladder.iter().map(|p| of(p, &[]).score).collect();
        assert!(scores.windows(2).all(|w| w[0] <= w[1]), "{scores:?}");
        assert_eq!((scores[0], scores[4]), (0, 4));
        assert!(!of("password1234", &[]).hints.is_empty());
        let own = of("lindqvist larkspur", &["mara@larkspur.example", "Mara Lindqvist"]);
        assert!(own.guesses_log10 + 2.0 < of("lindqvist larkspur", &[]).guesses_log10);
    }
}
