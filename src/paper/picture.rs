//! Pictures → lines and areas: bars, lines, heat maps. Black and grey only, told apart by hatching, dashes and marks,
//! so that they survive a printer without colours.

use super::chart::{Chart, ChartKind, Series};
use super::desk::{Desk, plain_op};
use super::draw::{BLACK, Ink, Op};
use super::fonts::Role;
use super::measure::Type;
use crate::error::Result;

/// Where the figures of a picture are drawn, and their scale.
struct Plot {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    low: f32,
    high: f32,
}

impl Plot {
    /// How far down a value stands.
    fn at(&self, value: f32) -> f32 {
        self.y + self.height * (self.high - value) / (self.high - self.low)
    }
}

/// Dashes of the first lines; further ones begin again with other marks.
const DASHES: [&[f32]; 4] = [&[], &[5.0, 2.5], &[1.2, 2.0], &[7.0, 2.0, 1.2, 2.0]];

/// A picture as wide as the page, and how high it is; a heat map too high for a page comes in several parts.
///
/// # Errors
/// No font has a character of its words.
pub fn picture(desk: &mut Desk<'_>, chart: &Chart) -> Result<Vec<(Vec<Op>, f32)>> {
    if chart.kind != ChartKind::Heat {
        return Ok(vec![Picture::new(desk).plotted(chart)?]);
    }
    let line = desk.m.label.line;
    let fits = ((desk.m.area.1 - line * 4.0) / (line * HEAT_ROW)).max(1.0) as usize;
    let values = chart.series.iter().flat_map(|series| series.values.iter().flatten());
    let most = values.fold(0.0_f64, |a, b| a.max(*b));
    let part = |series: &[Series]| Chart { series: series.to_vec(), ..chart.clone() };
    chart.series.chunks(fits).map(|series| Picture::new(desk).heat(&part(series), most)).collect()
}

/// How much of the width the names before bars and rows take, at most.
const NAMES: f32 = 0.4;

/// How high a bar that lies down is, in lines of its labels.
const LAID_ROW: f32 = 1.25;

/// How high a row of a heat map is, in lines of its labels.
const HEAT_ROW: f32 = 1.35;

/// A number as a label: whole where it is whole.
fn figure(value: f64) -> String {
    if (value - value.round()).abs() < 0.05 { format!("{value:.0}") } else { format!("{value:.1}") }
}

/// The lowest and the highest value of the axis, and the step of its marks. Zero is always between them for bars, whose
/// length is what is seen; a line that keeps far from zero (temperatures) has its axis begin below its lowest value,
/// or nothing could be told from it.
fn scale(chart: &Chart) -> (f32, f32, f32) {
    if chart.kind == ChartKind::Temperatures {
        return degrees(chart);
    }
    let values =
        || chart.series.iter().flat_map(|series| series.values.iter().flatten()).map(|value| *value as f32);
    let (lowest, most) = (values().fold(f32::MAX, f32::min), values().fold(0.0, f32::max));
    let is_far = chart.kind == ChartKind::Lines && lowest < f32::MAX && lowest > most / 2.0;
    let least = if is_far { lowest } else { lowest.min(0.0) };
    let span = (most - least).max(1.0);
    let tenth = 10_f32.powf((span / 4.0).log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|n| n * tenth);
    let step = steps.into_iter().find(|step| span / step <= 4.5).unwrap_or(tenth * 10.0);
    // Counts of people have no halves.
    let step = if values().all(|value| value.fract() == 0.0) { step.max(1.0).ceil() } else { step };
    ((least / step).floor() * step, ((most / step).ceil() * step).max(step), step)
}

/// The axis of temperatures: the same for everybody, so that two papers are told apart at a glance; longer only where
/// somebody is beyond it.
fn degrees(chart: &Chart) -> (f32, f32, f32) {
    const STEP: f32 = 0.5;
    let values = chart.series.iter().flat_map(|series| series.values.iter().flatten());
    let (low, high) = values.fold((35.5, 39.0), |(low, high): (f32, f32), value| {
        (low.min(*value as f32), high.max(*value as f32))
    });
    ((low / STEP).floor() * STEP, (high / STEP).ceil() * STEP, STEP)
}

/// Where the marks of an axis stand.
fn marks(low: f32, high: f32, step: f32) -> impl Iterator<Item = f32> {
    let count = ((high - low) / step).round() as i32;
    (0..=count).map(move |n| low + n as f32 * step)
}

