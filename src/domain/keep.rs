//! How many backups stay.

use serde::{Deserialize, Serialize};

/// How many backups stay: the newest of so many days, weeks and months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keep {
    /// Days.
    pub days: u32,
    /// Weeks.
    pub weeks: u32,
    /// Months.
    pub months: u32,
}

impl Default for Keep {
    fn default() -> Self {
        Self { days: 14, weeks: 8, months: 12 }
    }
}

impl Keep {
    /// The most of each.
    const MOST: u32 = 1000;

    /// Every backup stays.
    pub const EVERYTHING: Self = Self { days: 0, weeks: 0, months: 0 };

    /// Whether every backup stays.
    pub fn is_everything(&self) -> bool {
        *self == Self::EVERYTHING
    }

    /// Whether it is the usual number.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// As it is written: `14,8,12`, or `all`.
    pub fn parse(text: &str) -> Option<Self> {
        if text.trim() == "all" {
            return Some(Self::EVERYTHING);
        }
        let parts: Option<Vec<u32>> = text
            .split([',', '，'])
            .map(|part| part.trim().parse().ok().filter(|n| *n <= Self::MOST))
            .collect();
        match parts?[..] {
            [days, weeks, months] if days > 0 => Some(Self { days, weeks, months }),
            _ => None,
        }
    }
}

impl std::fmt::Display for Keep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_everything() {
            return f.write_str("all");
        }
        write!(f, "{},{},{}", self.days, self.weeks, self.months)
    }
}
