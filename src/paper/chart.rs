//! Pictures drawn from figures: plain data, drawn as characters on the screen and as lines in the PDF.

/// How figures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// One bar for each label; several series stand side by side.
    Bars,
    /// A line over the labels, from left to right.
    Lines,
    /// The same of body temperatures in ℃: on the same axis always, with the line over which they are a fever.
    Temperatures,
    /// One row a series, one cell a label; the darker the more.
    Heat,
}

/// One row of figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name, in the paper's language.
    pub name: String,
    /// One value for each label; `None` where nothing is known, which is never drawn as a zero.
    pub values: Vec<Option<f64>>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The name a template calls it by.
    pub name: String,
    /// Its title, in the paper's language.
    pub title: String,
    /// How it is drawn.
    pub kind: ChartKind,
    /// What stands along the foot, in order: days, units.
    pub labels: Vec<String>,
    /// The figures.
    pub series: Vec<Series>,
}

impl Chart {
    /// Whether there is no figure in it.
    pub fn is_empty(&self) -> bool {
        self.series.iter().all(|series| series.values.iter().all(Option::is_none))
    }
}