/// The temperature from which somebody has a fever, measured under the arm.
const FEVER: f32 = 37.3;

/// Series that never rise above this share of the highest one have a panel of their own.
const LOW: f64 = 0.25;

/// How high each of two panels is, in heights of a picture.
const PANEL: f32 = 0.8;

/// Lines parted into those that are high and those that are low, where on one axis the low ones would lie on one another;
/// each part has a place for all of them, so that they are drawn as the legend says.
fn panels(chart: &Chart) -> Option<[Chart; 2]> {
    let most = |series: &Series| known(series).map(|(_, value)| value).fold(0.0, f64::max);
    let highest = chart.series.iter().map(most).fold(0.0, f64::max);
    let is_low = |series: &Series| most(series) <= highest * LOW;
    let lowest = chart.series.iter().flat_map(known).map(|(_, value)| value).fold(f64::MAX, f64::min);
    if chart.kind != ChartKind::Lines || lowest < 0.0 || !chart.series.iter().any(is_low) || highest <= 0.0 {
        return None;
    }
    let part = |low: bool| {
        let of = |series: &Series| {
            let kept = is_low(series) == low;
            let values = series.values.iter().map(|value| value.filter(|_| kept));
            Series { name: series.name.clone(), values: values.collect() }
        };
        Chart { series: chart.series.iter().map(of).collect(), ..chart.clone() }
    };
    Some([part(false), part(true)])
}

struct Picture<'a, 'f> {
    ops: Vec<Op>,
    label: Type,
    /// Whether every figure has one decimal: where one of them needs it, and for temperatures.
    tenths: bool,
    desk: &'a mut Desk<'f>,
}

impl<'a, 'f> Picture<'a, 'f> {
    fn new(desk: &'a mut Desk<'f>) -> Self {
        Self { ops: Vec::new(), label: desk.m.label, tenths: false, desk }
    }

    /// The title; gives where it ends.
    fn title(&mut self, chart: &Chart) -> Result<f32> {
        let line = self.label.line;
        let title = Type { role: Role::Strong, ..self.label.sized(self.label.size + 1.0) };
        self.words(&chart.title, title, (0.0, line * 0.8), 0.0)?;
        Ok(line * 1.5)
    }

    /// Bars and lines.
    fn plotted(mut self, chart: &Chart) -> Result<(Vec<Op>, f32)> {
        let (width, line) = (self.desk.m.area.0, self.label.line);
        let mut top = self.title(chart)?;
        if chart.series.len() > 1 {
            top = self.legend(chart, top)?;
        }
        let (low, high, step) = scale(chart);
        let values = chart.series.iter().flat_map(known).map(|(_, value)| value);
        self.tenths =
            chart.kind == ChartKind::Temperatures || values.into_iter().any(|value| value.fract() != 0.0);
        if chart.kind == ChartKind::Bars && low >= 0.0 && self.is_crowded(chart, width)? {
            let bottom = self.across(chart, top, high)?;
            return Ok((self.ops, bottom));
        }
        let room = self.room(low, high, step)?;
        let (mut foot, height) = (top, self.desk.m.picture);
        let plot = if let Some(parts) = panels(chart) {
            let mut last = None;
            for part in &parts {
                last = Some(self.panel(part, foot + line * 0.6, height * PANEL, room)?);
                foot += line * 0.6 + height * PANEL;
            }
            last
        } else {
            foot += line * 0.6 + height;
            Some(self.panel(chart, top + line * 0.6, height, room)?)
        };
        if let Some(plot) = plot {
            self.labels(&chart.labels, &plot, foot + line)?;
        }
        Ok((self.ops, foot + line * 1.5))
    }

    /// One panel of a picture, with its axis behind `room` for its marks.
    fn panel(&mut self, chart: &Chart, y: f32, height: f32, room: f32) -> Result<Plot> {
        let (low, high, step) = scale(chart);
        let mut plot = Plot { x: room, y, width: self.desk.m.area.0 - room, height, low, high };
        if chart.kind == ChartKind::Temperatures {
            plot.width -= self.wide(&self.fever())? + 4.0;
        }
        self.axis(&plot, step)?;
        match chart.kind {
            ChartKind::Bars => self.bars(chart, &plot)?,
            ChartKind::Temperatures => {
                self.fever_line(&plot)?;
                self.curves(chart, &plot)?;
            }
            ChartKind::Lines | ChartKind::Heat => self.curves(chart, &plot)?,
        }
        // The base line is drawn over the feet of the bars.
        let base = plot.at(low.max(0.0));
        self.ops.push(Op::line((plot.x, base), (plot.x + plot.width, base), 0.8, BLACK));
        Ok(plot)
    }

