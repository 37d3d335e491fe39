//! What a receiver may do with a story, and how urgent it is.

use crate::FieldError;

/// What a receiver may do with a story. ninjs and NewsML-G2 `pubStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PubStatus {
    /// It may be used.
    Usable,
    /// Hold it until told.
    Withheld,
    /// It was killed or taken down and must not be used again.
    Canceled,
}

impl PubStatus {
    /// The code of IPTC's `pubstatusg2` scheme.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Usable => "usable",
            Self::Withheld => "withheld",
            Self::Canceled => "canceled",
        }
    }

    /// Reads the code.
    ///
    /// # Errors
    /// A [`FieldError`] naming the three codes.
    pub fn parse(given: &str) -> Result<Self, FieldError> {
        match given {
            "usable" => Ok(Self::Usable),
            "withheld" => Ok(Self::Withheld),
            "canceled" | "cancelled" => Ok(Self::Canceled),
            _ => Err(FieldError::new("pubStatus", given, "is unknown; use usable, withheld or canceled")),
        }
    }
}

/// What a version says about the one before it. IPTC `signal` scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signal {
    /// A full new version with more news (`sig:update`).
    Update,
    /// A version that mends a factual error (`sig:correction`).
    Correction,
}

impl Signal {
    /// The qcode.
    pub fn qcode(self) -> &'static str {
        match self {
            Self::Update => "sig:update",
            Self::Correction => "sig:correction",
        }
    }
}

/// Editorial urgency, 1 (most) to 9 (least). ninjs and NewsML-G2 `urgency`.
///
/// In our interface 1 is a flash, 2 a bulletin, 3 urgent, 5 routine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Urgency(u8);

impl Urgency {
    /// 1: the news itself in one line.
    pub const FLASH: Self = Self(1);
    /// 2.
    pub const BULLETIN: Self = Self(2);
    /// 3.
    pub const URGENT: Self = Self(3);
    /// 5: what a story has unless it says otherwise.
    pub const ROUTINE: Self = Self(5);

    /// The urgency with this number.
    ///
    /// # Errors
    /// A [`FieldError`] when it is not 1 to 9.
    pub fn new(number: i64) -> Result<Self, FieldError> {
        match u8::try_from(number) {
            Ok(level @ 1..=9) => Ok(Self(level)),
            _ => Err(FieldError::new("urgency", &number.to_string(), "is outside 1 (most urgent) to 9 (least)")),
        }
    }

    /// 1 to 9.
    pub fn number(self) -> u8 {
        self.0
    }
}

impl Default for Urgency {
    fn default() -> Self {
        Self::ROUTINE
    }
}