    /// A figure of this picture.
    fn figure(&self, value: f64) -> String {
        if self.tenths { format!("{value:.1}") } else { figure(value) }
    }

    /// Whether the labels would not all fit under upright bars, and there is room to lay the bars down.
    fn is_crowded(&mut self, chart: &Chart, width: f32) -> Result<bool> {
        let slot = width * 0.95 / chart.labels.len().max(1) as f32;
        let mut widest = 0.0_f32;
        for label in &chart.labels {
            widest = widest.max(self.wide(label)?);
        }
        let high = self.label.line * LAID_ROW * (chart.labels.len() * chart.series.len()) as f32;
        Ok(widest + 3.0 > slot && high < self.desk.m.area.1 * 0.7)
    }

    /// Bars lying down, each label before its own; gives where they end.
    fn across(&mut self, chart: &Chart, top: f32, high: f32) -> Result<f32> {
        let width = self.desk.m.area.0;
        let mut names = 0.0_f32;
        for label in &chart.labels {
            names = names.max(self.wide(label)?);
        }
        let x = (names + 6.0).min(width * NAMES);
        let room = width - x - self.label.size * 4.0;
        let thick = self.label.line * LAID_ROW;
        let mut y = top;
        for (place, label) in chart.labels.iter().enumerate() {
            let begin = y;
            for (row, series) in chart.series.iter().enumerate() {
                let base = y + thick / 2.0 + self.label.size * 0.36;
                match series.values.get(place).copied().flatten() {
                    Some(value) => {
                        let long = room * value as f32 / high;
                        self.bar(row, (x, y + thick * 0.14), (long, thick * 0.72));
                        self.words(&self.figure(value), self.label, (x + long + 3.0, base), 0.0)?;
                    }
                    // Nothing known is no zero.
                    None => self.unknown((x + 5.0, y + thick / 2.0)),
                }
                y += thick;
            }
            let base = f32::midpoint(begin, y) + self.label.size * 0.36;
            let label = self.cut(label, x - 5.0)?;
            self.words(&label, self.label, (x - 4.0, base), 1.0)?;
        }
        self.ops.push(Op::line((x, top), (x, y), 0.8, BLACK));
        Ok(y + self.label.line * 0.5)
    }

    /// Words at a base line; `side` 0 begins at x, 0.5 stands over it, 1 ends there. Gives their width.
    fn words(&mut self, words: &str, of: Type, (x, y): (f32, f32), side: f32) -> Result<f32> {
        self.inked(words, of, (x, y), side, BLACK)
    }

    fn inked(&mut self, words: &str, of: Type, (x, y): (f32, f32), side: f32, colour: Ink) -> Result<f32> {
        let shaped = self.desk.shaper.text(of.role, words)?;
        let line = shaped.line();
        let width = line.width * of.size;
        let mut op = plain_op(&shaped, line, of, (x - width * side, y));
        if let Op::Text { ink, .. } = &mut op {
            *ink = colour;
        }
        self.ops.push(op);
        Ok(width)
    }

    fn wide(&mut self, words: &str) -> Result<f32> {
        Ok(self.desk.shaper.text(self.label.role, words)?.width() * self.label.size)
    }

    /// Words that fit into this width; what does not ends with a mark.
    fn cut(&mut self, words: &str, room: f32) -> Result<String> {
        let mut out = words.to_owned();
        let mut kept: Vec<char> = words.chars().collect();
        while self.wide(&out)? > room && kept.pop().is_some() {
            out = kept.iter().chain(&['…']).collect();
        }
        Ok(out)
    }

    /// How wide the marks of an axis are, with the gap behind them.
    fn room(&mut self, low: f32, high: f32, step: f32) -> Result<f32> {
        let mut room = 0.0_f32;
        for mark in marks(low, high, step) {
            room = room.max(self.wide(&self.figure(f64::from(mark)))?);
        }
        Ok(room + 5.0)
    }

    /// Marks and thin lines across.
    fn axis(&mut self, plot: &Plot, step: f32) -> Result<()> {
        for mark in marks(plot.low, plot.high, step) {
            let y = plot.at(mark);
            self.ops.push(Op::line((plot.x, y), (plot.x + plot.width, y), 0.3, Ink::Grey(0.75)));
            let at = (plot.x - 4.0, y + self.label.size * 0.35);
            self.words(&self.figure(f64::from(mark)), self.label, at, 1.0)?;
        }
        Ok(())
    }

    /// What stands beside the line of a fever.
    fn fever(&self) -> String {
        crate::i18n::paper::fever_line(figure(f64::from(FEVER))).get(self.desk.lang).to_owned()
    }

    /// The line from which a temperature is a fever, dashed, with its words right of the figures.
    fn fever_line(&mut self, plot: &Plot) -> Result<()> {
        let (y, right) = (plot.at(FEVER), plot.x + plot.width);
        self.ops.push(Op::Path {
            points: vec![(plot.x, y), (right, y)],
            closed: false,
            fill: None,
            stroke: Some((BLACK, 0.7)),
            dash: &[3.0, 2.0],
        });
        let words = self.fever();
        self.words(&words, self.label, (right + 4.0, y + self.label.size * 0.35), 0.0)?;
        Ok(())
    }

    /// Labels along the foot; if they do not all fit, every second, third … from the last one back.
    fn labels(&mut self, labels: &[String], plot: &Plot, y: f32) -> Result<()> {
        let slot = plot.width / labels.len().max(1) as f32;
        let mut widest = 1.0_f32;
        for label in labels {
            widest = widest.max(self.wide(label)?);
        }
        let every = ((widest + 3.0) / slot).ceil().max(1.0) as usize;
        for (place, label) in labels.iter().enumerate() {
            if (labels.len() - 1 - place).is_multiple_of(every) {
                self.words(label, self.label, (plot.x + slot * (place as f32 + 0.5), y), 0.5)?;
            }
        }
        Ok(())
    }

    /// The names of the series, each with how it is drawn, in as many lines as they need; gives where they end.
    fn legend(&mut self, chart: &Chart, top: f32) -> Result<f32> {
        let (mut x, mut middle) = (0.0, top + self.label.line * 0.4);
        for (place, series) in chart.series.iter().enumerate() {
            let name = self.cut(&series.name, self.desk.m.area.0 - 24.0)?;
            if x > 0.0 && x + 24.0 + self.wide(&name)? > self.desk.m.area.0 {
                (x, middle) = (0.0, middle + self.label.line);
            }
            if chart.kind == ChartKind::Bars {
                self.bar(place, (x, middle - 4.0), (16.0, 8.0));
            } else {
                self.stroke(place, vec![(x, middle), (x + 20.0, middle)]);
                self.mark(place, (x + 10.0, middle));
            }
            let at = (x + 24.0, middle + self.label.size * 0.36);
            x += 24.0 + self.words(&name, self.label, at, 0.0)? + 14.0;
        }
        Ok(middle + self.label.line)
    }

    fn bars(&mut self, chart: &Chart, plot: &Plot) -> Result<()> {
        let slot = plot.width / chart.labels.len().max(1) as f32;
        let thick = (slot * 0.72 / chart.series.len().max(1) as f32).min(26.0);
        let left = (slot - thick * chart.series.len() as f32) / 2.0;
        for (row, series) in chart.series.iter().enumerate() {
            for (place, value) in known(series) {
                let x = plot.x + slot * place as f32 + left + thick * row as f32;
                let (top, base) = (plot.at(value as f32), plot.at(0.0));
                self.bar(row, (x, top.min(base)), (thick, (top - base).abs()));
                let words = self.figure(value);
                // The next bar of the same place has its own figure beside this one.
                let room = if chart.series.len() == 1 { slot - 2.0 } else { thick - 1.0 };
                if self.wide(&words)? <= room {
                    let y = if value < 0.0 { top + self.label.size } else { top - 2.0 };
                    self.words(&words, self.label, (x + thick / 2.0, y), 0.5)?;
                }
            }
            // Nothing known is no zero.
            for place in (0..series.values.len()).filter(|place| series.values[*place].is_none()) {
                let x = plot.x + slot * place as f32 + left + thick * (row as f32 + 0.5);
                self.unknown((x, plot.at(0.0) - 5.0));
            }
        }
        Ok(())
    }

    /// One bar, filled by its series: grey, hatched, light, hatched the other way.
    fn bar(&mut self, series: usize, corner: (f32, f32), size: (f32, f32)) {
        if size.1 <= 0.0 {
            return;
        }
        let fill = match series % 4 {
            0 => Ink::Grey(0.45),
            2 => Ink::Grey(0.82),
            _ => Ink::Grey(1.0),
        };
        self.ops.push(Op::rect(corner, size, Some(fill), Some((BLACK, 0.5))));
        if series % 2 == 1 {
            for (from, to) in hatch(corner, size, 3.2, series % 4 == 3) {
                self.ops.push(Op::line(from, to, 0.45, BLACK));
            }
        }
    }

    fn curves(&mut self, chart: &Chart, plot: &Plot) -> Result<()> {
        let slot = plot.width / chart.labels.len().max(1) as f32;
        let at = |place: usize, value: f64| (plot.x + slot * (place as f32 + 0.5), plot.at(value as f32));
        for (row, series) in chart.series.iter().enumerate() {
            // Where nothing is known the line stops, and goes on behind.
            for part in
                series.values.iter().enumerate().collect::<Vec<_>>().split(|(_, value)| value.is_none())
            {
                let points: Vec<_> =
                    part.iter().filter_map(|(place, value)| Some(at(*place, (**value)?))).collect();
                self.stroke(row, points);
            }
            for (place, value) in known(series) {
                self.mark(row, at(place, value));
            }
        }
        let mut taken: Vec<Spot> = chart
            .series
            .iter()
            .flat_map(known)
            .map(|(place, value)| Spot::around(at(place, value), MARK))
            .collect();
        let mut lines: Vec<_> = chart.series.iter().flat_map(|series| strokes(series, &at)).collect();
        if chart.kind == ChartKind::Temperatures {
            lines.push(((plot.x, plot.at(FEVER)), (plot.x + plot.width, plot.at(FEVER))));
        }
        for series in &chart.series {
            // Among several lines a figure stands where it differs from the one before.
            let every = chart.series.len() == 1;
            for (place, value) in
                known(series).filter(|(place, value)| every || differs(series, *place, *value))
            {
                let words = self.figure(value);
                let wide = self.wide(&words)?;
                let (x, y) = at(place, value);
                // Over the point; under it, or beside it, if a line, a mark or a figure stands there; not at all where
                // all is taken.
                let (size, aside) = (self.label.size, wide / 2.0 + MARK + 1.5);
                let middle = y + size * 0.36;
                let spots = [(x, y - 4.5), (x, y + size + 2.5), (x + aside, middle), (x - aside, middle)];
                let spots = spots.map(|(x, base)| (x, base, Spot::of(x, base, wide, size)));
                let free = |(.., spot): &(f32, f32, Spot)| {
                    spot.bottom <= plot.y + plot.height
                        && !taken.iter().any(|other| spot.meets(other))
                        && !lines.iter().any(|(from, to)| spot.is_crossed(*from, *to))
                };
                if wide <= slot
                    && let Some((x, base, spot)) = spots.into_iter().find(free)
                {
                    taken.push(spot);
                    // On the thin line of a mark of the axis a figure could not be read.
                    let size = (spot.right - spot.left, spot.bottom - spot.top);
                    self.ops.push(Op::rect((spot.left, spot.top), size, Some(Ink::Grey(1.0)), None));
                    self.words(&words, self.label, (x, base), 0.5)?;
                }
            }
        }
        Ok(())
    }

    fn stroke(&mut self, series: usize, points: Vec<(f32, f32)>) {
        if points.len() > 1 {
            self.ops.push(Op::Path {
                points,
                closed: false,
                fill: None,
                stroke: Some((BLACK, 1.1)),
                dash: DASHES[series % DASHES.len()],
            });
        }
    }

    /// The mark of a point, by its series: a filled square, an empty one, a triangle, a diamond.
    fn mark(&mut self, series: usize, (x, y): (f32, f32)) {
        let r = 1.9;
        let square = vec![(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)];
        let (points, fill) = match series % 4 {
            0 => (square, BLACK),
            1 => (square, Ink::Grey(1.0)),
            2 => (vec![(x, y - r * 1.3), (x + r * 1.3, y + r), (x - r * 1.3, y + r)], BLACK),
            _ => {
                let r = r * 1.4;
                (vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)], Ink::Grey(1.0))
            }
        };
        self.ops.push(Op::Path {
            points,
            closed: true,
            fill: Some(fill),
            stroke: Some((BLACK, 0.7)),
            dash: &[],
        });
    }

    /// A slanting line where a value would stand.
    fn unknown(&mut self, (x, y): (f32, f32)) {
        self.ops.push(Op::line((x - 3.0, y + 3.0), (x + 3.0, y - 3.0), 0.5, Ink::Grey(0.3)));
    }

    /// A heat map; `most` is the darkest of all its parts.
    fn heat(mut self, chart: &Chart, most: f64) -> Result<(Vec<Op>, f32)> {
        let top = self.title(chart)?;
        let width = self.desk.m.area.0;
        let mut names = 0.0_f32;
        for series in &chart.series {
            names = names.max(self.wide(&series.name)?);
        }
        let x = (names + 6.0).min(width * NAMES);
        let height = self.label.line * HEAT_ROW;
        let plot = Plot { x, y: top, width: width - x, height, low: 0.0, high: 1.0 };
        let slot = plot.width / chart.labels.len().max(1) as f32;
        let mut y = top;
        for series in &chart.series {
            let base = y + height / 2.0 + self.label.size * 0.36;
            let name = self.cut(&series.name, x - 5.0)?;
            self.words(&name, self.label, (x - 4.0, base), 1.0)?;
            for place in 0..chart.labels.len() {
                let corner = (x + slot * place as f32, y);
                let value = series.values.get(place).copied().flatten();
                self.cell(value, most, corner, (slot, height), base)?;
            }
            y += height;
        }
        self.labels(&chart.labels, &plot, y + self.label.line)?;
        Ok((self.ops, y + self.label.line * 1.5))
    }

    /// One cell of a heat map: the darker the more; nothing known is crossed out.
    fn cell(
        &mut self,
        value: Option<f64>,
        most: f64,
        corner: (f32, f32),
        size: (f32, f32),
        base: f32,
    ) -> Result<()> {
        let part = value.map_or(0.0, |value| (value / most.max(1e-9)).clamp(0.0, 1.0) as f32);
        // Middle values stay light enough for a black figure.
        let light = 1.0 - 0.75 * part.powf(1.4);
        self.ops.push(Op::rect(corner, size, Some(Ink::Grey(light)), Some((Ink::Grey(0.5), 0.4))));
        let Some(value) = value else {
            self.unknown((corner.0 + size.0 / 2.0, corner.1 + size.1 / 2.0));
            return Ok(());
        };
        // Nothing at all is no figure that is looked for.
        let words = figure(value);
        if value != 0.0 && self.wide(&words)? <= size.0 - 1.0 {
            let ink = if light < 0.5 { Ink::Grey(1.0) } else { BLACK };
            self.inked(&words, self.label, (corner.0 + size.0 / 2.0, base), 0.5, ink)?;
        }
        Ok(())
    }
}

/// How far the mark of a point reaches.
const MARK: f32 = 2.7;

/// Where something is drawn that nothing else may cover.
#[derive(Debug, Clone, Copy)]
struct Spot {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl Spot {
    /// A figure over `x`, standing on a base line.
    fn of(x: f32, base: f32, wide: f32, size: f32) -> Self {
        let half = wide / 2.0 + 0.6;
        Self { left: x - half, top: base - size * 0.78, right: x + half, bottom: base + size * 0.06 }
    }

    fn around((x, y): (f32, f32), reach: f32) -> Self {
        Self { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether a line runs through it.
    fn is_crossed(&self, from: (f32, f32), to: (f32, f32)) -> bool {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (mut enters, mut leaves) = (0.0_f32, 1.0_f32);
        let sides = [
            (-dx, from.0 - self.left),
            (dx, self.right - from.0),
            (-dy, from.1 - self.top),
            (dy, self.bottom - from.1),
        ];
        for (against, room) in sides {
            if against.abs() < f32::EPSILON {
                if room < 0.0 {
                    return false;
                }
            } else if against < 0.0 {
                enters = enters.max(room / against);
            } else {
                leaves = leaves.min(room / against);
            }
        }
        enters <= leaves
    }
}

/// The pieces of a line between two known points that stand side by side.
fn strokes(
    series: &Series,
    at: impl Fn(usize, f64) -> (f32, f32),
) -> impl Iterator<Item = ((f32, f32), (f32, f32))> {
    let pairs = series.values.windows(2).enumerate();
    pairs.filter_map(move |(place, pair)| Some((at(place, pair[0]?), at(place + 1, pair[1]?))))
}

/// Whether a value is another than that of the place before, or nothing is known there.
fn differs(series: &Series, place: usize, value: f64) -> bool {
    let before = place.checked_sub(1).and_then(|before| series.values.get(before).copied().flatten());
    before.is_none_or(|before| (before - value).abs() > 1e-9)
}

fn known(series: &Series) -> impl Iterator<Item = (usize, f64)> {
    series.values.iter().enumerate().filter_map(|(place, value)| Some((place, (*value)?)))
}

/// Slanting lines across a rectangle, `gap` apart.
fn hatch(corner: (f32, f32), size: (f32, f32), gap: f32, falling: bool) -> Vec<((f32, f32), (f32, f32))> {
    let (wide, high) = size;
    let line = |n: usize| {
        // All points whose distances from the left and from the top add up to `sum`.
        let sum = gap * n as f32;
        let from = if sum <= high { (0.0, sum) } else { (sum - high, high) };
        let to = if sum <= wide { (sum, 0.0) } else { (wide, sum - wide) };
        let turn = |(right, down): (f32, f32)| {
            (corner.0 + if falling { wide - right } else { right }, corner.1 + down)
        };
        (turn(from), turn(to))
    };
    (1..=((wide + high) / gap) as usize).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(values: &[f64]) -> Chart {
        let values = values.iter().map(|value| Some(*value)).collect();
        let series = vec![Series { name: String::new(), values }];
        Chart { name: String::new(), title: String::new(), kind: ChartKind::Bars, labels: Vec::new(), series }
    }

    #[test]
    fn the_scale_holds_zero_and_every_value_in_round_steps() {
        assert_eq!(scale(&chart(&[3.0, 17.0])), (0.0, 20.0, 5.0));
        assert_eq!(scale(&chart(&[1.0, 2.0])), (0.0, 2.0, 1.0));
        assert_eq!(scale(&chart(&[])), (0.0, 1.0, 1.0));
        assert_eq!(scale(&chart(&[-7.0, 4.0])), (-10.0, 5.0, 5.0));
        let lines = |values: &[f64]| Chart { kind: ChartKind::Lines, ..chart(values) };
        assert_eq!(scale(&lines(&[35.9, 36.8, 38.4])), (35.0, 39.0, 1.0));
        assert_eq!(scale(&lines(&[3.0, 17.0])), (0.0, 20.0, 5.0));
        // Temperatures of everybody stand on one axis, longer only for who is beyond it.
        let degrees = |values: &[f64]| scale(&Chart { kind: ChartKind::Temperatures, ..chart(values) });
        assert_eq!(degrees(&[36.2, 36.8]), (35.5, 39.0, 0.5));
        assert_eq!(degrees(&[]), (35.5, 39.0, 0.5));
        assert_eq!(degrees(&[35.1, 40.3]), (35.0, 40.5, 0.5));
    }

    #[test]
    fn low_lines_have_an_axis_of_their_own() {
        let lines = |most: &[f64]| Chart {
            kind: ChartKind::Lines,
            series: most.iter().flat_map(|most| chart(&[0.0, *most]).series).collect(),
            ..chart(&[])
        };
        let [high, low] = panels(&lines(&[60.0, 4.0, 0.0])).unwrap();
        assert_eq!((scale(&high).1, scale(&low).1), (60.0, 4.0));
        let shown = |part: &Chart| part.series.iter().map(|s| known(s).count()).collect::<Vec<_>>();
        assert_eq!((shown(&high), shown(&low)), (vec![2, 0, 0], vec![0, 2, 2]));
        for most in [&[60.0, 41.0][..], &[60.0], &[0.0, 0.0]] {
            assert!(panels(&lines(most)).is_none(), "{most:?}");
        }
    }

    #[test]
    fn hatching_stays_inside() {
        for falling in [false, true] {
            let lines = hatch((10.0, 20.0), (30.0, 7.0), 3.0, falling);
            assert_eq!(lines.len(), 12);
            for (x, y) in lines.into_iter().flat_map(|(a, b)| [a, b]) {
                assert!((9.99..=40.01).contains(&x) && (19.99..=27.01).contains(&y), "{x} {y}");
            }
        }
    }

    #[test]
    fn whole_numbers_have_no_decimals() {
        assert_eq!([3.0, 37.25, -2.0].map(figure), ["3", "37.2", "-2"]);
    }
}
